import type { NoTelephone } from '../fields/telephones.js';
import { type Reading, rejected, skipped } from '../reading/reading.js';

/** Enough of the text to find it again. */
const SHOWN_CHARS = 40;

export const NO_TELEPHONE = skipped('no_telephone');

/** The result of a record whose text is not a telephone: it has none, or it is unknown which number was dialed. */
export function notDialed({ because }: NoTelephone, field: string, text: string): Reading {
  if (because === 'none') return NO_TELEPHONE;
  const shown = text.trim().slice(0, SHOWN_CHARS);
  return rejected(`${field} ${shown} ${FAULTS[because]}`);
}

const FAULTS = {
  lost: 'has lost its digits to a spreadsheet: export it again, with the column as text',
  several: 'is more than one telephone: give each that was dialed a row of its own',
  date: 'is a date, and no telephone',
  other: 'is no telephone',
} as const;
