import { RowIdentity } from './row-identity.js';
import { type GiveTurn, Turns } from './turns.js';

/** Rows looked at before others get their turn: some milliseconds. */
const ROWS_A_TURN = { items: 5_000, bytes: 1024 ** 2 };
const LF = 0x0a;

/**
 * Rows in slices that lie in at most so many months (of UTC, as the tables are partitioned) each. Of a month all rows are in
 * one slice, in their order.
 */
export async function* slicesOf(
  rows: Buffer,
  max_months: number,
  give_turn: GiveTurn,
): AsyncGenerator<Buffer> {
  const months = await rowsByMonth(rows, give_turn);
  const all = [...months.keys()].sort((a, b) => a - b);
  for (let at = 0; at < all.length; at += max_months) {
    const slice = all.slice(at, at + max_months).flatMap((month) => months.get(month) ?? []);
    yield Buffer.concat(slice);
  }
}

async function rowsByMonth(rows: Buffer, give_turn: GiveTurn): Promise<Map<number, Buffer[]>> {
  const months = new Map<number, Buffer[]>();
  const turns = new Turns(ROWS_A_TURN, give_turn);
  const identity = new RowIdentity();
  for (let start = 0; start < rows.length; ) {
    identity.read(rows, start);
    const end = rows.indexOf(LF, identity.to) + 1;
    if (end === 0) throw new RangeError(`the row at byte ${start} has no end`);
    if (turns.isOver(end - start)) await turns.give();
    const month = monthOf(identity.dialedAt(rows));
    const known = months.get(month);
    if (known) known.push(rows.subarray(start, end));
    else months.set(month, [rows.subarray(start, end)]);
    start = end;
  }
  return months;
}

function monthOf(at_s: number): number {
  const at = new Date(at_s * 1_000);
  return at.getUTCFullYear() * 12 + at.getUTCMonth();
}
