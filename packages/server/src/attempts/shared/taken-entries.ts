import { EngineUnavailable } from '../engine/engine.js';
import type { PendingEntries, PendingEntry } from './pending-entries.js';

export interface TakenOptions {
  readonly onLate: (operation_id: number, imports: readonly number[]) => Promise<void>;
  readonly onForgotten: (id: string) => void;
  readonly onFailure: (error: unknown) => void;
  readonly again_ms?: number;
}

const AGAIN_MS = 1_000;
/** Entries that wait to be forgotten before writers wait too: each is in the database with all its rows. */
const WAITING_MAX = 500;

/**
 * Entries that the engine has taken, until the database has forgotten them. Nobody waits for that: all that come while some are
 * being forgotten are one statement.
 */
export class TakenEntries {
  readonly #pending: PendingEntries;
  readonly #options: TakenOptions;
  readonly #waiting = new Map<string, PendingEntry>();
  /** Of those, what the database says is not this process's: its imports are still to be looked after. */
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

  /** Resolves when so few wait that more may come. @throws EngineUnavailable when they cannot be forgotten */
  async room(): Promise<void> {
    if (this.#waiting.size < WAITING_MAX) return;
    await this.forgotten();
  }

  /** Resolves when all are forgotten that were there when this was called. @throws EngineUnavailable */
  async forgotten(): Promise<void> {
    const before = [...this.#waiting.keys()];
    try {
      while (before.some((id) => this.#waiting.has(id))) await this.#forget();
    } catch (error) {
      throw new EngineUnavailable('what is stored cannot be noted', { cause: error });
    }
  }

  /** The last try; what is left is another process's to find: it is stored again, which changes nothing. */
  async close(): Promise<void> {
    await this.abandon();
    await this.forgotten().catch((error: unknown) => this.#options.onFailure(error));
  }

  /** No more tries come by themselves. Never rejects. */
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
    // Each by itself: what fails of one holds up no other.
    const settled = await Promise.allSettled(
      entries.filter(({ id }) => this.#late.has(id)).map((entry) => this.#settleLate(entry)),
    );
    for (const one of settled) if (one.status === 'rejected') throw one.reason;
  }

  /** Another process stored it as well, and may have taken its imports back before these rows came. */
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
