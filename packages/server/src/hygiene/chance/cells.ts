import { IN_ORDER } from '../../reports/order.js';
import type { LineSql } from '../spellings/line-sql.js';
import { type ChanceRequest, eachLine, linesOf, readLines } from './asked.js';
import { KINDS } from './attempt-kind.js';
import type { Dialed } from './campaigns.js';
import { CELL, FEATURE_VALUES } from './features.js';
import type { Cells } from './fit-weights.js';
import { campaignParams, eachAttempt, FIGURES, GATHERED, PARTS, SORTED } from './history.js';
import { ACTIVE, writeActive } from './layout.js';

/** Attempts that were dialed after `from_s` and at or before `until_s`, in seconds since 1970. */
export interface Span {
  readonly from_s: number;
  readonly until_s: number;
}

/** Cells with the numbers of them, whose last digit is the campaign's place. */
export interface NumberedCells extends Cells {
  readonly numbers: Float64Array;
}

/** More attempts tell hardly more: of larger operations a part of the telephones is looked at, each with all its attempts. */
const ATTEMPTS_MAX = 12_000_000;
/** Ten million attempts fall into some hundred thousand cells. The cells of the rarest attempts are left out beyond this. */
const CELLS_MAX = 500_000;

/** The statement of each line's attempts up to `as_of`, as `PARTS`. */
export function linesSql({ line }: LineSql): string {
  return `SELECT ${PARTS.join(', ')} FROM (SELECT ${SORTED} FROM (
    SELECT ${GATHERED} FROM held_by_telephone FINAL
    PREWHERE operation_id = {operation_id:UInt32} AND dialed_at <= toDateTime({as_of:UInt32})
      AND sipHash64(${line}) % {chance_nth:UInt32} = 0
    GROUP BY ${line}))`;
}

/** The parameters of `linesSql`. @param until_s the moment up to which attempts are looked at */
export function linesParams({ lines }: ChanceRequest, { attempts, campaigns }: Dialed, until_s: number) {
  return {
    ...lines.params,
    ...campaignParams(campaigns),
    as_of: until_s,
    chance_nth: Math.max(1, Math.ceil(attempts / ATTEMPTS_MAX)),
  };
}

/**
 * The attempts of a span in cells, each by what was known before it. The engine goes over the attempts once and in their order.
 *
 * @param dialed up to the end of the span, for the telephones to look at, and the campaigns to tell apart
 */
export async function readCells(asked: ChanceRequest, dialed: Dialed, span: Span): Promise<NumberedCells> {
  const written = await readLines(
    asked,
    `SELECT cell, count() AS attempts, countIf(c_kind = ${KINDS.person}) FROM (
       SELECT c_kind, ${CELL} AS cell FROM (
         SELECT c_kind, c_campaign, ${FEATURE_VALUES.join(', ')} FROM (${eachAttempt(FIGURES, linesSql(asked.lines))})
         WHERE c_at > {from_s:UInt32}))
     GROUP BY cell ORDER BY attempts DESC, cell LIMIT ${CELLS_MAX}`,
    { ...linesParams(asked, dialed, span.until_s), from_s: Math.max(0, span.from_s) },
    IN_ORDER,
  );
  const count = linesOf(written);
  const cells = {
    count,
    width: ACTIVE,
    active: new Uint16Array(count * ACTIVE),
    attempts: new Float64Array(count),
    reached: new Float64Array(count),
    numbers: new Float64Array(count),
  };
  await eachLine(written, 3, asked.give_turn, ([number = 0, attempts = 0, reached = 0], line) => {
    writeActive(number, cells.active, line * ACTIVE);
    cells.numbers[line] = number;
    cells.attempts[line] = attempts;
    cells.reached[line] = reached;
  });
  return cells;
}
