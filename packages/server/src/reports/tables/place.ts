import { FIELD_LIMITS, MACHINE_CODES_COLUMNS, type TableColumn, textFault } from '@recuento/contract';
import { z } from 'zod';
import type { SqlParams } from '../../attempts/engine/engine.js';
import { badCursor, parsePlace, writeCursor } from '../cursor.js';
import { valueNamed } from './table.js';

/** The column that telephones are sorted by. Those with the same value come in the order of their bytes. */
export interface Sort {
  readonly column: TableColumn;
  readonly descending: boolean;
}

/** Where a telephone is in a sort. */
export interface Place {
  /** The value of the sorted column, an instant in seconds; 0 where that column is the telephone itself. */
  readonly value: number;
  readonly telephone: string;
}

/** @param text the name of a column, with a `-` before it where it descends */
export function sortOf(text: string): Sort {
  const descending = text.startsWith('-');
  const name = descending ? text.slice(1) : text;
  const column = MACHINE_CODES_COLUMNS.find((one) => one.name === name);
  if (!column) throw new Error(`no column ${name}`);
  return { column, descending };
}

/** Negative where the first one comes first. */
export function comparePlaces({ column, descending }: Sort, a: Place, b: Place): number {
  const sign = descending ? -1 : 1;
  const telephones = Buffer.compare(Buffer.from(a.telephone), Buffer.from(b.telephone));
  if (column.kind === 'text') return sign * telephones;
  return sign * (a.value - b.value) || telephones;
}

/** A total order. */
export function orderOf({ column, descending }: Sort): string {
  return `${valueNamed(column.name)} ${descending ? 'DESC' : 'ASC'}, v_telephone ASC`;
}

/** SQL of the sorted column's value as a number: the `value` of a place. */
export function placeValue({ column }: Sort): string {
  return column.kind === 'text' ? '0' : `toUInt32(${valueNamed(column.name)})`;
}

/** A condition on a table's values: rows that come after a place. */
export function behindPlace(sort: Sort, { value, telephone }: Place): { sql: string; params: SqlParams } {
  const sign = sort.descending ? '<' : '>';
  if (sort.column.kind === 'text') {
    return { sql: `v_telephone ${sign} {after:String}`, params: { after: telephone } };
  }
  const sorted = placeValue(sort);
  return {
    sql: `(${sorted} ${sign} {after_value:UInt32} OR (${sorted} = {after_value:UInt32} AND v_telephone > {after:String}))`,
    params: { after_value: value, after: telephone },
  };
}

/** A cursor contains the sort that it belongs to, so that it is not valid in another. */
const placeSchema = z.tuple([
  z.string(),
  z
    .int()
    .min(0)
    .max(2 ** 32 - 1),
  z.string().refine((telephone) => textFault(telephone, FIELD_LIMITS.telephone_chars) === undefined),
]);

/** @throws RecuentoError bad-parameter */
export function placeOf(cursor: string | undefined, sort: Sort): Place | undefined {
  const place = parsePlace(cursor, placeSchema);
  if (place && place[0] !== nameOf(sort)) throw badCursor();
  return place && { value: place[1], telephone: place[2] };
}

export function cursorAt(sort: Sort, { value, telephone }: Place): string {
  return writeCursor(JSON.stringify([nameOf(sort), value, telephone]));
}

function nameOf({ column, descending }: Sort): string {
  return `${descending ? '-' : ''}${column.name}`;
}
