import { useId } from 'react';
import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Field } from '../../../parts/field.js';
import { boundsOf, type Draft, defaultOf, faultOf, isLimit, type SettingName } from './settings.js';
import { CHOICES } from './value-text.js';
import { FAULT_WORDS, SETTING_WORDS } from './words.js';

const WORDS = {
  bounds: { en: '{least} to {most}; usually {usual}.', es: 'De {least} a {most}; por lo general {usual}.' },
  most: { en: 'At most {most}; usually {usual}.', es: 'A lo sumo {most}; por lo general {usual}.' },
} as const;

interface SettingFieldProps {
  readonly name: SettingName;
  readonly draft: Draft;
  /** Faults are shown once somebody has tried to save. */
  readonly shows_fault: boolean;
  readonly onChange: (value: string) => void;
}

/** One setting to be edited, with what it may be. */
export function SettingField({ name, draft, shows_fault, onChange }: SettingFieldProps) {
  const say = useSay();
  const id = useId();
  const hint = useHint(name);
  const fault = useFault(name, draft);
  const choices = CHOICES[name];
  const value = draft[name];
  return (
    <Field label={say(SETTING_WORDS[name].label)} hint={hint} error={shows_fault ? fault : undefined}>
      {(labelled) =>
        choices ? (
          <select {...labelled} value={value} onChange={({ target }) => onChange(target.value)}>
            {Object.entries(choices).map(([choice, title]) => (
              <option key={choice} value={choice}>
                {say(title)}
              </option>
            ))}
          </select>
        ) : (
          <>
            <input
              {...labelled}
              value={value}
              inputMode={boundsOf(name) ? 'decimal' : 'text'}
              autoComplete="off"
              spellCheck={false}
              onChange={({ target }) => onChange(target.value)}
              {...(name === 'time_zone' && { list: `${id}-zones` })}
            />
            {name === 'time_zone' && <Zones id={`${id}-zones`} />}
          </>
        )
      }
    </Field>
  );
}

/** The time zones that the browser knows, to choose from while typing. */
export function Zones({ id }: { readonly id: string }) {
  return (
    <datalist id={id}>
      {Intl.supportedValuesOf('timeZone').map((zone) => (
        <option key={zone} value={zone} />
      ))}
    </datalist>
  );
}

function useHint(name: SettingName): string | undefined {
  const say = useSay();
  const { decimal } = useOperationFormats();
  const { hint } = SETTING_WORDS[name];
  if (hint) return say(hint);
  if (!isLimit(name)) return undefined;
  const [least = 0, most = 0] = boundsOf(name) ?? [];
  // A thousandth of a second is a bound for tests, and tells people nothing.
  return say(least < 1 ? WORDS.most : WORDS.bounds, {
    least: decimal(least),
    most: decimal(most),
    usual: decimal(defaultOf(name)),
  });
}

function useFault(name: SettingName, draft: Draft): string | undefined {
  const say = useSay();
  const { decimal } = useOperationFormats();
  const fault = faultOf(name, draft);
  const [least = 0, most = 0] = boundsOf(name) ?? [];
  return fault && say(FAULT_WORDS[fault], { least: decimal(least), most: decimal(most) });
}
