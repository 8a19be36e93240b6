import type { ReportRequest } from '../reports/report.js';
import type { Table } from '../reports/tables/table.js';
import type { Judgement } from './judging/judgement.js';
import { telephonesAfter } from './telephones-after.js';
import { orderOfVerdicts } from './verdicts-place.js';
import { type Only, type Telephones, verdictsTable } from './verdicts-table.js';

/** Telephones of a part: at first, so that a file begins soon, and at most, so that a part is sorted in some ten MB. */
const FIRST_PART = 10_000;
const LAST_PART = 128_000;

interface PartsAsked {
  /** Seconds since 1970 UTC, of the judgement. */
  readonly as_of_s: number;
  /** `telephone`, or `-telephone`. */
  readonly sort: string;
  /** The telephone after which the first part begins; absent: all. */
  readonly after?: string | undefined;
}

/** Which telephones are in each part of all that were dialed at or before a moment, in their order. */
export async function* telephonesInParts(
  request: ReportRequest,
  { as_of_s, sort, after: start }: PartsAsked,
): AsyncGenerator<Only> {
  let after = start;
  for (let count = FIRST_PART; ; count = Math.min(LAST_PART, 2 * count)) {
    const { last, are_more } = await telephonesAfter(request, { after, sort, count, as_of_s });
    if (last === undefined) return;
    yield rangeOf(sort, after, last);
    if (!are_more) return;
    after = last;
  }
}

/** The verdicts' table in parts, in the order of its telephones. Only the telephones of a part are judged at once. */
export async function* verdictsInParts(
  request: ReportRequest,
  telephones: Omit<Telephones, 'only'>,
  judgement: Judgement,
  asked: PartsAsked,
): AsyncGenerator<Table> {
  for await (const only of telephonesInParts(request, asked)) {
    yield verdictsTable({ ...telephones, only }, judgement, orderOfVerdicts(asked.sort));
  }
}

/** Telephones after one, up to and including another, in the order of the sort. */
export function rangeOf(sort: string, after: string | undefined, last: string): Only {
  const [behind, upTo] = sort.startsWith('-') ? ['<', '>='] : ['>', '<='];
  const condition = `telephone ${upTo} {last:String}`;
  if (after === undefined) return { sql: condition, params: { last } };
  return { sql: `${condition} AND telephone ${behind} {after:String}`, params: { last, after } };
}
