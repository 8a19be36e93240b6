import { createHash } from 'node:crypto';
import type { Trunks } from '../evidence/trunks.js';
import type { DateOrder } from '../fields/dates.js';
import type { PhoneCode } from '../formats/format.js';
import type { ColumnMap } from '../rows/column-map.js';

/** The user's declarations about how a file is to be read. */
interface Declared {
  readonly map?: ColumnMap | undefined;
  readonly date_order?: DateOrder | undefined;
  readonly phone_code?: PhoneCode | undefined;
}

/**
 * One text for one way of reading files: `''` where nothing is declared, neither for the file nor for the trunks. Imports
 * with the same text are of one generation, whatever their format, so the legs of a call are compared as equals.
 */
export function mappingOf({ map, date_order, phone_code }: Declared, trunks: Trunks): string {
  const columns = map && [...map].sort();
  const declared = [columns, date_order, phone_code, trunks.declared].map((part) => part ?? null);
  if (declared.every((part) => part === null)) return '';
  return createHash('sha256').update(JSON.stringify(declared)).digest('hex');
}
