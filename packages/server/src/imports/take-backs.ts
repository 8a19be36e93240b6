import { setTimeout as wait } from 'node:timers/promises';
import type { Accounts } from '../accounts/accounts.js';
import type { ImportJob } from '../accounts/imports.js';
import type { Engine } from '../attempts/engine/engine.js';
import { takeBack } from '../attempts/taking-back.js';
import { raising } from '../ingest/raising.js';
import type { Uploads } from '../ingest/uploads.js';

/** Between two tries; twice the one before after each failure. */
const WAIT_MS = { first: 1_000, longest: 60_000 };

/**
 * Takes back what imports brought, in the background: of each operation one after another, and again until it is done. What
 * a stop interrupts is gone on with at the next start.
 */
export class TakeBacks {
  readonly #accounts: Pick<Accounts, 'importUndos' | 'dataVersions'>;
  readonly #stores: { readonly engine: Engine; readonly uploads: Uploads };
  readonly #report: (error: unknown) => void;
  /** By operation, the last one that is to be taken back. */
  readonly #last = new Map<number, Promise<void>>();
  readonly #ids = new Set<string>();
  readonly #stop = new AbortController();

  /**
   * @param report told of failures, which are tried again
   */
  constructor(
    accounts: Pick<Accounts, 'importUndos' | 'dataVersions'>,
    stores: { readonly engine: Engine; readonly uploads: Uploads },
    report: (error: unknown) => void,
  ) {
    this.#accounts = accounts;
    this.#stores = stores;
    this.#report = report;
  }

  /** Goes on with what an earlier life of the service had begun. */
  async resume(): Promise<void> {
    for (const { operation_id, job } of await this.#accounts.importUndos.begun())
      this.#add(operation_id, job);
  }

  /**
   * Resolves when it is noted that what the import brought is to be taken back, which then happens.
   *
   * @param by id of the token, or `admin`
   * @throws RecuentoError unknown-resource, conflict
   */
  async begin(operation_id: number, id: string, by: string): Promise<ImportJob> {
    const job = await this.#accounts.importUndos.begin(operation_id, id, by);
    if (job.state === 'undoing') this.#add(operation_id, job);
    return job;
  }

  /** Resolves when nothing is under way any more. What is not done is left to the next start. */
  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#last.values());
  }

  #add(operation_id: number, job: ImportJob): void {
    if (this.#ids.has(job.id)) return;
    this.#ids.add(job.id);
    const before = this.#last.get(operation_id) ?? Promise.resolve();
    const mine = before.then(() => this.#untilDone(operation_id, job));
    this.#last.set(operation_id, mine);
    const ended = () => {
      this.#ids.delete(job.id);
      if (this.#last.get(operation_id) === mine) this.#last.delete(operation_id);
    };
    mine.then(ended, ended);
  }

  /** Never rejects. */
  async #untilDone(operation_id: number, job: ImportJob): Promise<void> {
    const { signal } = this.#stop;
    for (let wait_ms = WAIT_MS.first; !signal.aborted; wait_ms = Math.min(2 * wait_ms, WAIT_MS.longest)) {
      try {
        await this.#take(operation_id, job);
        return;
      } catch (error) {
        if (signal.aborted) return; // the next start goes on with it
        this.#report(error);
        await wait(wait_ms, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
  }

  async #take(operation_id: number, { id, number }: ImportJob): Promise<void> {
    const { importUndos, dataVersions } = this.#accounts;
    const { engine, uploads } = this.#stores;
    if (number === null) throw new Error(`import ${id} has no number`);
    // A batch of it that the engine failed at, or that a kill left, would come after all.
    await uploads.settle(operation_id, number);
    const checkpoint = () => uploads.checkpoint();
    const { signal } = this.#stop;
    // Replies that were made while a month was under way would be kept until the last one is done.
    const onMonth = () => dataVersions.raise(operation_id, { kind: 'anything' });
    await raising(dataVersions, operation_id, { kind: 'anything' }, async (onBegin) => {
      onBegin();
      await takeBack(engine, { operation_id, import_number: number }, { checkpoint, onMonth, signal });
    });
    // What was deleted is there again after a kill, until it is on disk that it was.
    await checkpoint();
    await importUndos.end(id);
  }
}
