import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useSay } from '../language/language.js';

const WORDS = { close: { en: 'Close', es: 'Cerrar' } } as const;

interface DialogProps {
  readonly title: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** For what needs room: a time line, a form with a preview. */
  readonly wide?: boolean;
}

/** A dialog of the browser's own: it keeps the focus inside, and Escape closes it. It is open while it is drawn. */
export function Dialog({ title, onClose, children, wide = false }: DialogProps) {
  const say = useSay();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    // One that is taken away while it is open gives the focus back to nobody.
    return () => {
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby={id} className={wide ? 'wide' : ''} onClose={onClose}>
      <header>
        <h2 id={id}>{title}</h2>
        <button
          type="button"
          className="plain"
          aria-label={say(WORDS.close)}
          onClick={() => dialog.current?.close()}
        >
          ✕
        </button>
      </header>
      {children}
    </dialog>
  );
}
