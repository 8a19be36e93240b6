import { FIELD_LIMITS } from '@recuento/contract';
import { useSay } from '../../../language/language.js';
import { Field } from '../../../parts/field.js';

const WORDS = {
  reason: { en: 'Why (for the history)', es: 'Por qué (para la historia)' },
} as const;

interface RestoreReasonProps {
  readonly value: string;
  readonly onChange: (reason: string) => void;
}

/** Why telephones go back. It may be left empty. */
export function RestoreReason({ value, onChange }: RestoreReasonProps) {
  const say = useSay();
  return (
    <Field label={say(WORDS.reason)}>
      {(labelled) => (
        <input
          {...labelled}
          value={value}
          maxLength={FIELD_LIMITS.text_chars}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  );
}
