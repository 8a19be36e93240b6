import { DamagedEntry } from './journal.js';
import { number32 } from './row-identity.js';
import { OPERATION_AT, TELEPHONE_AT } from './row-layout.js';

/**
 * The operation whose rows an entry has. The first row tells of all: a checksum says that they are what was written.
 *
 * @throws DamagedEntry when it is no row
 */
export function operationOf(rows: Buffer): number {
  if (rows.length < TELEPHONE_AT) throw new DamagedEntry('its first row is none');
  return number32(rows, OPERATION_AT);
}
