import type { NoTelephone } from '../fields/telephones.js';
import { type Reading, rejected, skipped } from '../reading/reading.js';

/** Enough of a telephone to find it again. */
const SHOWN_CHARS = 40;

export const NO_TELEPHONE = skipped('no_telephone');

/** What becomes of a record whose telephone is none: there was none, or it can't be known which one it was. */
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
