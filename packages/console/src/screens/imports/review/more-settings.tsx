import { useSay } from '../../../language/language.js';
import { Field } from '../../../parts/field.js';
import type { Settings } from './settings.js';

const WORDS = {
  title: { en: 'More settings', es: 'Más opciones' },
  order: { en: 'Order of day and month', es: 'Orden de día y mes' },
  as_written: { en: 'As YYYY-MM-DD', es: 'Como AAAA-MM-DD' },
  dmy: { en: 'Day first: 31/12/2026', es: 'Primero el día: 31/12/2026' },
  mdy: { en: 'Month first: 12/31/2026', es: 'Primero el mes: 12/31/2026' },
  prefix: { en: 'Prefixes of the dialplan', es: 'Prefijos del plan de marcación' },
  prefix_hint: {
    en: 'Taken off each number, the longest that fits: 9,00',
    es: 'Se quitan de cada número, el más largo que coincida: 9,00',
  },
  only: { en: 'Only rows with', es: 'Solo filas con' },
  only_hint: { en: 'column=value;column!=value', es: 'columna=valor;columna!=valor' },
  code: { en: 'Country code', es: 'Código de país' },
  keep: { en: 'Part of the telephone', es: 'Parte del teléfono' },
  omit: { en: 'Left out', es: 'Se omite' },
  encoding: { en: 'Encoding', es: 'Codificación' },
  auto: { en: 'Recognise it', es: 'Reconocerla' },
  all_dialed: {
    en: 'Every row was dialed out, whatever it says',
    es: 'Todas las filas se marcaron hacia afuera, digan lo que digan',
  },
  replace: {
    en: 'It overrides earlier imports, even where it says less',
    es: 'Prevalece sobre importaciones anteriores, aunque diga menos',
  },
} as const;

interface PartProps {
  readonly settings: Settings;
  readonly onChange: (changed: Partial<Settings>) => void;
}

interface MoreSettingsProps extends PartProps {
  /** Parameters that the file's format takes. */
  readonly takes: readonly string[];
  /** The order of dates is asked elsewhere. */
  readonly asks_date_order: boolean;
}

/** What few files need, folded away. */
export function MoreSettings({ settings, onChange, takes, asks_date_order }: MoreSettingsProps) {
  const say = useSay();
  const takesOr = (name: keyof Settings) => takes.includes(name) || settings[name] !== '';
  return (
    <details className="imports-more">
      <summary>{say(WORDS.title)}</summary>
      <div className="imports-settings">
        {!asks_date_order && takesOr('date_order') && <DateOrder settings={settings} onChange={onChange} />}
        {takesOr('strip_prefix') && (
          <TextSetting
            label={say(WORDS.prefix)}
            hint={say(WORDS.prefix_hint)}
            value={settings.strip_prefix}
            onChange={(strip_prefix) => onChange({ strip_prefix })}
          />
        )}
        {takesOr('only') && (
          <TextSetting
            label={say(WORDS.only)}
            hint={say(WORDS.only_hint)}
            value={settings.only}
            onChange={(only) => onChange({ only })}
          />
        )}
        {takesOr('phone_code') && (
          <Field label={say(WORDS.code)}>
            {(labelled) => (
              <select
                {...labelled}
                value={settings.phone_code}
                onChange={({ target }) => onChange({ phone_code: target.value })}
              >
                <option value="">{say(WORDS.keep)}</option>
                <option value="omit">{say(WORDS.omit)}</option>
              </select>
            )}
          </Field>
        )}
        <Field label={say(WORDS.encoding)}>
          {(labelled) => (
            <select
              {...labelled}
              value={settings.encoding}
              onChange={({ target }) => onChange({ encoding: target.value })}
            >
              <option value="">{say(WORDS.auto)}</option>
              <option value="utf-8">UTF-8</option>
              <option value="latin1">Latin-1</option>
            </select>
          )}
        </Field>
      </div>
      {(takes.includes('all_dialed') || settings.all_dialed) && (
        <Check
          label={say(WORDS.all_dialed)}
          checked={settings.all_dialed}
          onChange={(all_dialed) => onChange({ all_dialed })}
        />
      )}
      <Check
        label={say(WORDS.replace)}
        checked={settings.replace}
        onChange={(replace) => onChange({ replace })}
      />
    </details>
  );
}

/** Which of the two numbers of a date is the day. */
export function DateOrder({ settings, onChange }: PartProps) {
  const say = useSay();
  return (
    <Field label={say(WORDS.order)}>
      {(labelled) => (
        <select
          {...labelled}
          value={settings.date_order}
          onChange={({ target }) => onChange({ date_order: target.value })}
        >
          <option value="">{say(WORDS.as_written)}</option>
          <option value="dmy">{say(WORDS.dmy)}</option>
          <option value="mdy">{say(WORDS.mdy)}</option>
        </select>
      )}
    </Field>
  );
}

interface TextSettingProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function TextSetting({ label, hint, value, onChange }: TextSettingProps) {
  return (
    <Field label={label} hint={hint}>
      {(labelled) => (
        <input
          {...labelled}
          autoComplete="off"
          spellCheck={false}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  );
}

interface CheckProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

function Check({ label, checked, onChange }: CheckProps) {
  return (
    <label className="imports-check">
      <input type="checkbox" checked={checked} onChange={({ target }) => onChange(target.checked)} />
      {label}
    </label>
  );
}
