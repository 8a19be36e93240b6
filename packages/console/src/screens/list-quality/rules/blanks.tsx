import type { Text } from '@recuento/contract';
import { Fragment, type ReactNode } from 'react';
import { useLanguage } from '../../../language/language.js';

interface SentenceProps {
  /** With `{name}` where a blank is. */
  readonly text: Text;
  readonly blanks: Readonly<Record<string, ReactNode>>;
}

/** A sentence with blanks to fill in. */
export function Sentence({ text, blanks }: SentenceProps) {
  const { language } = useLanguage();
  return (
    <p className="list-quality-sentence">
      {text[language].split(/\{(\w+)\}/).map((part, at) => (
        // Every other part is the name of a blank; a text can stand twice in a sentence, its place can't.
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence never change their order
        <Fragment key={at}>{at % 2 === 0 ? part : blanks[part]}</Fragment>
      ))}
    </p>
  );
}

interface BlankProps {
  readonly label: string;
  readonly value: string;
  readonly is_wrong: boolean;
  readonly is_decimal: boolean;
  readonly placeholder?: string;
  readonly onValue: (value: string) => void;
}

/** Longer than any number that a condition takes. */
const BLANK_CHARS = 12;

/** A number in a sentence. It is a text field, so that it can be written with a comma or a point. */
export function Blank({ label, value, is_wrong, is_decimal, placeholder, onValue }: BlankProps) {
  return (
    <input
      className="list-quality-number"
      aria-label={label}
      aria-invalid={is_wrong}
      inputMode={is_decimal ? 'decimal' : 'numeric'}
      autoComplete="off"
      maxLength={BLANK_CHARS}
      placeholder={placeholder}
      value={value}
      onChange={({ target }) => onValue(target.value)}
    />
  );
}
