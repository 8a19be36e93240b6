/** A call that was refused, as the service says why (RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem';
  /** The HTTP status; 0 where no reply came. */
  readonly status: number;
  /** The id of the entry in the catalogue of errors; `unreachable` where no reply came. */
  readonly id: string;

  constructor(status: number, id: string, detail: string) {
    super(detail);
    this.status = status;
    this.id = id;
  }
}

/** The problem of a reply that is none of success. */
export async function problemOf(reply: Response): Promise<Problem> {
  const document: unknown = await reply.json().catch(() => undefined);
  return new Problem(reply.status, textAt(document, 'id'), textAt(document, 'detail') || reply.statusText);
}

function textAt(document: unknown, name: string): string {
  if (typeof document !== 'object' || document === null) return '';
  const value: unknown = Object.entries(document).find(([key]) => key === name)?.[1];
  return typeof value === 'string' ? value : '';
}
