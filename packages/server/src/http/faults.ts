import { type FieldFault, MAX_FAULTS, RecuentoError } from '@recuento/contract';
import type { z } from 'zod';

/** Unknown fields of one record that are listed by name; a body can hold millions of them. */
const UNKNOWN_LISTED = 32;

/**
 * The faults of an upload, however large it is: how many there are, and the first of them. A list of all faults could be
 * ten times as large as the upload.
 */
export class Faults {
  readonly #listed: FieldFault[] = [];
  #count = 0;

  add(fault: FieldFault): void {
    this.#count += 1;
    if (this.#listed.length < MAX_FAULTS) this.#listed.push(fault);
  }

  /** Adds the faults that a schema found, field by field; `index` is the record's place in a list. */
  addAll(error: z.ZodError, index?: number): void {
    const at = index === undefined ? {} : { index };
    // One field can exceed two bounds that are described in the same words.
    const seen = new Set<string>();
    for (const { field, reason } of fieldFaults(error)) {
      const both = JSON.stringify([field, reason]);
      if (!seen.has(both)) this.add({ ...at, field, reason });
      seen.add(both);
    }
  }

  get count(): number {
    return this.#count;
  }

  /** How many there are, and the first of them. */
  error(): RecuentoError {
    return new RecuentoError('invalid-records', { values: { count: this.#count }, faults: this.#listed });
  }
}

/** The faults that a schema found, field by field. */
export function* fieldFaults({ issues }: z.ZodError): Generator<FieldFault> {
  for (const issue of issues) {
    const reason = issue.message;
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys.slice(0, UNKNOWN_LISTED)) yield { field: printable(key), reason };
      const more = issue.keys.length - UNKNOWN_LISTED;
      if (more > 0) yield { field: '…', reason: `and ${more} more: ${reason}` };
    } else yield { field: printable(issue.path.join('.')), reason };
  }
}

/** A field name comes from the caller: long ones are cut before they are sent back. */
function printable(field: string): string {
  return field.length > 64 ? `${field.slice(0, 64)}…` : field;
}
