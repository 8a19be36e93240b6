import { ATTEMPT_COLUMNS, DELIVERY_DIGITS } from './attempt-rows.js';
import { DamagedEntry } from './journal.js';

/** What begins every row: its delivery, its import and rank, and its operation. */
const ROW_START = new RegExp(
  `^(\\d{${DELIVERY_DIGITS}})\\t\\d{1,10}\\t\\d{1,16}\\t(\\d{1,10})\\t\\d{1,10}\\t`,
);
const START_BYTES = DELIVERY_DIGITS + 70;
const LF = 0x0a;
const TAB = 0x09;

/**
 * The operation whose rows an entry has. All of them have the same delivery and the same operation.
 *
 * @param is_proved a checksum says that the rows are what was written: the first tells of all
 * @throws DamagedEntry when the rows are not rows of one delivery to one operation
 */
export function operationOf(rows: Buffer, is_proved: boolean): number {
  let first: RegExpExecArray | undefined;
  for (let start = 0; start < rows.length; ) {
    const end = rows.indexOf(LF, start);
    const found = ROW_START.exec(rows.toString('latin1', start, Math.min(start + START_BYTES, end)));
    first ??= found ?? undefined;
    if (!found || found[0] === '' || found[1] !== first?.[1] || found[2] !== first?.[2]) {
      throw new DamagedEntry(`the row at byte ${start} is none`);
    }
    if (tabsIn(rows, start, end) >= ATTEMPT_COLUMNS.length) {
      throw new DamagedEntry(`the row at byte ${start} has too many columns`);
    }
    start = is_proved ? rows.length : end + 1;
  }
  if (!first) throw new DamagedEntry('it has no rows');
  return Number(first[2]);
}

function tabsIn(rows: Buffer, start: number, end: number): number {
  let tabs = 0;
  for (let at = rows.indexOf(TAB, start); at >= 0 && at < end; at = rows.indexOf(TAB, at + 1)) tabs += 1;
  return tabs;
}
