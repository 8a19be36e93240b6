import { RECORD_FIELDS } from '@recuento/contract';

/** Fields of an attempt that the user can map to a column of a file. */
export const MAP_FIELDS = [
  'telephone',
  'dialed_at',
  'result',
  'attempt_id',
  'trunk',
  'sip',
  'cause',
  'amd',
  'duration_seconds',
  'agent_id',
  'customer_id',
  'direction',
  ...RECORD_FIELDS,
] as const;
export type MapField = (typeof MAP_FIELDS)[number];

/** The column of each field, by the name that the user wrote. It has the three fields that REQUIRED names. */
export type ColumnMap = ReadonlyMap<MapField, string>;

const REQUIRED = ['telephone', 'dialed_at', 'result'] as const satisfies readonly MapField[];

/** The form of `map`, for error messages. */
export const MAP_FORM = `field=column pairs with commas between, telephone, dialed_at and result among them (fields: ${MAP_FIELDS.join(', ')})`;

/**
 * Parses `telephone=dst,dialed_at=calldate,result=disposition`. Returns undefined when it is malformed: an unknown field,
 * a repeated one, or a required one missing. Two fields may use the same column. Columns with a comma in their name
 * cannot be named.
 */
export function parseColumnMap(text: string): ColumnMap | undefined {
  const map = new Map<MapField, string>();
  for (const pair of text.split(',')) {
    const equals = pair.indexOf('=');
    const field = asField(pair.slice(0, equals).trim());
    const column = pair.slice(equals + 1).trim();
    if (equals < 0 || field === undefined || column === '' || map.has(field)) return undefined;
    map.set(field, column);
  }
  return REQUIRED.every((field) => map.has(field)) ? map : undefined;
}

function asField(text: string): MapField | undefined {
  return MAP_FIELDS.find((field) => field === text);
}
