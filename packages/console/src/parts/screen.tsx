import { type ReactNode, useEffect } from 'react';

interface ScreenProps {
  readonly title: string;
  /** One sentence under the title. */
  readonly about?: ReactNode;
  /** Pickers of what the screen is about. */
  readonly pickers?: ReactNode;
  readonly children: ReactNode;
}

/** A screen: its title (also of the browser's tab), its pickers, its panels. */
export function Screen({ title, about, pickers, children }: ScreenProps) {
  useEffect(() => {
    document.title = `${title} · Recuento`;
  }, [title]);
  return (
    <main id="content" tabIndex={-1}>
      <header className="screen-head">
        <div>
          <h1>{title}</h1>
          {about && <p className="quiet">{about}</p>}
        </div>
        {pickers && <div className="pickers">{pickers}</div>}
      </header>
      {children}
    </main>
  );
}
