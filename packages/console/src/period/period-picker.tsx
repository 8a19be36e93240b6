import { type ChangeEvent, useId } from 'react';
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

function Days() {
  const say = useSay();
  const { change } = useWhere();
  const { first_day, last_day } = usePeriod();
  // A day that is half typed is empty.
  const set = (days: { readonly from: string; readonly to: string }) => {
    if (days.from !== '' && days.to !== '') change({ period: undefined, ...days });
  };
  return (
    <>
      <input
        type="date"
        aria-label={say(WORDS.from)}
        value={first_day}
        max={last_day}
        onChange={({ target }) => set({ from: target.value, to: last_day })}
      />
      <input
        type="date"
        aria-label={say(WORDS.to)}
        value={last_day}
        min={first_day}
        onChange={({ target }) => set({ from: first_day, to: target.value })}
      />
    </>
  );
}
