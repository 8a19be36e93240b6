import { CODE_HEADINGS, MACHINE_RECOGNITIONS } from '@recuento/contract';
import { Chart } from '../../charts/chart.js';
import { codeColour } from '../../charts/codes.js';
import { useSay } from '../../language/language.js';
import { useOperationFormats } from '../../operation/operation.js';
import { Dialog } from '../../parts/dialog.js';
import { Foreign } from '../../parts/foreign.js';
import type { Period } from '../../period/period.js';
import { useWhere } from '../../where/where.js';
import { answerRate, type TrendRow } from './counts.js';
import { Current } from './current.js';
import { intervalsOf } from './intervals.js';
import { useTrend } from './use-trend.js';

const WORDS = {
  trunk: { en: 'Trunk', es: 'Troncal' },
  none: { en: 'Attempts that tell no trunk', es: 'Intentos que no dicen su troncal' },
  machine: { en: 'Machine recognitions by code', es: 'Reconocimientos de máquina por código' },
  answered: { en: 'Answered, of all attempts', es: 'Contestados, del total de intentos' },
  answered_line: { en: 'Answered', es: 'Contestados' },
  day: { en: 'Day', es: 'Día' },
} as const;

interface TrunkDialogProps {
  readonly trunk: string;
  readonly period: Period;
  readonly campaign: string;
}

/** One trunk along the days of the period. */
export function TrunkDialog({ trunk, period, campaign }: TrunkDialogProps) {
  const say = useSay();
  const { change } = useWhere();
  const { from, to } = period;
  const query = useTrend({ campaign, from, to, interval: 'day', by: 'trunk' });
  return (
    <Dialog
      wide
      title={
        trunk === '' ? (
          say(WORDS.none)
        ) : (
          <>
            {say(WORDS.trunk)} <Foreign text={trunk} />
          </>
        )
      }
      onClose={() => change({ trunk: undefined }, { replace: true })}
    >
      <Current query={query} height_rem={32}>
        {(rows) => <Days rows={rows.filter((row) => row.trunk === trunk)} period={period} />}
      </Current>
    </Dialog>
  );
}

function Days({ rows, period }: { readonly rows: readonly TrendRow[]; readonly period: Period }) {
  const say = useSay();
  const formats = useOperationFormats();
  const { hrefOf } = useWhere();
  const points = intervalsOf(rows, period.first_day, period.last_day, 'day').map(({ key, day, counts }) => ({
    key,
    label: formats.shortDay(day),
    href: hrefOf('/machine-codes', { period: undefined, from: day, to: day }),
    values: { ...counts, rate: answerRate(counts) },
  }));
  return (
    <>
      <Chart
        kind="bars"
        title={say(WORDS.machine)}
        axis={say(WORDS.day)}
        points={points}
        series={MACHINE_RECOGNITIONS.map((code) => ({
          name: code,
          title: say(CODE_HEADINGS[code]),
          colour: codeColour(code),
        }))}
        format={formats.count}
        height_px={240}
      />
      <Chart
        kind="lines"
        title={say(WORDS.answered)}
        axis={say(WORDS.day)}
        points={points}
        series={[{ name: 'rate', title: say(WORDS.answered_line), colour: codeColour('answer') }]}
        format={formats.share}
        height_px={150}
      />
    </>
  );
}
