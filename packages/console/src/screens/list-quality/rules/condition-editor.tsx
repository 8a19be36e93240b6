import {
  CODE_HEADINGS,
  HYGIENE_LIMITS,
  MACHINE_CODES,
  type Text,
  VERDICT_WORDS,
  VERDICTS,
} from '@recuento/contract';
import { useSay } from '../../../language/language.js';
import { Blank, Sentence } from './blanks.js';
import { Choices } from './choices.js';
import type { ConditionDraft } from './draft.js';
import { KIND_WORDS } from './kind-words.js';

const WORDS = {
  verdict: { en: 'Its verdict is one of', es: 'Su veredicto es uno de' },
  probability: {
    en: 'The next dial reaches a person with a chance of less than {below_percent} %',
    es: 'La próxima marcación llega a una persona con una probabilidad menor que {below_percent} %',
  },
  dialed: {
    en: 'It was dialed {at_least} {at_least: time|times} or more, within {within_days} {within_days: day|days}',
    es: 'Se marcó {at_least} {at_least: vez|veces} o más, en {within_days} {within_days: día|días}',
  },
  silent: {
    en: 'It showed no sign of life for {days} {days: day|days}, though it was dialed',
    es: 'No dio señales de vida en {days} {days: día|días}, aunque se marcó',
  },
  count: {
    en: '{at_least} or more of its attempts within {within_days} {within_days: day|days} ended with one of',
    es: '{at_least} o más de sus intentos en {within_days} {within_days: día|días} terminaron en uno de',
  },
  streak: {
    en: 'Its last {at_least} {at_least: attempt|attempts}, or more, all ended with one of',
    es: 'Sus últimos {at_least} {at_least: intento|intentos}, o más, terminaron todos en uno de',
  },
  whole: {
    en: 'Needed is a whole number from 1 to {most}.',
    es: 'Se necesita un número entero de 1 a {most}.',
  },
  percent: {
    en: 'Needed is a number above 0, up to 100.',
    es: 'Se necesita un número mayor que 0, hasta 100.',
  },
  some: { en: 'Choose one at least.', es: 'Elija al menos uno.' },
  ever: { en: 'ever', es: 'todos' },
  below_percent: { en: 'Chance in per cent', es: 'Probabilidad en porcentaje' },
  at_least: { en: 'Attempts at least', es: 'Intentos como mínimo' },
  within_days: { en: 'Days that count; empty: all', es: 'Días que cuentan; vacío: todos' },
  days: { en: 'Days of silence', es: 'Días en silencio' },
  faults: {
    en: 'Leave out attempts made in trunk faults',
    es: 'No contar los intentos hechos en fallas de troncal',
  },
  remove: { en: 'Remove: {kind}', es: 'Quitar: {kind}' },
} as const satisfies Record<string, Text>;

interface ConditionEditorProps {
  readonly condition: ConditionDraft;
  readonly faults: ReadonlySet<string>;
  readonly onCondition: (condition: ConditionDraft) => void;
  readonly onRemove: () => void;
}

/** One condition: a sentence with blanks, and what there is to choose from. */
export function ConditionEditor({ condition, faults, onCondition, onRemove }: ConditionEditorProps) {
  const say = useSay();
  const { kind, key } = condition;
  const isWrong = (field: string) => faults.has(`${key} ${field}`);
  const blank = (field: 'at_least' | 'within_days' | 'days' | 'below_percent') => (
    <Blank
      label={say(WORDS[field])}
      value={condition[field]}
      is_wrong={isWrong(field)}
      is_decimal={field === 'below_percent'}
      {...(field === 'within_days' && { placeholder: say(WORDS.ever) })}
      onValue={(value) => onCondition({ ...condition, [field]: value })}
    />
  );
  const blanks = {
    at_least: blank('at_least'),
    within_days: blank('within_days'),
    days: blank('days'),
    below_percent: blank('below_percent'),
  };
  return (
    <fieldset className="list-quality-condition">
      <legend className="unseen">{say(KIND_WORDS[kind])}</legend>
      <div>
        <Sentence text={WORDS[kind]} blanks={blanks} />
        {kind === 'verdict' && (
          <Choices
            label={say(WORDS.verdict)}
            all={VERDICTS}
            words={VERDICT_WORDS}
            chosen={condition.verdicts}
            onChosen={(verdicts) => onCondition({ ...condition, verdicts })}
          />
        )}
        {(kind === 'count' || kind === 'streak') && (
          <Choices
            label={say(KIND_WORDS[kind])}
            all={MACHINE_CODES}
            words={CODE_HEADINGS}
            chosen={condition.codes}
            onChosen={(codes) => onCondition({ ...condition, codes })}
          />
        )}
        {kind !== 'verdict' && kind !== 'probability' && (
          <label className="list-quality-choice">
            <input
              type="checkbox"
              checked={condition.leaves_faults_out}
              onChange={({ target }) => onCondition({ ...condition, leaves_faults_out: target.checked })}
            />
            {say(WORDS.faults)}
          </label>
        )}
        <Fault isWrong={isWrong} />
      </div>
      <button
        type="button"
        className="plain"
        aria-label={say(WORDS.remove, { kind: say(KIND_WORDS[kind]) })}
        onClick={onRemove}
      >
        ✕
      </button>
    </fieldset>
  );
}

function Fault({ isWrong }: { readonly isWrong: (field: string) => boolean }) {
  const say = useSay();
  const texts = [
    isWrong('at_least') && say(WORDS.whole, { most: HYGIENE_LIMITS.at_least_max }),
    (isWrong('days') || isWrong('within_days')) && say(WORDS.whole, { most: HYGIENE_LIMITS.days_max }),
    isWrong('below_percent') && say(WORDS.percent),
    (isWrong('codes') || isWrong('verdicts')) && say(WORDS.some),
  ].filter((text) => text !== false);
  if (texts.length === 0) return null;
  return <small className="error">{[...new Set(texts)].join(' ')}</small>;
}
