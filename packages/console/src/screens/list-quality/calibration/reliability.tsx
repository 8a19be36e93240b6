import { ChartFrame } from '../../../charts/chart.js';
import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { PlainTable } from '../../../parts/plain-table.js';
import { Plane } from '../drawing/plane.js';
import type { Bin } from './how-good.js';

const WORDS = {
  title: { en: 'What was said, and what happened', es: 'Lo que se dijo y lo que pasó' },
  about: {
    en: 'Dots on the line: it happened as often as was said. Above it, more often; below it, less often. Larger dots have more attempts.',
    es: 'Puntos sobre la línea: pasó tan seguido como se dijo. Por encima, más seguido; por debajo, menos. Los puntos más grandes tienen más intentos.',
  },
  said: { en: 'Chance that was said', es: 'Probabilidad que se dijo' },
  happened: { en: 'Reached a person', es: 'Llegó a una persona' },
  between: { en: 'Chance', es: 'Probabilidad' },
  range: { en: '{from} to {to}', es: '{from} a {to}' },
  attempts: { en: 'Attempts', es: 'Intentos' },
  mean: { en: 'Said', es: 'Se dijo' },
} as const;

interface ReliabilityProps {
  readonly bins: readonly Bin[];
}

/** What was said against what happened, a dot for each bin. */
export function Reliability({ bins }: ReliabilityProps) {
  const say = useSay();
  const { share, count } = useOperationFormats();
  const most = Math.max(...bins.flatMap(({ predicted, reached }) => [predicted, reached]));
  const most_attempts = Math.max(...bins.map(({ attempts }) => attempts));
  const label = ({ from, to }: Bin) => say(WORDS.range, { from: share(from), to: share(to) });
  return (
    <ChartFrame
      title={say(WORDS.title)}
      table={
        <PlainTable
          caption={say(WORDS.title)}
          columns={[
            { key: 'chance', title: say(WORDS.between), cell: label },
            {
              key: 'attempts',
              title: say(WORDS.attempts),
              kind: 'number',
              cell: ({ attempts }) => count(attempts),
            },
            {
              key: 'said',
              title: say(WORDS.mean),
              kind: 'number',
              cell: ({ predicted }) => share(predicted),
            },
            {
              key: 'happened',
              title: say(WORDS.happened),
              kind: 'number',
              cell: ({ reached }) => share(reached),
            },
          ]}
          rows={bins}
          keyOf={({ from }) => from}
        />
      }
    >
      <p className="quiet">{say(WORDS.about)}</p>
      <Plane
        label={say(WORDS.title)}
        x={{ most, title: say(WORDS.said), format: share }}
        y={{ most, title: say(WORDS.happened), format: share }}
      >
        {({ x, y, x_end, y_end }) => (
          <>
            <line
              x1={x(0)}
              y1={y(0)}
              x2={x(x_end)}
              y2={y(y_end)}
              stroke="var(--quiet)"
              strokeDasharray="4 4"
            />
            {bins.map((bin) => (
              <circle
                key={bin.from}
                cx={x(bin.predicted)}
                cy={y(bin.reached)}
                r={dotRadius(bin.attempts / most_attempts)}
                fill="var(--accent)"
                fillOpacity={0.75}
              >
                <title>{`${label(bin)}: ${share(bin.reached)} (${count(bin.attempts)})`}</title>
              </circle>
            ))}
          </>
        )}
      </Plane>
    </ChartFrame>
  );
}

/** Its area stands for the attempts. @param share of the largest */
function dotRadius(share: number): number {
  return 4 + 10 * Math.sqrt(share);
}
