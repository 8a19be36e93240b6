import type { PreviewedTable } from '@recuento/contract';

/** Fields of an attempt that a column can hold, those that are needed first. */
export const NEEDED_FIELDS = ['telephone', 'dialed_at', 'result'] as const;
export const FIELDS = [
  ...NEEDED_FIELDS,
  'attempt_id',
  'duration_seconds',
  'trunk',
  'direction',
  'agent_id',
  'customer_id',
  'customer_name',
  'customer_last_name',
  'id_type',
  'sip',
  'cause',
  'amd',
  'file_name',
  ...(['opt1', 'opt2', 'opt3', 'opt4', 'opt5', 'opt6'] as const),
  ...(['opt7', 'opt8', 'opt9', 'opt10', 'opt11', 'opt12'] as const),
] as const;
export type Field = (typeof FIELDS)[number];

/** The number of the column that holds each field. */
export type ColumnChoice = ReadonlyMap<Field, number>;

export function isField(text: string): text is Field {
  return FIELDS.some((field) => field === text);
}

/** The choice after a column got another field, or none. A field is in one column. */
export function chosen(choice: ColumnChoice, column: number, field: Field | undefined): ColumnChoice {
  const kept = [...choice].filter(([other, number]) => number !== column && other !== field);
  return new Map(field === undefined ? kept : [...kept, [field, column]]);
}

/** What the service proposes, as far as the table has these columns. */
export function proposedChoice({ proposed, columns }: PreviewedTable): ColumnChoice {
  return new Map(
    Object.entries(proposed).flatMap(([field, number]): [Field, number][] =>
      isField(field) && number <= columns.length ? [[field, number]] : [],
    ),
  );
}

export function isComplete(choice: ColumnChoice): boolean {
  return NEEDED_FIELDS.every((field) => choice.has(field));
}

/**
 * The choice as the API's `map` has it: by names, so that it fits files with the same columns in another order; by numbers where a
 * column has no name that can stand there.
 */
export function mapText(choice: ColumnChoice, { columns }: PreviewedTable): string {
  const by_number = new Map(columns.map((column) => [column.number, column]));
  const are_nameable = [...choice.values()].every((number) => by_number.get(number)?.is_nameable === true);
  return [...choice]
    .map(([field, number]) => `${field}=${are_nameable ? by_number.get(number)?.name : number}`)
    .join(',');
}
