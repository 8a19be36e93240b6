import { ALARM_DAYS_MAX, ALARM_WORDS } from '@recuento/contract';
import { memo, useState } from 'react';
import { Link } from 'wouter';
import { useSay } from '../../language/language.js';
import { useOperation, useOperationFormats } from '../../operation/operation.js';
import { Failure } from '../../parts/failure.js';
import { Loading } from '../../parts/loaded.js';
import { Panel } from '../../parts/panel.js';
import type { Period } from '../../period/period.js';
import { useWhere } from '../../where/where.js';
import { wallDayOf } from './calendar.js';
import { usePlaceText } from './place-text.js';
import type { Trouble } from './troubles.js';
import { goesOn, useTroubles } from './use-troubles.js';

const WORDS = {
  title: { en: 'Faults and alarms', es: 'Fallas y alarmas' },
  about: {
    en: 'What went wrong through no fault of the numbers, the largest first.',
    es: 'Lo que salió mal sin culpa de los números, primero lo más grande.',
  },
  last_days: {
    en: 'Alarms go back {days} {days: day|days} at most.',
    es: 'Las alarmas llegan a lo sumo {days} {days: día|días} atrás.',
  },
  none: { en: 'None in this period.', es: 'Ninguna en este período.' },
  goes_on: { en: 'since {start}, goes on', es: 'desde {start}, sigue' },
  went_on: { en: 'since {start}, went on at the end', es: 'desde {start}, seguía al final' },
  was: { en: '{start} to {end}', es: '{start} a {end}' },
  attempts: { en: '{count} {count: attempt|attempts}', es: '{count} {count: intento|intentos}' },
  more: { en: 'Show {count} more', es: 'Mostrar {count} más' },
  cut: {
    en: 'The {shown} largest of {all}. Choose a shorter period to see the others.',
    es: 'Las {shown} más grandes de {all}. Elija un período más corto para ver las demás.',
  },
} as const;

/** Rows that are shown at first, and at most. */
const FIRST = 8;
const MOST = 100;

interface TroublesPanelProps {
  readonly period: Period;
  readonly campaign: string;
}

/** What was wrong, in words. */
export const TroublesPanel = memo(function TroublesPanel({ period, campaign }: TroublesPanelProps) {
  const say = useSay();
  const { troubles, faults, alarms } = useTroubles(period, campaign);
  const failed = [faults, alarms].find(({ isError }) => isError);
  return (
    <Panel
      title={say(WORDS.title)}
      about={
        period.days > ALARM_DAYS_MAX
          ? `${say(WORDS.about)} ${say(WORDS.last_days, { days: ALARM_DAYS_MAX })}`
          : say(WORDS.about)
      }
    >
      {failed?.error && <Failure error={failed.error} again={failed.refetch} />}
      {troubles && (troubles.length > 0 || alarms.data) && (
        <List troubles={troubles} goes_on={goesOn(period)} />
      )}
      {!failed && !troubles && <Loading height_rem={20} />}
      {!failed && troubles && !alarms.data && <Loading height_rem={2} />}
    </Panel>
  );
});

interface ListProps {
  readonly troubles: readonly Trouble[];
  /** Whether the period is not over. */
  readonly goes_on: boolean;
}

function List({ troubles, goes_on }: ListProps) {
  const say = useSay();
  const [shows_all, setShowsAll] = useState(false);
  if (troubles.length === 0) return <p>{say(WORDS.none)}</p>;
  const shown = troubles.slice(0, shows_all ? MOST : FIRST);
  const rest = Math.min(troubles.length, MOST) - shown.length;
  return (
    <>
      <ul className="overview-troubles">
        {shown.map((trouble) => (
          <li key={trouble.key}>
            <Item trouble={trouble} goes_on={goes_on} />
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <button type="button" onClick={() => setShowsAll(true)}>
          {say(WORDS.more, { count: rest })}
        </button>
      )}
      {shows_all && troubles.length > MOST && (
        <p className="quiet">{say(WORDS.cut, { shown: MOST, all: troubles.length })}</p>
      )}
    </>
  );
}

function Item({ trouble, goes_on }: { readonly trouble: Trouble; readonly goes_on: boolean }) {
  const say = useSay();
  const formats = useOperationFormats();
  const { time_zone } = useOperation();
  const placeText = usePlaceText();
  const { hrefOf } = useWhere();
  const { kind, campaign_id, start, end, attempts } = trouble;
  const day = wallDayOf(start, time_zone);
  const when =
    end === null
      ? say(goes_on ? WORDS.goes_on : WORDS.went_on, { start: formats.time(start) })
      : say(WORDS.was, { start: formats.time(start), end: formats.time(end) });
  const href = hrefOf('/machine-codes', {
    period: undefined,
    from: day,
    to: day,
    ...(campaign_id !== null && { campaign: String(campaign_id) }),
  });
  return (
    <>
      <Link href={href}>{say(ALARM_WORDS[kind])}</Link> <bdi className="foreign">{placeText(trouble)}</bdi>
      <span className="quiet">
        {formats.shortDay(day)}, {when}
        {attempts > 0 && ` · ${say(WORDS.attempts, { count: formats.count(attempts) })}`}
      </span>
    </>
  );
}
