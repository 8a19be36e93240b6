import { MAX_FAULTS, type RejectedRecord } from '@recuento/contract';
import type { z } from 'zod';
import { fieldFaults } from './faults.js';

/**
 * Records of an upload that are left out: how many, and the first of them, each with what is wrong with it first. However many
 * there are, a hundred are kept.
 */
export class RejectedRecords {
  readonly listed: RejectedRecord[] = [];
  total = 0;

  /** What a schema found in a record. */
  addInvalid(error: z.ZodError, index: number): void {
    const [first] = this.total < MAX_FAULTS ? fieldFaults(error) : [];
    this.add(index, first?.reason ?? '', first?.field);
  }

  /** @param field the record itself, where it is absent */
  add(index: number, reason: string, field = ''): void {
    this.total += 1;
    if (this.listed.length < MAX_FAULTS) this.listed.push({ index, field, reason });
  }
}
