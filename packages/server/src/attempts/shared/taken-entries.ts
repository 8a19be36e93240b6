import { EngineUnavailable } from '../engine/engine.js';
import type { PendingEntries, PendingEntry } from './pending-entries.js';

export interface TakenOptions {
  readonly onLate: (operation_id: number, imports: readonly number[]) => Promise<void>;
  readonly onForgotten: (id: string) => void;
  readonly onFailure: (error: unknown) => void;
  readonly again_ms?: number;
}

const AGAIN_MS = 1_000;
/** When so many entries wait to be forgotten, writers wait too: each entry is in the database with all its rows. */
const WAITING_MAX = 500;

/**
 * Entries that the engine has taken, until the database has forgotten them. Writers do not wait for that: entries that come while
 * others are being forgotten go together in the next statement.
 */
export class TakenEntries {
  readonly #pending: PendingEntries;
  readonly #options: TakenOptions;
  readonly #waiting = new Map<string, PendingEntry>();
  /** Those of `#waiting` that belong to another process by now, as the database said: `onLate` has still to be called. */
  readonly #late = new Set<string>();
  #forgetting: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #is_closed = false;

  constructor(pending: PendingEntries, options: TakenOptions) {
    this.#pending = pending;
    this.#options = options;
  }

  add(entry: PendingEntry): void {
    this.#waiting.set(entry.id, entry);
    if (!this.#timer) this.#try();
  }

  /** Resolves when few enough wait that more may come. @throws EngineUnavailable when they cannot be forgotten */
  async room(): Promise<void> {
    if (this.#waiting.size < WAITING_MAX) return;
    await this.forgotten();
  }

  /** Resolves when all entries are forgotten that were here when this was called. @throws EngineUnavailable */
  async forgotten(): Promise<void> {
    const before = [...this.#waiting.keys()];
    try {
      while (before.some((id) => this.#waiting.has(id))) await this.#forget();
    } catch (error) {
      throw new EngineUnavailable('stored entries cannot be removed from the accounts', { cause: error });
    }
  }

  /** Makes the last try. Another process finds what is left and stores it again, which changes nothing. */
  async close(): Promise<void> {
    await this.abandon();
    await this.forgotten().catch((error: unknown) => this.#options.onFailure(error));
  }

  /** Ends the tries. Never rejects. */
  async abandon(): Promise<void> {
    this.#is_closed = true;
    clearTimeout(this.#timer);
    await this.#forgetting?.catch(() => undefined);
  }

  #try(): void {
    this.#forget().then(
      () => {
        this.#timer = undefined;
        if (this.#waiting.size > 0 && !this.#is_closed) this.#try();
      },
      (error: unknown) => {
        this.#options.onFailure(error);
        if (this.#is_closed) return;
        this.#timer = setTimeout(() => {
          this.#timer = undefined;
          this.#try();
        }, this.#options.again_ms ?? AGAIN_MS).unref();
      },
    );
  }

  #forget(): Promise<void> {
    this.#forgetting ??= this.#forgetAll().finally(() => {
      this.#forgetting = undefined;
    });
    return this.#forgetting;
  }

  async #forgetAll(): Promise<void> {
    const entries = [...this.#waiting.values()];
    const asked = entries.filter(({ id }) => !this.#late.has(id));
    if (asked.length > 0) {
      const late = await this.#pending.done(asked.map(({ id }) => id));
      for (const id of late) this.#late.add(id);
    }
    for (const { id } of asked) if (!this.#late.has(id)) this.#forgotten(id);
    // Each by itself, so that a failure of one does not hold up the others.
    const settled = await Promise.allSettled(
      entries.filter(({ id }) => this.#late.has(id)).map((entry) => this.#settleLate(entry)),
    );
    for (const one of settled) if (one.status === 'rejected') throw one.reason;
  }

  /** Another process stores this entry as well, and may have taken its imports back before these rows came. */
  async #settleLate({ id, operation_id, imports }: PendingEntry): Promise<void> {
    if (imports.length > 0) await this.#options.onLate(operation_id, imports);
    this.#late.delete(id);
    this.#forgotten(id);
  }

  #forgotten(id: string): void {
    this.#waiting.delete(id);
    this.#options.onForgotten(id);
  }
}
