import { CATALOGUE, type FieldFault, RecuentoError, type ReplyProfile } from '@recuento/contract';

/** The media type of every reply of the documented API. */
export const ENVELOPE_TYPE = 'application/json; charset=utf-8';

/** The documented reply: `{"code","error","msg","data"}` in this order, then `next_cursor` where the caller sent a cursor. */
export interface Envelope {
  readonly rows: Buffer;
  readonly count: number;
  /** undefined: the caller sent no cursor; null: this is the last page. */
  readonly next_cursor?: string | null;
}

/**
 * Renders the body of a reply in pieces, so that the rows are not copied. `msg` has neither a singular nor separators: `1
 * records were found`, `60000 records were found`.
 */
export function renderEnvelope(envelope: Envelope, profile: ReplyProfile): Buffer[] {
  const { rows, count, next_cursor } = envelope;
  const head = `{"code":${codeAs(profile, 200)},"error":null,"msg":"${count} records were found","data":[`;
  const tail = next_cursor === undefined ? ']}' : `],"next_cursor":${JSON.stringify(next_cursor)}}`;
  return [Buffer.from(head), rows, Buffer.from(tail)];
}

/** Renders the documented reply of an upload. Its code is a string in every profile, as in the documented samples. */
export function renderCreated(
  msg: string,
  counts: Readonly<Record<string, number | string>>,
  rejected: readonly string[] = [],
): Buffer {
  const documented = JSON.stringify({ code: '201', error: null, msg, data: [textsOf(counts)] });
  if (rejected.length === 0) return Buffer.from(documented);
  return Buffer.from(`${documented.slice(0, -1)},"rejected":[${rejected.join(',')}]}`);
}

/** Renders the documented reply of what was done with records. Every value is a string, as in all of `data`. */
export function renderDone(
  msg: string,
  counts: Readonly<Record<string, number | string>>,
  profile: ReplyProfile,
): Buffer {
  const head = `{"code":${codeAs(profile, 202)},"error":null,"msg":${JSON.stringify(msg)},"data":`;
  return Buffer.from(`${head}${JSON.stringify([textsOf(counts)])}}`);
}

const textsOf = (counts: Readonly<Record<string, number | string>>) =>
  Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, String(count)]));

/** Renders the fault of an entry as a row of a reply. */
export function renderFault(fault: FieldFault): string {
  return JSON.stringify(faultRow(fault));
}

/** Renders an error of the catalogue in the same envelope; the rows of `data` name the faulty records and fields. */
export function renderError(error: RecuentoError, profile: ReplyProfile | undefined): string {
  const { status, error: title } = CATALOGUE[error.id];
  const code = codeAs(profile, status);
  const data = JSON.stringify((error.details.faults ?? []).map(faultRow));
  return `{"code":${code},"error":${JSON.stringify(title)},"msg":${JSON.stringify(error.message)},"data":${data}}`;
}

/** Renders an empty result as the operation's profile wants it. @throws RecuentoError no-records */
export function renderEmpty(profile: ReplyProfile, next_cursor: null | undefined): Buffer[] {
  if (profile.empty_status === 404) throw new RecuentoError('no-records');
  return renderEnvelope(
    { rows: Buffer.alloc(0), count: 0, ...(next_cursor === null && { next_cursor }) },
    profile,
  );
}

/** Every value is a string, as in all of `data`. */
function faultRow({ index, field, reason }: FieldFault): Record<string, string> {
  return { ...(index !== undefined && { index: String(index) }), field, reason };
}

function codeAs(profile: ReplyProfile | undefined, status: number): string {
  return profile?.code === 'string' ? `"${status}"` : String(status);
}
