import { DELIVERY_DIGITS } from './attempt-rows.js';
import { DamagedEntry } from './journal.js';

/** What begins every row: its delivery, its import and rank, and its operation. */
const ROW_START = new RegExp(`^\\d{${DELIVERY_DIGITS}}\\t\\d{1,10}\\t\\d{1,16}\\t(\\d{1,10})\\t\\d{1,10}\\t`);
const START_BYTES = DELIVERY_DIGITS + 70;

/**
 * The operation whose rows an entry has. The first row tells of all: a checksum says that they are what was written.
 *
 * @throws DamagedEntry when it is no row
 */
export function operationOf(rows: Buffer): number {
  const operation_id = ROW_START.exec(rows.toString('latin1', 0, START_BYTES))?.[1];
  if (operation_id === undefined) throw new DamagedEntry('its first row is none');
  return Number(operation_id);
}
