import { Worker } from 'node:worker_threads';
import { LIMIT_BOUNDS } from '@recuento/contract';
import type { Shares } from '../../admission/shares.js';

/** The longest time that a call may have; usually the call's own limit ends the wait earlier. */
const WAIT_MAX_MS = LIMIT_BOUNDS.max_call_ms[1];

/** Twice what a workbook with the most rows was measured to need. */
const MEMORY_MIB = 1_024;

/** Makes workbooks (XLSX), each in its own thread with its own memory limit. */
export class XlsxWorkers {
  readonly #places: Shares;

  constructor(places: Shares) {
    this.#places = places;
  }

  /**
   * Runs work that ends in a workbook, when it is its turn.
   *
   * @param signal ends the wait: the call's time is up, or its caller gone
   * @throws Refused when too many requests of the key wait already
   */
  async admit<T>(key: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const place = this.#places.open(key);
    try {
      await place.grow(1, { wait_ms: WAIT_MAX_MS, signal });
      return await work();
    } finally {
      place.release();
    }
  }

  /**
   * @param rows JSON arrays of texts and numbers, one a line
   * @throws the signal's reason when it fires
   */
  async make(headings: readonly string[], rows: Buffer, signal: AbortSignal): Promise<Buffer> {
    signal.throwIfAborted();
    const worker = new Worker(new URL('./xlsx-worker.mjs', import.meta.url), {
      workerData: { headings, rows },
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MIB },
    });
    try {
      return await new Promise<Buffer>((resolve, reject) => {
        worker.once('message', (file: Uint8Array) => resolve(Buffer.from(file)));
        worker.once('error', reject);
        worker.once('exit', () => reject(new Error('the thread ended without a workbook')));
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
    } finally {
      await worker.terminate();
    }
  }
}
