import { CODE_HEADINGS, MACHINE_RECOGNITIONS } from '@recuento/contract';
import { memo, useMemo } from 'react';
import { Chart } from '../../charts/chart.js';
import { codeColour } from '../../charts/codes.js';
import type { ChartMark, ChartPoint } from '../../charts/series.js';
import { useSay } from '../../language/language.js';
import { useOperation, useOperationFormats } from '../../operation/operation.js';
import { Panel } from '../../parts/panel.js';
import type { Period } from '../../period/period.js';
import { useWhere } from '../../where/where.js';
import { comparable, ofFullHours, periodUntil } from './compared.js';
import { answerRate, summed, type TrendRow } from './counts.js';
import { Current } from './current.js';
import { Figures } from './figures.js';
import { useHourText } from './hour-text.js';
import { type Interval, intervalsOf } from './intervals.js';
import { useMarks } from './use-marks.js';
import { useTrend } from './use-trend.js';

const WORDS = {
  days: { en: '{first} to {last}', es: '{first} a {last}' },
  the_day_before: { en: 'the day before', es: 'el día anterior' },
  days_before: {
    en: 'in the {days} {days: day|days} before',
    es: 'en los {days} {days: día|días} anteriores',
  },
  machine: { en: 'Machine recognitions by code', es: 'Reconocimientos de máquina por código' },
  attempts: { en: 'Attempts', es: 'Intentos' },
  answered: { en: 'Answered, of all attempts', es: 'Contestados, del total de intentos' },
  answered_line: { en: 'Answered', es: 'Contestados' },
  day: { en: 'Day', es: 'Día' },
  hour: { en: 'Hour', es: 'Hora' },
  marked: {
    en: '▼ marks faults and alarms; congestion only where it took at least 2% of the attempts.',
    es: '▼ marca fallas y alarmas; la congestión, solo donde afectó al menos el 2 % de los intentos.',
  },
} as const;

interface PeriodPanelProps {
  readonly period: Period;
  readonly campaign: string;
  /** The hour that has begun, in hours since 1970: a period that goes on is compared with as much of the one before. */
  readonly epoch_hour: number;
}

/** What happened in the period, along its time. */
export const PeriodPanel = memo(function PeriodPanel({ period, campaign, epoch_hour }: PeriodPanelProps) {
  const say = useSay();
  const formats = useOperationFormats();
  const query = useTrend({ campaign, from: period.from, to: period.to, interval: 'hour' });
  const title =
    period.days === 1
      ? formats.day(period.first_day)
      : say(WORDS.days, { first: formats.day(period.first_day), last: formats.day(period.last_day) });
  return (
    <Panel title={title}>
      <Current query={query} height_rem={40}>
        {(rows) => (
          <>
            <PeriodFigures rows={rows} period={period} campaign={campaign} epoch_hour={epoch_hour} />
            <PeriodCharts rows={rows} period={period} campaign={campaign} />
          </>
        )}
      </Current>
    </Panel>
  );
});

function PeriodFigures({
  rows,
  period,
  campaign,
  epoch_hour,
}: PeriodPanelProps & { readonly rows: readonly TrendRow[] }) {
  const say = useSay();
  const { time_zone } = useOperation();
  const { hrefOf } = useWhere();
  const { from, to } = periodUntil(period, time_zone, epoch_hour);
  const before = useTrend({ campaign, from, to, interval: 'day' });
  const passed = useMemo(() => ofFullHours(rows, epoch_hour), [rows, epoch_hour]);
  const than = period.days === 1 ? say(WORDS.the_day_before) : say(WORDS.days_before, { days: period.days });
  return (
    <Figures
      now={summed(rows)}
      compared={summed(passed)}
      before={before.data && comparable(passed, before.data)}
      than={than}
      href={hrefOf('/machine-codes')}
    />
  );
}

type ChartsProps = Pick<PeriodPanelProps, 'period' | 'campaign'> & { readonly rows: readonly TrendRow[] };

function PeriodCharts({ rows, period, campaign }: ChartsProps) {
  const say = useSay();
  const formats = useOperationFormats();
  const { first_day, last_day } = period;
  const intervals = useMemo(() => intervalsOf(rows, first_day, last_day), [rows, first_day, last_day]);
  const points = usePoints(intervals);
  const marks: readonly ChartMark[] = useMarks(period, campaign, intervals);
  const is_hourly = intervals[0]?.hour !== undefined;
  const shared = { axis: say(is_hourly ? WORDS.hour : WORDS.day), points, marks };
  return (
    <div className="overview-charts">
      <div>
        <Chart
          kind="bars"
          title={say(WORDS.machine)}
          series={MACHINE_RECOGNITIONS.map((code) => ({
            name: code,
            title: say(CODE_HEADINGS[code]),
            colour: codeColour(code),
          }))}
          format={formats.count}
          height_px={320}
          {...shared}
        />
        {marks.length > 0 && <p className="quiet overview-note">{say(WORDS.marked)}</p>}
      </div>
      <div>
        <Chart
          kind="lines"
          title={say(WORDS.answered)}
          series={[{ name: 'rate', title: say(WORDS.answered_line), colour: codeColour('answer') }]}
          format={formats.share}
          height_px={150}
          {...shared}
        />
        <Chart
          kind="bars"
          title={say(WORDS.attempts)}
          series={[{ name: 'total', title: say(WORDS.attempts), colour: 'var(--accent)' }]}
          format={formats.count}
          height_px={150}
          {...shared}
        />
      </div>
    </div>
  );
}

/** The intervals as points of a chart, each of which leads to the telephones of its day. */
function usePoints(intervals: readonly Interval[]): readonly ChartPoint[] {
  const formats = useOperationFormats();
  const hourText = useHourText();
  const { params, hrefOf } = useWhere();
  const address = params.toString();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is all that a link depends on
  return useMemo(() => {
    const is_one_day = intervals[0]?.day === intervals.at(-1)?.day;
    return intervals.map(({ key, day, hour, counts }) => ({
      key,
      label: [
        ...(hour !== undefined && is_one_day ? [] : [formats.shortDay(day)]),
        ...(hour === undefined ? [] : [hourText(hour)]),
      ].join(' '),
      href: hrefOf('/machine-codes', { period: undefined, from: day, to: day }),
      values: { ...counts, rate: answerRate(counts) },
    }));
  }, [intervals, formats, hourText, address]);
}
