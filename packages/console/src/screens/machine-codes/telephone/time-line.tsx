import { CODE_HEADINGS, type TelephoneAttemptDocument } from '@recuento/contract';
import { codeColour } from '../../../charts/codes.js';
import { useSay } from '../../../language/language.js';
import { useOperation, useOperationFormats } from '../../../operation/operation.js';
import { type Lane, type TimeLine as Line, timeLineOf } from './time-line-places.js';
import { useWidth } from './use-width.js';

const WORDS = {
  told: {
    en: '{count} {count: attempt|attempts} from {first} to {last}: {codes}',
    es: '{count} {count: intento|intentos} del {first} al {last}: {codes}',
  },
} as const;

const LANE_PX = 44;
const DOT_PX = 5.5;
/** From the lane's upper edge: its words, and its line. */
const WORDS_PX = 14;
const LINE_PX = 29;
/** Half of a guide's height. */
const GUIDE_PX = 8;
const AXIS_PX = 24;
/** So that a dot at either end is whole. */
const SIDE_PX = 8;
/** Room that the words of a tick need. */
const TICK_PX = 76;

interface TimeLineProps {
  /** The newest first, one at least. */
  readonly attempts: readonly TelephoneAttemptDocument[];
}

/** Each attempt at its time, in the lane of its code. Those in trunk faults, which are held against no number, are hollow. */
export function TimeLine({ attempts }: TimeLineProps) {
  const [place, width] = useWidth<HTMLDivElement>();
  const { time_zone } = useOperation();
  const told = useTold(attempts);
  const line = timeLineOf(attempts, time_zone, Math.max(2, Math.floor(width / TICK_PX)));
  const height = line.lanes.length * LANE_PX + AXIS_PX;
  return (
    <div ref={place} className="codes-time-line" style={{ minHeight: `${height}px` }}>
      {width > 0 && (
        <svg className="picture" width={width} height={height} role="img" aria-label={told}>
          <Axis line={line} width={width} height={height} />
          {line.lanes.map((lane, index) => (
            <g key={lane.code} transform={`translate(0 ${index * LANE_PX})`}>
              <Guides line={line} width={width} />
              <Dots lane={lane} width={width} />
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}

const xOf = (place: number, width: number) => SIDE_PX + place * (width - 2 * SIDE_PX);

function Dots({ lane: { code, dots }, width }: { readonly lane: Lane; readonly width: number }) {
  const say = useSay();
  const { count, moment } = useOperationFormats();
  const colour = codeColour(code);
  return (
    <>
      <line x1={0} x2={width} y1={LINE_PX} y2={LINE_PX} stroke="var(--line)" />
      <text x={SIDE_PX} y={WORDS_PX} fill="var(--text)" fontSize={13}>
        {`${say(CODE_HEADINGS[code])} · ${count(dots.length)}`}
      </text>
      {dots.map(({ attempt, place }) => (
        <circle
          key={`${attempt.campaign_id} ${attempt.attempt_id} ${attempt.dialed_at} ${attempt.telephone}`}
          cx={xOf(place, width)}
          cy={LINE_PX}
          r={DOT_PX}
          fill={attempt.in_trunk_fault ? 'var(--page)' : colour}
          stroke={attempt.in_trunk_fault ? colour : 'var(--page)'}
          strokeWidth={attempt.in_trunk_fault ? 2 : 1}
        >
          <title>{`${moment(attempt.dialed_at)} · ${say(CODE_HEADINGS[code])}`}</title>
        </circle>
      ))}
    </>
  );
}

interface AxisProps {
  readonly line: Line;
  readonly width: number;
  readonly height: number;
}

function Axis({ line: { ticks, is_one_day }, width, height }: AxisProps) {
  const { shortDay, time } = useOperationFormats();
  return ticks.map(({ place, instant, day }) => (
    <text key={instant} x={xOf(place, width)} y={height - 6} fill="var(--quiet)" fontSize={12}>
      {is_one_day ? time(instant) : shortDay(day)}
    </text>
  ));
}

/** Where the days of the axis begin, beside the dots alone: a line across the words could not be read. */
function Guides({ line: { ticks }, width }: Omit<AxisProps, 'height'>) {
  return ticks.map(({ place, instant }) => (
    <line
      key={instant}
      x1={xOf(place, width)}
      x2={xOf(place, width)}
      y1={LINE_PX - GUIDE_PX}
      y2={LINE_PX + GUIDE_PX}
      stroke="var(--line)"
    />
  ));
}

/** The drawing in words. */
function useTold(attempts: readonly TelephoneAttemptDocument[]): string {
  const say = useSay();
  const { count, moment } = useOperationFormats();
  const counted = new Map<TelephoneAttemptDocument['result'], number>();
  for (const { result } of attempts) counted.set(result, (counted.get(result) ?? 0) + 1);
  const codes = [...counted].map(([code, number]) => `${say(CODE_HEADINGS[code])} ${count(number)}`);
  return say(WORDS.told, {
    count: count(attempts.length),
    first: moment(attempts.at(-1)?.dialed_at ?? ''),
    last: moment(attempts[0]?.dialed_at ?? ''),
    codes: codes.join(', '),
  });
}
