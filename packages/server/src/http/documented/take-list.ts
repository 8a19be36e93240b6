import type { Operation } from '../../accounts/operations.js';
import type { Records } from '../records/body-records.js';
import type { Services } from '../services.js';

/** The result of an upload: the reply's `msg`, and the counts in its `data`. */
interface Created {
  readonly msg: string;
  readonly counts: Readonly<Record<string, number | string>>;
  /** Entries that were left out while others were stored, each as a row (`renderFault`). */
  readonly rejected?: readonly string[];
}

/** Who sends the entries. */
interface Sender {
  /** The token's id. */
  readonly by: string;
  /** Fires when he has hung up. */
  readonly signal: AbortSignal;
}

/** Stores the entries of a body. 201 means durable and visible. @throws RecuentoError when nothing was stored */
export type TakeList = (
  services: Services,
  operation: Operation,
  entries: Records,
  sender: Sender,
) => Promise<Created>;
