import { CATALOGUE, RecuentoError, type ReplyProfile } from '@recuento/contract';

/** The media type of every reply of the documented API. */
export const ENVELOPE_TYPE = 'application/json; charset=utf-8';

/** The documented reply: `{"code","error","msg","data"}` in this order, then `next_cursor` where one was asked for. */
export interface Envelope {
  readonly rows: Buffer;
  readonly count: number;
  /** undefined: the caller sent no cursor; null: this is the last page. */
  readonly next_cursor?: string | null;
}

/**
 * The reply's body in pieces, so that the rows are not copied.
 * `msg` is never singular or formatted: `1 records were found`, `60000 records were found`.
 */
export function renderEnvelope(envelope: Envelope, profile: ReplyProfile): Buffer[] {
  const { rows, count, next_cursor } = envelope;
  const head = `{"code":${codeAs(profile, 200)},"error":null,"msg":"${count} records were found","data":[`;
  const tail = next_cursor === undefined ? ']}' : `],"next_cursor":${JSON.stringify(next_cursor)}}`;
  return [Buffer.from(head), rows, Buffer.from(tail)];
}

/** An error of the catalogue in the same envelope. */
export function renderError(error: RecuentoError, profile: ReplyProfile | undefined): string {
  const { status, error: title } = CATALOGUE[error.id];
  const code = codeAs(profile, status);
  return `{"code":${code},"error":${JSON.stringify(title)},"msg":${JSON.stringify(error.message)},"data":[]}`;
}

/** How an operation wants to hear that nothing was found. @throws RecuentoError no-records */
export function renderEmpty(profile: ReplyProfile, next_cursor: null | undefined): Buffer[] {
  if (profile.empty_status === 404) throw new RecuentoError('no-records');
  return renderEnvelope(
    { rows: Buffer.alloc(0), count: 0, ...(next_cursor === null && { next_cursor }) },
    profile,
  );
}

function codeAs(profile: ReplyProfile | undefined, status: number): string {
  return profile?.code === 'string' ? `"${status}"` : String(status);
}
