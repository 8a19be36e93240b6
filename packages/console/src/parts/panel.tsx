import { type ReactNode, useId } from 'react';

interface PanelProps {
  readonly title: string;
  /** One sentence under the title. */
  readonly about?: ReactNode;
  /** Buttons and pickers beside the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A part of a screen with its own heading. */
export function Panel({ title, about, actions, children, className = '' }: PanelProps) {
  const id = useId();
  return (
    <section className={`panel ${className}`} aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {actions && <div className="actions">{actions}</div>}
      </header>
      {about && <p className="quiet">{about}</p>}
      {children}
    </section>
  );
}
