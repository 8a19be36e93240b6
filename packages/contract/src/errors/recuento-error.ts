import { CATALOGUE, type ErrorId } from './catalogue.js';
import type { FieldFault } from './entry.js';

export interface ErrorDetails {
  /** Fills `{name}` in the entry's message. */
  readonly values?: Readonly<Record<string, string | number>>;
  /** For the header Retry-After, if waiting helps. */
  readonly retry_after_s?: number;
  readonly faults?: readonly FieldFault[];
  /** For the log. It is never sent. */
  readonly cause?: unknown;
}

/** An error that a caller may see: an entry of the catalogue with its blanks filled. */
export class RecuentoError extends Error {
  override readonly name = 'RecuentoError';
  readonly id: ErrorId;
  readonly details: ErrorDetails;

  constructor(id: ErrorId, details: ErrorDetails = {}) {
    super(fill(CATALOGUE[id].msg, details.values ?? {}), { cause: details.cause });
    this.id = id;
    this.details = details;
  }

  get status(): number {
    return CATALOGUE[this.id].status;
  }
}

function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (blank, name: string) => String(values[name] ?? blank));
}
