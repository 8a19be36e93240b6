import { useEffect, useRef } from 'react';
import { useSay } from '../language/language.js';
import { CopyButton } from './copy-button.js';

const WORDS = {
  once: {
    en: 'Copy it now and keep it in a safe place: it is not shown again. The service keeps nothing that it could be read from.',
    es: 'Cópielo ahora y guárdelo en un lugar seguro: no se vuelve a mostrar. El servicio no guarda nada de donde se pueda leer.',
  },
} as const;

interface ShownOnceProps {
  /** What it is, for people. */
  readonly label: string;
  readonly secret: string;
  /** Instead of the sentence that it can't be read again from anywhere. */
  readonly about?: string;
}

/** A secret, at the only time at which it can be seen. Whoever draws it keeps it in the memory of the component alone. */
export function ShownOnce({ label, secret, about }: ShownOnceProps) {
  const say = useSay();
  // What was asked before is gone from the screen: this is where the reader goes on.
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} className="shown-once" tabIndex={-1}>
      <p>{about ?? say(WORDS.once)}</p>
      <p className="quiet">{label}</p>
      <div className="actions">
        <code>{secret}</code>
        <CopyButton text={secret} />
      </div>
    </div>
  );
}
