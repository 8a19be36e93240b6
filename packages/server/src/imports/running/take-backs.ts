import { setTimeout as wait } from 'node:timers/promises';
import type { Accounts } from '../../accounts/accounts.js';
import { askingFor } from '../../accounts/asker.js';
import type { ImportJob } from '../../accounts/imports.js';
import type { Engine } from '../../attempts/engine/engine.js';
import { ownerOf } from '../../attempts/stored-in.js';
import { takeBack } from '../../attempts/taking-back.js';
import { raising } from '../../ingest/raising.js';
import type { Uploads } from '../../ingest/uploads.js';

/** Pause between two tries; it doubles after each failure. */
const WAIT_MS = { first: 1_000, longest: 60_000 };
/**
 * Pause before checking again whether another node has finished with another import of the operation: that takes seconds,
 * or minutes.
 */
const LOOK_AGAIN_MS = 250;

/** Another node takes the import back now, or has done so. */
class TakenOver extends Error {
  override readonly name = 'TakenOver';
}

/**
 * Takes imports back in the background: one after another for each operation, with retries until it is done. Whatever a
 * stop interrupts is continued at the next start.
 */
export class TakeBacks {
  readonly #accounts: Pick<Accounts, 'importUndos' | 'dataVersions'>;
  readonly #stores: { readonly engine: Engine; readonly uploads: Uploads };
  readonly #report: (error: unknown) => void;
  /** By operation, the last of its imports that are to be taken back. */
  readonly #last = new Map<number, Promise<void>>();
  /** By import: the jobs that are running or wait for their turn. */
  readonly #jobs = new Map<string, ImportJob>();
  /** Those of them that were requested once more meanwhile. */
  readonly #once_more = new Map<string, ImportJob>();
  readonly #stop = new AbortController();

  /**
   * @param report receives failures, which are tried again
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

  /** Continues what this node has to take back: what an earlier run of the service left, or a node that died. */
  async resume(): Promise<void> {
    for (const { operation_id, job } of await this.#accounts.importUndos.begun())
      askingFor({ key: ownerOf(operation_id) }, () => this.#add(operation_id, job));
  }

  /**
   * Resolves when the request to take the import back is recorded; the work follows in the background.
   *
   * @param by id of the token, or `admin`
   * @throws RecuentoError unknown-resource, conflict
   */
  async begin(operation_id: number, id: string, by: string): Promise<ImportJob> {
    const { job, is_own } = await this.#accounts.importUndos.begin(operation_id, id, by);
    if (is_own) this.#add(operation_id, job);
    return job;
  }

  /** Resolves when nothing is running any more. Unfinished work is left to the next start. */
  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#last.values());
  }

  #add(operation_id: number, job: ImportJob): void {
    if (this.#stop.signal.aborted) return;
    const present = this.#jobs.get(job.id);
    if (present) {
      // Its time shows when it was requested: a request that is already known needs nothing more.
      const last = this.#once_more.get(job.id) ?? present;
      if (job.updated_at_ms > last.updated_at_ms) this.#once_more.set(job.id, job);
      return;
    }
    this.#jobs.set(job.id, job);
    const before = this.#last.get(operation_id) ?? Promise.resolve();
    const mine = before.then(() => this.#untilDone(operation_id, job));
    this.#last.set(operation_id, mine);
    const ended = () => {
      this.#jobs.delete(job.id);
      if (this.#last.get(operation_id) === mine) this.#last.delete(operation_id);
      const next = this.#once_more.get(job.id);
      this.#once_more.delete(job.id);
      if (next) this.#add(operation_id, next);
    };
    mine.then(ended, ended);
  }

  /**
   * Never rejects. If it is not this job's turn, the job is queued again after those that wait here: one of them may have the turn.
   */
  async #untilDone(operation_id: number, job: ImportJob): Promise<void> {
    const { signal } = this.#stop;
    for (let wait_ms = WAIT_MS.first; !signal.aborted; wait_ms = Math.min(2 * wait_ms, WAIT_MS.longest)) {
      try {
        if (await this.#accounts.importUndos.takeTurn({ operation_id, job })) {
          await this.#take(operation_id, job);
        } else {
          await wait(LOOK_AGAIN_MS, undefined, { signal, ref: false });
          if (!this.#once_more.has(job.id)) this.#once_more.set(job.id, job);
        }
        return;
      } catch (error) {
        if (signal.aborted) return; // the next start continues
        if (error instanceof TakenOver) return;
        this.#report(error);
        await wait(wait_ms, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
  }

  async #take(operation_id: number, job: ImportJob): Promise<void> {
    const { id, number } = job;
    const { importUndos, dataVersions } = this.#accounts;
    const { engine, uploads } = this.#stores;
    if (number === null) throw new Error(`import ${id} has no number`);
    // Otherwise a batch of the import that the engine failed at, or that a kill left, could be stored afterwards.
    await uploads.settle(operation_id, number);
    const checkpoint = () => uploads.checkpoint();
    const { signal } = this.#stop;
    // A frozen node must not continue after another took over: what it restores may just be being removed.
    const beforeChange = async () => {
      if (!(await importUndos.isOwn(job))) throw new TakenOver(`import ${id} is another node's to take back`);
    };
    // Otherwise replies that were made during one month's work would be kept until the last month is done.
    const onMonth = () => dataVersions.raise(operation_id, { kind: 'anything' });
    await raising(dataVersions, operation_id, { kind: 'anything' }, async (onBegin) => {
      onBegin();
      const how = { checkpoint, onMonth, beforeChange, signal };
      await takeBack(engine, { operation_id, import_number: number }, how);
    });
    // After a kill, deleted attempts would be back, unless the deletion is on disk.
    await checkpoint();
    await importUndos.end(job);
  }
}
