import { MAX_FAULTS, type RejectedRecord } from '@recuento/contract';
import type { z } from 'zod';
import { fieldFaults } from './faults.js';

/** Records of an upload that are left out: their number, and the first hundred, each with its first fault. */
export class RejectedRecords {
  readonly listed: RejectedRecord[] = [];
  total = 0;

  /** Adds a record with the faults that a schema found in it. */
  addInvalid(error: z.ZodError, index: number): void {
    const [first] = this.total < MAX_FAULTS ? fieldFaults(error) : [];
    this.add(index, first?.reason ?? '', first?.field);
  }

  /** @param field absent where the fault is the record itself */
  add(index: number, reason: string, field = ''): void {
    this.total += 1;
    if (this.listed.length < MAX_FAULTS) this.listed.push({ index, field, reason });
  }
}
