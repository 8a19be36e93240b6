import { FIELD_LIMITS } from '@recuento/contract';
import { type FormEvent, useDeferredValue, useMemo, useState } from 'react';
import { useSay } from '../../../language/language.js';
import { useOperation, useOperationFormats } from '../../../operation/operation.js';
import { Field } from '../../../parts/field.js';
import { Panel } from '../../../parts/panel.js';
import { ConfirmPut } from './confirm-put.js';
import { ListChecked } from './list-checked.js';
import { ListSource } from './list-source.js';
import type { ListTerms } from './send-list.js';
import { readList } from './telephone-list.js';
import { firstDay, LAST_DAY, UNTIL_CHOICES, type UntilChoice, untilOf } from './until.js';

const WORDS = {
  title: { en: 'Put a list aside', es: 'Apartar una lista' },
  about: {
    en: 'Telephones not to dial for now, written as they are dialed. Nothing is deleted, and everything can be undone.',
    es: 'Teléfonos que por ahora no se deben marcar, escritos tal como se marcan. No se borra nada, y todo se puede deshacer.',
  },
  cancel: { en: 'Cancel', es: 'Cancelar' },
  tidy: {
    en: 'Take spaces, hyphens and parentheses out',
    es: 'Quitar espacios, guiones y paréntesis',
  },
  reason: { en: 'Why', es: 'Por qué' },
  reason_hint: {
    en: 'For those who read the history: “asked not to be called, by mail”.',
    es: 'Para quien lea la historia: «pidió por correo que no lo llamaran».',
  },
  reason_missing: { en: 'Say why, in a few words.', es: 'Diga por qué, en pocas palabras.' },
  until: { en: 'Until when', es: 'Hasta cuándo' },
  until_hint: {
    en: 'Then they come up again by themselves, a few at a time.',
    es: 'Después vuelven por sí solos, de a pocos.',
  },
  '30': { en: 'For 30 days', es: 'Por 30 días' },
  '90': { en: 'For 90 days', es: 'Por 90 días' },
  '180': { en: 'For 180 days', es: 'Por 180 días' },
  day: { en: 'Until a day…', es: 'Hasta un día…' },
  never: { en: 'Until somebody puts them back', es: 'Hasta que alguien los devuelva' },
  day_label: { en: 'Day', es: 'Día' },
  day_missing: { en: 'Choose a day after today.', es: 'Elija un día después de hoy.' },
  next: {
    en: 'Put {count} {count: telephone|telephones} aside…',
    es: 'Apartar {count} {count: teléfono|teléfonos}…',
  },
  next_one: { en: 'Put 1 telephone aside…', es: 'Apartar 1 teléfono…' },
  next_none: { en: 'Put aside…', es: 'Apartar…' },
} as const;

interface PutListProps {
  readonly onClose: () => void;
  readonly begin: (telephones: readonly string[], terms: ListTerms) => void;
}

/** A list is pasted or read from a file, checked as it is typed, and put aside after a last question. */
export function PutList({ onClose, begin }: PutListProps) {
  const say = useSay();
  const { time_zone } = useOperation();
  const formats = useOperationFormats();
  const [text, setText] = useState('');
  const [is_tidied, setTidied] = useState(false);
  const [reason, setReason] = useState('');
  const [choice, setChoice] = useState<UntilChoice>('90');
  const [day, setDay] = useState('');
  const [is_tried, setTried] = useState(false);
  const [terms, setTerms] = useState<ListTerms>();
  const settled = useDeferredValue(text);
  const list = useMemo(() => readList(settled, is_tidied), [settled, is_tidied]);
  const count = list.is_too_long ? 0 : list.telephones.length;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const until = untilOf(choice, day, time_zone, Date.now());
    if (count > 0 && reason.trim() !== '' && until !== undefined) setTerms({ reason: reason.trim(), until });
  };
  const first_day = firstDay(time_zone, Date.now());
  const is_day_missing = untilOf(choice, day, time_zone, Date.now()) === undefined;
  return (
    <Panel title={say(WORDS.title)} about={say(WORDS.about)} className="quarantine-panel quarantine-put">
      <form onSubmit={submit}>
        <div className="quarantine-put-list">
          <ListSource onText={setText} />
          <ListChecked list={list} is_empty={settled.trim() === ''} />
          {(list.punctuated > 0 || is_tidied) && (
            <label className="quarantine-tick">
              <input
                type="checkbox"
                checked={is_tidied}
                onChange={({ target }) => setTidied(target.checked)}
              />
              {say(WORDS.tidy)}
            </label>
          )}
        </div>
        <div className="quarantine-put-terms">
          <Field
            label={say(WORDS.reason)}
            hint={say(WORDS.reason_hint)}
            error={is_tried && reason.trim() === '' ? say(WORDS.reason_missing) : undefined}
          >
            {(labelled) => (
              <input
                {...labelled}
                value={reason}
                maxLength={FIELD_LIMITS.text_chars}
                onChange={({ target }) => setReason(target.value)}
              />
            )}
          </Field>
          <Field label={say(WORDS.until)} hint={choice === 'never' ? undefined : say(WORDS.until_hint)}>
            {(labelled) => (
              <select
                {...labelled}
                value={choice}
                onChange={({ target }) =>
                  setChoice(UNTIL_CHOICES.find((each) => each === target.value) ?? '90')
                }
              >
                {UNTIL_CHOICES.map((each) => (
                  <option key={each} value={each}>
                    {say(WORDS[each])}
                  </option>
                ))}
              </select>
            )}
          </Field>
          {choice === 'day' && (
            <Field
              label={say(WORDS.day_label)}
              error={is_tried && is_day_missing ? say(WORDS.day_missing) : undefined}
            >
              {(labelled) => (
                <input
                  {...labelled}
                  type="date"
                  min={first_day}
                  max={LAST_DAY}
                  value={day}
                  onChange={({ target }) => setDay(target.value)}
                />
              )}
            </Field>
          )}
          <div className="actions">
            <button type="submit" disabled={count === 0}>
              {count === 0
                ? say(WORDS.next_none)
                : say(count === 1 ? WORDS.next_one : WORDS.next, { count: formats.count(count) })}
            </button>
            <button type="button" className="plain" onClick={onClose}>
              {say(WORDS.cancel)}
            </button>
          </div>
        </div>
      </form>
      {terms && (
        <ConfirmPut
          count={count}
          until={terms.until}
          onClose={() => setTerms(undefined)}
          confirm={() => begin(list.telephones, terms)}
        />
      )}
    </Panel>
  );
}
