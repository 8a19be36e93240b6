import { CopyButton } from '../../../parts/copy-button.js';

interface CommandLineProps {
  /** What it does, for screen readers. */
  readonly label: string;
  readonly command: string;
}

/** A line for a terminal, to copy. */
export function CommandLine({ label, command }: CommandLineProps) {
  return (
    <div className="hand-over-command">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reached by keyboard (WCAG 2.1.1) */}
      <section tabIndex={0} aria-label={label}>
        <pre>
          <code>{command}</code>
        </pre>
      </section>
      <CopyButton text={command} />
    </div>
  );
}
