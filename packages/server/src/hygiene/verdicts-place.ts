import { FIELD_LIMITS, textFault } from '@recuento/contract';
import { z } from 'zod';
import type { SqlParams } from '../attempts/engine/engine.js';
import { badCursor, parsePlace, writeCursor } from '../reports/cursor.js';

/** Where a page of verdicts ends: its moment, so that all pages have the same, and the last telephone with what it is sorted by. */
export interface VerdictsPlace {
  readonly as_of_s: number;
  readonly telephone: string;
  /** 0 where it is sorted by the telephone itself. */
  readonly value: number;
}

/** What rows are sorted by, as whole numbers, by the name of the column. */
const SORTED: Readonly<Record<string, string>> = {
  telephone: '0',
  // Rounded to four digits, so that the same number comes back from a cursor.
  probability: 'toUInt32(round(v_probability * 10000))',
  attempts: 'toUInt32(v_attempts)',
  last_dialed_at: 'toUInt32(v_last_dialed_at)',
};

/** SQL of the sorted column's value as a number: the `value` of a place. */
export function sortedValue(sort: string): string {
  return SORTED[sort.replace(/^-/, '')] ?? '0';
}

/** A total order. */
export function orderOfVerdicts(sort: string): string {
  const direction = sort.startsWith('-') ? 'DESC' : 'ASC';
  if (isByTelephone(sort)) return `v_telephone ${direction}`;
  return `${sortedValue(sort)} ${direction}, v_telephone ASC`;
}

export function isByTelephone(sort: string): boolean {
  return sort === 'telephone' || sort === '-telephone';
}

/** A condition on the rows that come after a place. */
export function behindPlace(
  sort: string,
  { telephone, value }: VerdictsPlace,
): { readonly sql: string; readonly params: SqlParams } {
  const sign = sort.startsWith('-') ? '<' : '>';
  if (isByTelephone(sort)) return { sql: `telephone ${sign} {after:String}`, params: { after: telephone } };
  const sorted = sortedValue(sort);
  return {
    sql: `(${sorted} ${sign} {after_value:UInt32} OR (${sorted} = {after_value:UInt32} AND v_telephone > {after:String}))`,
    params: { after: telephone, after_value: value },
  };
}

const UINT32_MAX = 2 ** 32 - 1;

/** A cursor contains the sort that it belongs to, so that it is not valid in another. */
const placeSchema = z.tuple([
  z.string(),
  z.int().min(0).max(UINT32_MAX),
  z.int().min(0).max(UINT32_MAX),
  z.string().refine((telephone) => textFault(telephone, FIELD_LIMITS.telephone_chars) === undefined),
]);

/** @throws RecuentoError bad-parameter */
export function placeOfVerdicts(cursor: string | undefined, sort: string): VerdictsPlace | undefined {
  const place = parsePlace(cursor, placeSchema);
  if (place && place[0] !== sort) throw badCursor();
  return place && { as_of_s: place[1], value: place[2], telephone: place[3] };
}

export function cursorOfVerdicts(sort: string, { as_of_s, value, telephone }: VerdictsPlace): string {
  return writeCursor(JSON.stringify([sort, as_of_s, value, telephone]));
}
