import { DamagedEntry } from './journal.js';
import { number32 } from './row-identity.js';
import { OPERATION_AT, TELEPHONE_AT } from './row-layout.js';

/**
 * The operation whose rows an entry has. The first row is enough: all rows of an entry are of one operation, and the entry's checksum
 * was verified.
 *
 * @throws DamagedEntry when the first row is too short to be one
 */
export function operationOf(rows: Buffer): number {
  if (rows.length < TELEPHONE_AT) throw new DamagedEntry('its first row is none');
  return number32(rows, OPERATION_AT);
}
