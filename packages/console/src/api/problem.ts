/** A part of what was sent that is not as it has to be. */
export interface Fault {
  readonly field: string;
  readonly reason: string;
}

/** A call that was refused, as the service says why (RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem';
  /** The HTTP status; 0 where no reply came. */
  readonly status: number;
  /** The id of the entry in the catalogue of errors; `unreachable` where no reply came. */
  readonly id: string;
  readonly faults: readonly Fault[];

  constructor(status: number, id: string, detail: string, faults: readonly Fault[] = []) {
    super(detail);
    this.status = status;
    this.id = id;
    this.faults = faults;
  }
}

/** The problem of a reply that is none of success. */
export async function problemOf(reply: Response): Promise<Problem> {
  const document: unknown = await reply.json().catch(() => undefined);
  return new Problem(
    reply.status,
    textAt(document, 'id'),
    textAt(document, 'detail') || reply.statusText,
    faultsOf(document),
  );
}

function faultsOf(document: unknown): readonly Fault[] {
  const listed = valueAt(document, 'faults');
  if (!Array.isArray(listed)) return [];
  return listed.map((fault) => ({ field: textAt(fault, 'field'), reason: textAt(fault, 'reason') }));
}

function textAt(document: unknown, name: string): string {
  const value = valueAt(document, name);
  return typeof value === 'string' ? value : '';
}

function valueAt(document: unknown, name: string): unknown {
  if (typeof document !== 'object' || document === null) return undefined;
  return Object.entries(document).find(([key]) => key === name)?.[1];
}
