import type { Operation } from '../../accounts/operations.js';
import type { Records } from '../records/body-records.js';
import type { Services } from '../services.js';

/** What was done with an upload: the reply's `msg`, and the counts of its `data`. */
interface Created {
  readonly msg: string;
  readonly counts: Readonly<Record<string, number | string>>;
  /** Entries that were left out while others were taken, each as a row (`renderFault`). */
  readonly rejected?: readonly string[];
}

/** Takes the entries of a body in. 201 means durable and visible. @throws RecuentoError when nothing of it was stored */
export type TakeList = (services: Services, operation: Operation, entries: Records) => Promise<Created>;
