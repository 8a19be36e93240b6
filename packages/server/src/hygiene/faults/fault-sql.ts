import type { SqlParams, SqlValue } from '../../attempts/engine/engine.js';
import { type Fault, widthOf } from './fault.js';

/** Faults that statements are given, the longest first: their bounds take some 20 bytes each. */
const FAULTS_MAX = 5_000;
/** A second since 1970, and one bit for whether the fault begins or ends. */
const TIME_BITS = 33;

/** SQL over the columns of an attempt. */
export interface FaultSql {
  /** Whether the attempt was in a fault. */
  readonly in_fault: string;
  readonly params: SqlParams;
}

/** What a place is called, as the engine has it. */
interface Place {
  readonly name: string;
  readonly type: 'String' | 'UInt32';
  readonly of: (fault: Fault) => string | number;
}

const PLACES: Readonly<Record<ReturnType<typeof widthOf>, Place>> = {
  trunk: { name: 'trunk', type: 'String', of: ({ trunk }: Fault) => trunk ?? '' },
  campaign: { name: 'campaign_id', type: 'UInt32', of: ({ campaign_id }: Fault) => campaign_id ?? 0 },
  both: {
    name: `concat(toString(campaign_id), ' ', trunk)`,
    type: 'String',
    of: ({ trunk, campaign_id }: Fault) => `${campaign_id} ${trunk}`,
  },
};

/**
 * The faults as SQL: for each kind of place the bounds of all faults in one ascending list of numbers (the place's number, the
 * second, and whether a fault begins or ends), in which the engine finds the last bound before an attempt by bisection
 * (`roundDown`). So an attempt costs the same, however many faults there were.
 */
export function faultSql(faults: readonly Fault[]): FaultSql {
  const params: Record<string, SqlValue> = {};
  const tests: string[] = [];
  const told = faults.toSorted((a, b) => b.end_s - b.start_s - (a.end_s - a.start_s)).slice(0, FAULTS_MAX);
  for (const [width, place] of Object.entries(PLACES)) {
    const own = told.filter((fault) => widthOf(fault) === width);
    if (own.length === 0) continue;
    const numbers = new Map([...new Set(own.map(place.of))].map((name, at) => [name, at + 1]));
    params[`${width}_names`] = [...numbers.keys()];
    params[`${width}_bounds`] = boundsOf(own, (fault) => numbers.get(place.of(fault)) ?? 0);
    const number = `transform(${place.name}, {${width}_names:Array(${place.type})}, arrayEnumerate({${width}_names:Array(${place.type})}), 0)`;
    const key = `bitOr(bitShiftLeft(toUInt64(${number}), ${TIME_BITS}), toUInt64(dialed_at) * 2 + 1)`;
    tests.push(`(roundDown(${key}, {${width}_bounds:Array(UInt64)}) % 2 = 1)`);
  }
  return { in_fault: tests.length === 0 ? 'false' : `(${tests.join(' OR ')})`, params };
}

/** Ascending; a beginning is odd, an end is even. Faults of one place that overlap are put together. */
function boundsOf(faults: readonly Fault[], numberOf: (fault: Fault) => number): bigint[] {
  const bounds: bigint[] = [0n]; // `roundDown` gives the first element for what is below it
  const ordered = faults
    .map((fault) => ({ place: BigInt(numberOf(fault)) << BigInt(TIME_BITS), ...fault }))
    .toSorted((a, b) => Number(a.place - b.place) || a.start_s - b.start_s);
  let open: { place: bigint; start_s: number; end_s: number } | undefined;
  const close = () => {
    if (open) bounds.push(open.place | BigInt(open.start_s * 2 + 1), open.place | BigInt(open.end_s * 2));
  };
  for (const { place, start_s, end_s } of ordered) {
    if (open && open.place === place && start_s <= open.end_s) {
      open = { ...open, end_s: Math.max(open.end_s, end_s) };
      continue;
    }
    close();
    open = { place, start_s, end_s };
  }
  close();
  return bounds;
}
