import type { BestHoursDocument } from '@recuento/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { memo, useMemo } from 'react';
import { ChartFrame } from '../../charts/chart.js';
import { useSay } from '../../language/language.js';
import { useCalls } from '../../operation/calls.js';
import { useOperationFormats } from '../../operation/operation.js';
import { Panel } from '../../parts/panel.js';
import { PlainTable } from '../../parts/plain-table.js';
import type { Period } from '../../period/period.js';
import { BestHours } from './best-hours.js';
import type { TrendRow } from './counts.js';
import { Current } from './current.js';
import { type HeatCell, heatOf, RATE_ATTEMPTS_LEAST } from './heat.js';
import { HeatMap } from './heat-map.js';
import { useHourText } from './hour-text.js';
import { useTrend } from './use-trend.js';

const WORDS = {
  title: { en: 'When people answer', es: 'Cuándo contestan' },
  about: {
    en: 'The part of the attempts that were answered, by hour of the week.',
    es: 'La parte de los intentos que se contestaron, por hora de la semana.',
  },
  about_weeks: {
    en: 'The part of the attempts of the last 30 days that were answered, by hour of the week.',
    es: 'La parte de los intentos de los últimos 30 días que se contestaron, por hora de la semana.',
  },
  few: {
    en: 'Hours with fewer than {least} {least: attempt|attempts} are left blank.',
    es: 'Las horas con menos de {least} {least: intento|intentos} quedan en blanco.',
  },
  chart: { en: 'Answered, by hour and weekday', es: 'Contestados, por hora y día de la semana' },
  hour: { en: 'Hour', es: 'Hora' },
  cell: { en: '{rate} of {attempts}', es: '{rate} de {attempts}' },
} as const;

/** What is learned of hours changes slowly, and takes a second or more to be told. */
const LEARNED_MS = 60 * 60_000;

/** A shorter period has not every day of the week. */
const WEEK_DAYS = 7;

interface HeatPanelProps {
  readonly period: Period;
  /** The last thirty days, which are shown where the period is shorter than a week. */
  readonly weeks: Period;
  readonly campaign: string;
}

/** In which hours of the week people answered, and in which they are expected to. */
export const HeatPanel = memo(function HeatPanel({ period, weeks, campaign }: HeatPanelProps) {
  const say = useSay();
  const is_short = period.days < WEEK_DAYS;
  const { from, to } = is_short ? weeks : period;
  const query = useTrend({ campaign, from, to, interval: 'hour' });
  const best = useBestHours(campaign, query.isFetched);
  return (
    <Panel title={say(WORDS.title)} about={say(is_short ? WORDS.about_weeks : WORDS.about)}>
      <Current query={query} height_rem={24}>
        {(rows) => <Heat rows={rows} />}
      </Current>
      {best.isError || (best.data && best.data.length === 0) ? null : (
        <Current query={best} height_rem={8}>
          {(hours) => <BestHours hours={hours} />}
        </Current>
      )}
    </Panel>
  );
});

function useBestHours(campaign: string, enabled: boolean) {
  const calls = useCalls();
  return useQuery({
    queryKey: [calls.key, 'best-hours', campaign],
    queryFn: ({ signal }) =>
      calls.documentOf<BestHoursDocument>('/v1/hygiene/best-hours', {
        query: { campaign_id: campaign },
        signal,
      }),
    select: ({ hours }) => hours,
    placeholderData: keepPreviousData,
    staleTime: LEARNED_MS,
    refetchInterval: LEARNED_MS,
    enabled,
  });
}

function Heat({ rows }: { readonly rows: readonly TrendRow[] }) {
  const say = useSay();
  const hours = useMemo(() => heatOf(rows), [rows]);
  if (hours.length === 0) return null;
  return (
    <>
      <ChartFrame title={say(WORDS.chart)} table={<HeatTable hours={hours} />}>
        <HeatMap hours={hours} />
      </ChartFrame>
      <p className="quiet overview-note">{say(WORDS.few, { least: RATE_ATTEMPTS_LEAST })}</p>
    </>
  );
}

function HeatTable({ hours }: { readonly hours: readonly (readonly HeatCell[])[] }) {
  const say = useSay();
  const { count, share, weekday } = useOperationFormats();
  const hourText = useHourText();
  const text = ({ rate, counts }: HeatCell) =>
    rate === null ? '–' : say(WORDS.cell, { rate: share(rate), attempts: count(counts.total) });
  return (
    <PlainTable
      caption={say(WORDS.chart)}
      columns={[
        { key: 'hour', title: say(WORDS.hour), cell: ([first]) => hourText(first?.hour ?? 0) },
        ...(hours[0] ?? []).map(({ weekday: number }, index) => ({
          key: String(number),
          title: weekday(number),
          kind: 'number' as const,
          cell: (cells: readonly HeatCell[]) => cells[index] && text(cells[index]),
        })),
      ]}
      rows={hours}
      keyOf={([first]) => first?.hour ?? 0}
    />
  );
}
