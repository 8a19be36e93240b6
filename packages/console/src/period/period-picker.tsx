import { type ChangeEvent, useEffect, useId, useState } from 'react';
import { useSay } from '../language/language.js';
import { useWhere } from '../where/where.js';
import { PRESETS } from './period.js';
import { usePeriod } from './use-period.js';

const WORDS = {
  period: { en: 'Period', es: 'Período' },
  today: { en: 'Today', es: 'Hoy' },
  yesterday: { en: 'Yesterday', es: 'Ayer' },
  '7d': { en: 'Last 7 days', es: 'Últimos 7 días' },
  '30d': { en: 'Last 30 days', es: 'Últimos 30 días' },
  '90d': { en: 'Last 90 days', es: 'Últimos 90 días' },
  days: { en: 'Choose days…', es: 'Elegir días…' },
  from: { en: 'From', es: 'Desde' },
  to: { en: 'To', es: 'Hasta' },
} as const;

/** Attempts before it are refused; and a day whose year is half typed is earlier. */
const EARLIEST_DAY = '2000-01-01';

/** Chooses the period, which becomes part of the address. */
export function PeriodPicker() {
  const say = useSay();
  const id = useId();
  const { change } = useWhere();
  const period = usePeriod();
  const choose = ({ target: { value } }: ChangeEvent<HTMLSelectElement>) =>
    value === 'days'
      ? change({ period: undefined, from: period.first_day, to: period.last_day })
      : change({ period: value, from: undefined, to: undefined });
  return (
    <div className="picker">
      <label htmlFor={id}>{say(WORDS.period)}</label>
      <select id={id} value={period.preset ?? 'days'} onChange={choose}>
        {PRESETS.map((preset) => (
          <option key={preset} value={preset}>
            {say(WORDS[preset])}
          </option>
        ))}
        <option value="days">{say(WORDS.days)}</option>
      </select>
      {period.preset === undefined && <Days />}
    </div>
  );
}

/** Days as they are typed, one digit after another; they count once the field is left, or Enter is pressed. */
function Days() {
  const say = useSay();
  const { change } = useWhere();
  const { first_day, last_day } = usePeriod();
  const [typed, setTyped] = useState({ from: first_day, to: last_day });
  useEffect(() => setTyped({ from: first_day, to: last_day }), [first_day, last_day]);
  const commit = (name: 'from' | 'to') => {
    const day = typed[name];
    if (day < EARLIEST_DAY) return setTyped({ from: first_day, to: last_day });
    // The other end comes along where this one passes it.
    const days = typed.from > typed.to ? { from: day, to: day } : typed;
    if (days.from !== first_day || days.to !== last_day) change({ period: undefined, ...days });
  };
  return (
    <>
      {(['from', 'to'] as const).map((name) => (
        <input
          key={name}
          type="date"
          aria-label={say(WORDS[name])}
          value={typed[name]}
          onChange={({ target }) => setTyped({ ...typed, [name]: target.value })}
          onBlur={() => commit(name)}
          onKeyDown={({ key }) => key === 'Enter' && commit(name)}
        />
      ))}
    </>
  );
}
