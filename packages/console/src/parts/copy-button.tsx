import { useState } from 'react';
import { useSay } from '../language/language.js';

const WORDS = {
  copy: { en: 'Copy', es: 'Copiar' },
  copied: { en: 'Copied', es: 'Copiado' },
  failed: { en: 'Select it and copy it by hand', es: 'Selecciónelo y cópielo a mano' },
} as const;

const SHOWN_MS = 2_000;

/** Puts a text on the clipboard, and says so. Browsers allow it on secure addresses and on this machine alone. */
export function CopyButton({ text }: { readonly text: string }) {
  const say = useSay();
  const [state, setState] = useState<keyof typeof WORDS>('copy');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      setState('failed');
    }
    setTimeout(() => setState('copy'), SHOWN_MS);
  };
  return (
    <button type="button" onClick={copy} aria-live="polite">
      {say(WORDS[state])}
    </button>
  );
}
