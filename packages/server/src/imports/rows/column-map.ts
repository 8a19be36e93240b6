import { RECORD_FIELDS } from '@recuento/contract';

/** Fields of an attempt that a column of a file can be declared to hold. */
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

/** Names of columns, as the user wrote them, by the field that they hold. It has the three that REQUIRED names. */
export type ColumnMap = ReadonlyMap<MapField, string>;

const REQUIRED = ['telephone', 'dialed_at', 'result'] as const satisfies readonly MapField[];

/** The form of `map`, for those who got it wrong. */
export const MAP_FORM = `field=column pairs with commas between, telephone, dialed_at and result among them (fields: ${MAP_FIELDS.join(', ')})`;

/**
 * Reads `telephone=dst,dialed_at=calldate,result=disposition`. Undefined when it has not that form: an unknown field,
 * one twice, or a required one missing. Two fields may be of one column. Columns whose names have a comma can't be
 * named.
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
