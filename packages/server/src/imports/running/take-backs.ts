import { setTimeout as wait } from 'node:timers/promises';
import type { Accounts } from '../../accounts/accounts.js';
import { askingFor } from '../../accounts/asker.js';
import type { ImportJob } from '../../accounts/imports.js';
import type { Engine } from '../../attempts/engine/engine.js';
import { ownerOf } from '../../attempts/stored-in.js';
import { takeBack } from '../../attempts/taking-back.js';
import { raising } from '../../ingest/raising.js';
import type { Uploads } from '../../ingest/uploads.js';

/** Between two tries; twice the one before after each failure. */
const WAIT_MS = { first: 1_000, longest: 60_000 };
/** Between two looks whether another node is done with another import of the operation: that takes seconds, or minutes. */
const LOOK_AGAIN_MS = 250;

/** It is another node's to take back by now, or was taken back by it. */
class TakenOver extends Error {
  override readonly name = 'TakenOver';
}

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
  /** By import, what is under way or waits for its turn. */
  readonly #jobs = new Map<string, ImportJob>();
  /** Those of them that were begun once more meanwhile. */
  readonly #once_more = new Map<string, ImportJob>();
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

  /** Goes on with what is this node's to take back: left by an earlier life of the service, or by a node that died. */
  async resume(): Promise<void> {
    for (const { operation_id, job } of await this.#accounts.importUndos.begun())
      askingFor({ key: ownerOf(operation_id) }, () => this.#add(operation_id, job));
  }

  /**
   * Resolves when it is noted that what the import brought is to be taken back, which then happens.
   *
   * @param by id of the token, or `admin`
   * @throws RecuentoError unknown-resource, conflict
   */
  async begin(operation_id: number, id: string, by: string): Promise<ImportJob> {
    const { job, is_own } = await this.#accounts.importUndos.begin(operation_id, id, by);
    if (is_own) this.#add(operation_id, job);
    return job;
  }

  /** Resolves when nothing is under way any more. What is not done is left to the next start. */
  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#last.values());
  }

  #add(operation_id: number, job: ImportJob): void {
    if (this.#stop.signal.aborted) return;
    const present = this.#jobs.get(job.id);
    if (present) {
      // Its time says when it was begun; of the same undo nothing more is to be done.
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

  /** Never rejects. Where it is another node's turn it goes behind what else waits here: that may be what has it by now. */
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
        if (signal.aborted) return; // the next start goes on with it
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
    // A batch of it that the engine failed at, or that a kill left, would come after all.
    await uploads.settle(operation_id, number);
    const checkpoint = () => uploads.checkpoint();
    const { signal } = this.#stop;
    // A node that stood still must not go on where another has taken it over: what it puts back may be on its way out by now.
    const beforeChange = async () => {
      if (!(await importUndos.isOwn(job))) throw new TakenOver(`import ${id} is another node's to take back`);
    };
    // Replies that were made while a month was under way would be kept until the last one is done.
    const onMonth = () => dataVersions.raise(operation_id, { kind: 'anything' });
    await raising(dataVersions, operation_id, { kind: 'anything' }, async (onBegin) => {
      onBegin();
      const how = { checkpoint, onMonth, beforeChange, signal };
      await takeBack(engine, { operation_id, import_number: number }, how);
    });
    // What was deleted is there again after a kill, until it is on disk that it was.
    await checkpoint();
    await importUndos.end(job);
  }
}
