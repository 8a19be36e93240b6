import { Worker } from 'node:worker_threads';
import { unavailable } from '../errors.js';

/** Workbooks made at once: each takes a core for seconds. */
const AT_ONCE = 2;

/** Twice what a workbook of the most rows was seen to need. */
const MEMORY_MIB = 1_024;

/** Makes workbooks (XLSX), each in a thread of its own with memory of its own. */
export class XlsxWorkshop {
  #busy = 0;

  /** Does work that ends in a workbook. @throws RecuentoError unavailable, at once when too many are being made */
  async admit<T>(work: () => Promise<T>): Promise<T> {
    if (this.#busy >= AT_ONCE) throw unavailable();
    this.#busy += 1;
    try {
      return await work();
    } finally {
      this.#busy -= 1;
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
