import type { BacktestDocument } from '@recuento/contract';
import { ChartFrame } from '../../../charts/chart.js';
import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { PlainTable } from '../../../parts/plain-table.js';
import { type Places, Plane } from '../drawing/plane.js';
import type { Threshold } from './threshold.js';
import { ThresholdSlider } from './threshold-slider.js';
import { useNumbers } from './use-numbers.js';

const WORDS = {
  title: { en: 'Dials spared against people lost', es: 'Marcaciones ahorradas frente a personas perdidas' },
  about: {
    en: 'Further to the right spares more dials; further up loses more people. Click on the curve, or move the slider.',
    es: 'Más a la derecha se ahorran más marcaciones; más arriba se pierden más personas. Haga clic en la curva o mueva el control.',
  },
  spared: { en: 'Dials spared', es: 'Marcaciones ahorradas' },
  lost: { en: 'People lost', es: 'Personas perdidas' },
  threshold: { en: 'Threshold', es: 'Umbral' },
  telephones: { en: 'Put aside', es: 'Apartados' },
  share: { en: 'Of all dials', es: 'Del total' },
  chosen: { en: 'chosen', es: 'elegido' },
} as const;

export type Point = BacktestDocument['curve'][number];

interface CurveProps {
  readonly kind: Threshold['kind'];
  /** The threshold that is chosen. */
  readonly value: number;
  /** In ascending order of their thresholds. */
  readonly points: readonly Point[];
  readonly found: BacktestDocument;
  readonly onValue: (value: number) => void;
  /** Draws the curve anew, around the chosen value; undefined where it is. */
  readonly onAround: (() => void) | undefined;
}

/** The curve on which a threshold is chosen. */
export function Curve({ kind, value, points, found, onValue, onAround }: CurveProps) {
  const say = useSay();
  const { count } = useOperationFormats();
  const { percent } = useNumbers();
  const written = (number: number) => (kind === 'probability' ? percent(number) : count(number));
  return (
    <div className="list-quality-curve">
      <ChartFrame
        title={say(WORDS.title)}
        table={<CurveTable points={points} value={value} found={found} written={written} />}
      >
        <p className="quiet">{say(WORDS.about)}</p>
        <Drawing points={points} value={value} found={found} written={written} onValue={onValue} />
      </ChartFrame>
      <ThresholdSlider
        kind={kind}
        value={value}
        points={points}
        written={written}
        onValue={onValue}
        onAround={onAround}
      />
    </div>
  );
}

interface ShownProps extends Pick<CurveProps, 'points' | 'value' | 'found'> {
  readonly written: (threshold: number) => string;
}

function Drawing({ points, value, found, written, onValue }: ShownProps & Pick<CurveProps, 'onValue'>) {
  const say = useSay();
  const { count } = useOperationFormats();
  const { percent } = useNumbers();
  const all = found.dials_after;
  const place = ({ dials_saved, people_lost }: Point, { x, y }: Places) => [
    x(dials_saved / all),
    y(people_lost),
  ];
  const nearest = (x_px: number, y_px: number, places: Places) => {
    const distance = (point: Point) => {
      const [x = 0, y = 0] = place(point, places);
      return Math.hypot(x - x_px, y - y_px);
    };
    const [first] = [...points].sort((one, other) => distance(one) - distance(other));
    if (first) onValue(first.threshold);
  };
  return (
    <Plane
      label={say(WORDS.title)}
      x={{
        most: Math.max(...points.map(({ dials_saved }) => dials_saved)) / all,
        title: say(WORDS.spared),
        format: percent,
      }}
      y={{
        most: Math.max(LOST_SHOWN_MIN, ...points.map(({ people_lost }) => people_lost)),
        title: say(WORDS.lost),
        format: count,
      }}
      onPlace={nearest}
    >
      {(places) => (
        <>
          <polyline
            points={points.map((point) => place(point, places).join(',')).join(' ')}
            fill="none"
            stroke="var(--accent)"
            strokeWidth={2}
          />
          {/* The chosen one stands in front of its neighbours. */}
          {points
            .toSorted((one, other) => Number(one.threshold === value) - Number(other.threshold === value))
            .map((point) => (
              <Dot
                key={point.threshold}
                at={place(point, places)}
                is_chosen={point.threshold === value}
                title={written(point.threshold)}
              />
            ))}
        </>
      )}
    </Plane>
  );
}

/** An axis of fewer people would make a difference of one look like much. */
const LOST_SHOWN_MIN = 4;

interface DotProps {
  readonly at: readonly number[];
  readonly is_chosen: boolean;
  readonly title: string;
}

function Dot({ at: [x = 0, y = 0], is_chosen, title }: DotProps) {
  return (
    <g>
      <circle
        cx={x}
        cy={y}
        r={is_chosen ? 8 : 4}
        fill={is_chosen ? 'var(--mark)' : 'var(--accent)'}
        stroke="var(--page)"
        strokeWidth={2}
      >
        <title>{title}</title>
      </circle>
      {is_chosen && (
        <text
          x={x}
          y={y - 14}
          textAnchor="middle"
          className="list-quality-chosen"
          stroke="var(--page)"
          strokeWidth={4}
          paintOrder="stroke"
        >
          {title}
        </text>
      )}
    </g>
  );
}

function CurveTable({ points, value, found, written }: ShownProps) {
  const say = useSay();
  const { count, share } = useOperationFormats();
  return (
    <PlainTable
      caption={say(WORDS.title)}
      columns={[
        {
          key: 'threshold',
          title: say(WORDS.threshold),
          cell: ({ threshold }) => (
            <>
              {written(threshold)}
              {threshold === value && <small className="list-quality-tag">{say(WORDS.chosen)}</small>}
            </>
          ),
        },
        {
          key: 'telephones',
          title: say(WORDS.telephones),
          kind: 'number',
          cell: ({ telephones_taken }) => count(telephones_taken),
        },
        {
          key: 'saved',
          title: say(WORDS.spared),
          kind: 'number',
          cell: ({ dials_saved }) => count(dials_saved),
        },
        {
          key: 'share',
          title: say(WORDS.share),
          kind: 'number',
          cell: ({ dials_saved }) => share(dials_saved / found.dials_after),
        },
        {
          key: 'lost',
          title: say(WORDS.lost),
          kind: 'number',
          cell: ({ people_lost }) => count(people_lost),
        },
      ]}
      rows={points}
      keyOf={({ threshold }) => threshold}
    />
  );
}
