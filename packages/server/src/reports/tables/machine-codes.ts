import {
  FIELD_LIMITS,
  MACHINE_CODES_COLUMNS,
  MACHINE_RECOGNITIONS,
  type MachineCodesQuestion,
  parseInstant,
  type TableColumn,
  textFault,
} from '@recuento/contract';
import { z } from 'zod';
import type { SqlParams } from '../../attempts/engine/engine.js';
import { badCursor, parseCursor, writeCursor } from '../cursor.js';
import { orderOfTelephones } from '../order.js';
import type { Asked } from '../report.js';
import { lastRow, type Rows, withoutLastRow } from '../rows.js';
import type { Selection } from '../selection.js';
import { whereSelected } from '../where.js';
import { readTable, type Table, valueNamed } from './table.js';

/** Which telephones, and in which order. */
export type MachineCodesAsked = Pick<
  MachineCodesQuestion,
  'min_total' | 'min_dialed' | 'max_answered' | 'last_result' | 'telephone_prefix' | 'sort'
>;

/** The last row of a page: where it is in the order that was asked for. */
export interface Place {
  /** Of the column that is sorted by; an instant in seconds. */
  readonly value: number;
  readonly telephone: string;
}

/** The schema numbers the five recognitions first, then `answer`, then the rest. */
const VALUES = [
  'telephone AS v_telephone',
  "toUInt32(countIf(result <= 'failed')) AS v_total_machine_recognitions",
  ...MACHINE_RECOGNITIONS.map((code) => `toUInt32(countIf(result = '${code}')) AS v_${code}`),
  'toUInt32(count()) AS v_dialed_total',
  "toUInt32(countIf(result = 'answer')) AS v_answered",
  "toUInt32(countIf(result > 'answer')) AS v_other",
  'min(dialed_at) AS v_first_dialed_at',
  'max(dialed_at) AS v_last_dialed_at',
  // The order of the store, of one campaign as of all; one id dialed by two campaigns at once is the higher campaign's.
  'argMax(result, (dialed_at, attempt_hash, campaign_id)) AS v_last_result',
].join(', ');

const FILTERS = {
  min_total: 'v_total_machine_recognitions >= {min_total:UInt32}',
  min_dialed: 'v_dialed_total >= {min_dialed:UInt32}',
  max_answered: 'v_answered <= {max_answered:UInt32}',
  last_result: 'toString(v_last_result) = {last_result:String}',
} as const;

/** `GET /v1/machine-codes`: a row a telephone with at least one machine recognition, from behind `after` on. */
export function machineCodesTable(selection: Selection, asked: MachineCodesAsked, after?: Place): Table {
  const where = whereSelected(selection);
  const params: Record<string, string | number> = { ...where.params };
  const conditions = [where.sql];
  const having = ['v_total_machine_recognitions > 0'];
  if (asked.telephone_prefix !== undefined) {
    params.prefix = asked.telephone_prefix;
    conditions.push('startsWith(telephone, {prefix:String})');
  }
  for (const [name, sql] of Object.entries(FILTERS)) {
    const value = asked[name as keyof typeof FILTERS];
    if (value === undefined) continue;
    params[name] = value;
    having.push(sql);
  }
  const sort = sortOf(asked);
  if (after) {
    const behind = behindPlace(sort, after);
    Object.assign(params, behind.params);
    // Telephones before the page's are not even read where they are what is sorted by.
    (sort.column.name === 'telephone' ? conditions : having).push(behind.sql);
  }
  const { table, settings } = orderOfTelephones(selection);
  const direction = sort.descending ? 'DESC' : 'ASC';
  return {
    columns: MACHINE_CODES_COLUMNS,
    rows: `SELECT ${VALUES} FROM ${table} FINAL
      PREWHERE ${conditions.join(' AND ')} GROUP BY telephone HAVING ${having.join(' AND ')}`,
    order: `${valueNamed(sort.column.name)} ${direction}, v_telephone ASC`,
    instantText: (value) => `formatDateTime(${value}, '%Y-%m-%dT%H:%i:%SZ', 'UTC')`,
    params,
    settings,
  };
}

/** One page, `limit` rows at most, and the cursor of the next one. One engine query. @throws RecuentoError bad-parameter */
export async function machineCodesPage(
  asked: Asked,
  question: MachineCodesAsked,
  limit: number,
  cursor: string | undefined,
): Promise<Rows & { next_cursor: string | null }> {
  const sort = sortOf(question);
  const after = placeOf(cursor, sort);
  const found = await readTable(asked, machineCodesTable(asked.selection, question, after), limit + 1);
  if (found.count <= limit) return { ...found, next_cursor: null };
  const kept = withoutLastRow(found);
  return { ...kept, next_cursor: cursorAt(lastRow(kept), sort) };
}

interface Sort {
  readonly column: TableColumn;
  readonly descending: boolean;
}

function sortOf({ sort }: MachineCodesAsked): Sort {
  const descending = sort.startsWith('-');
  const name = descending ? sort.slice(1) : sort;
  const column = MACHINE_CODES_COLUMNS.find((one) => one.name === name);
  if (!column) throw new Error(`no column ${name}`);
  return { column, descending };
}

function behindPlace(
  { column, descending }: Sort,
  { value, telephone }: Place,
): { sql: string; params: SqlParams } {
  const sign = descending ? '<' : '>';
  if (column.name === 'telephone') {
    return { sql: `telephone ${sign} {after:String}`, params: { after: telephone } };
  }
  const sorted = `toUInt32(${valueNamed(column.name)})`;
  return {
    sql: `(${sorted} ${sign} {after_value:UInt32} OR (${sorted} = {after_value:UInt32} AND v_telephone > {after:String}))`,
    params: { after_value: value, after: telephone },
  };
}

/** A cursor holds the sort that it is of, so that it is no place in another. */
const placeSchema = z.tuple([
  z.string(),
  z
    .int()
    .min(0)
    .max(2 ** 32 - 1),
  z.string().refine((telephone) => textFault(telephone, FIELD_LIMITS.telephone_chars) === undefined),
]);

/** @throws RecuentoError bad-parameter */
function placeOf(cursor: string | undefined, sort: Sort): Place | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  const { data } = placeSchema.safeParse(parsed(parseCursor(cursor)));
  if (data?.[0] !== nameOf(sort)) throw badCursor();
  return { value: data[1], telephone: data[2] };
}

const rowSchema = z.looseObject({ telephone: z.string() });

/** Of the one row of a page that is ever read here. */
function cursorAt(row: Buffer, sort: Sort): string {
  const values = rowSchema.parse(parsed(row.toString()));
  const sorted = values[sort.column.name];
  const value = sort.column.kind === 'instant' ? parseInstant(String(sorted)) : sorted;
  const place = [nameOf(sort), sort.column.kind === 'text' ? 0 : value, values.telephone];
  return writeCursor(JSON.stringify(place));
}

function nameOf({ column, descending }: Sort): string {
  return `${descending ? '-' : ''}${column.name}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
