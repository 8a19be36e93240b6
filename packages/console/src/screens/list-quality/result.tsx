import type { ReactNode } from 'react';

interface ResultProps {
  /** It is that of an earlier question: it is greyed until the answer is there. */
  readonly is_old: boolean;
  /** Whether the answer is on its way; by default it is while the result is old. */
  readonly is_busy?: boolean;
  readonly children: ReactNode;
}

/** A result that stays on the screen while the next one is computed. */
export function Result({ is_old, is_busy = is_old, children }: ResultProps) {
  return (
    <div className={`list-quality-result ${is_old ? 'list-quality-old' : ''}`} aria-busy={is_busy}>
      {children}
    </div>
  );
}
