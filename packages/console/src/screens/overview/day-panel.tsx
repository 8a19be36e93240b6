import { memo, useMemo } from 'react';
import { Chart } from '../../charts/chart.js';
import { useSay } from '../../language/language.js';
import { useOperationFormats } from '../../operation/operation.js';
import { Panel } from '../../parts/panel.js';
import type { Period } from '../../period/period.js';
import { useWhere } from '../../where/where.js';
import { weekdayOf } from './calendar.js';
import type { TrendRow } from './counts.js';
import { Current } from './current.js';
import { Figures } from './figures.js';
import { useHourText } from './hour-text.js';
import { useTrend } from './use-trend.js';
import { type DayBesideUsual, dayBesideUsual } from './usual-day.js';

const WORDS = {
  today: { en: 'Today', es: 'Hoy' },
  last: { en: 'Last day dialed: {weekday}, {day}', es: 'Último día en que se marcó: {weekday}, {day}' },
  until: { en: 'Until {hour} today.', es: 'Hasta las {hour} de hoy.' },
  not_today: { en: 'Nothing has been dialed today yet.', es: 'Hoy todavía no se ha marcado nada.' },
  compared: {
    en: 'Compared with the same weekday of the {weeks} weeks before.',
    es: 'Comparado con el mismo día de las {weeks} semanas anteriores.',
  },
  too_few: {
    en: 'There are too few weeks yet to say what is usual.',
    es: 'Todavía hay muy pocas semanas para decir qué es lo usual.',
  },
  usual: { en: 'usual', es: 'lo usual' },
  chart: { en: 'Attempts by hour', es: 'Intentos por hora' },
  hour: { en: 'Hour', es: 'Hora' },
  this_day: { en: 'This day', es: 'Este día' },
  usual_line: { en: 'Usual', es: 'Lo usual' },
} as const;

interface DayPanelProps {
  /** The last thirty days. */
  readonly weeks: Period;
  readonly campaign: string;
  /** The present day of the operation, and the hour of it that has begun. */
  readonly today: string;
  readonly hour_now: number;
}

/** What happened today against what is usual. */
export const DayPanel = memo(function DayPanel({ weeks, campaign, today, hour_now }: DayPanelProps) {
  const query = useTrend({ campaign, from: weeks.from, to: weeks.to, interval: 'hour' });
  return (
    <Current query={query} height_rem={18}>
      {(rows) => <Day rows={rows} today={today} hour_now={hour_now} />}
    </Current>
  );
});

interface DayProps extends Pick<DayPanelProps, 'today' | 'hour_now'> {
  readonly rows: readonly TrendRow[];
}

function Day({ rows, today, hour_now }: DayProps) {
  const say = useSay();
  const formats = useOperationFormats();
  const { hrefOf } = useWhere();
  const shown = useMemo(() => dayBesideUsual(rows, today, hour_now), [rows, today, hour_now]);
  if (!shown) return null;
  const { day, is_today, seen, usual } = shown;
  const title = is_today
    ? say(WORDS.today)
    : say(WORDS.last, { weekday: formats.weekday(weekdayOf(day)), day: formats.day(day) });
  const href = hrefOf('/machine-codes', { period: undefined, from: day, to: day });
  return (
    <Panel title={title} about={<About shown={shown} />}>
      <div className="overview-beside">
        <Figures now={seen} before={usual ?? 'nothing'} than={say(WORDS.usual)} href={href} />
        <HoursChart shown={shown} href={href} />
      </div>
    </Panel>
  );
}

function About({ shown: { until_hour, usual, weeks } }: { readonly shown: DayBesideUsual }) {
  const say = useSay();
  const hourText = useHourText();
  const which =
    until_hour === undefined ? say(WORDS.not_today) : say(WORDS.until, { hour: hourText(until_hour) });
  return `${which} ${usual ? say(WORDS.compared, { weeks }) : say(WORDS.too_few)}`;
}

function HoursChart({ shown, href }: { readonly shown: DayBesideUsual; readonly href: string }) {
  const say = useSay();
  const hourText = useHourText();
  const formats = useOperationFormats();
  const points = shown.hours.map(({ hour, seen, usual }) => ({
    key: String(hour),
    label: hourText(hour),
    href,
    values: { seen, usual },
  }));
  return (
    <Chart
      kind="lines"
      title={say(WORDS.chart)}
      axis={say(WORDS.hour)}
      points={points}
      series={[
        { name: 'seen', title: say(WORDS.this_day), colour: 'var(--accent)' },
        ...(shown.usual
          ? [{ name: 'usual', title: say(WORDS.usual_line), colour: 'var(--quiet)', dashed: true }]
          : []),
      ]}
      format={(value) => formats.count(Math.round(value))}
      height_px={220}
    />
  );
}
