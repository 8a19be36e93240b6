import { setTimeout as wait } from 'node:timers/promises';
import type { Accounts } from '../../accounts/accounts.js';
import { type BegunAct, BY_ITSELF, type NewAct } from '../../accounts/hygiene-acts.js';
import { type Engine, EngineUnavailable, type SqlParams } from '../../attempts/engine/engine.js';
import { ownerOf } from '../../attempts/stored-in.js';
import type { WriteGuard } from '../../attempts/write-guard.js';
import type { Decision } from './decisions.js';
import { type Filling, fillSql } from './fill.js';
import type { Moment } from './standing.js';
import type { Telephones } from './telephones.js';

/** What an act is, and what it does to which telephones. */
export interface Making {
  readonly act: NewAct;
  readonly decision: Decision;
  /** No telephone may be in two of them. */
  readonly sources: readonly Telephones[];
  readonly params?: SqlParams;
  /** Only so many of those that it would take. */
  readonly only?: number;
  /** When telephones of it come up first, milliseconds since 1970; null is never. */
  readonly due_ms: number | null;
  /** Fires when nobody waits for it any more; an act that has begun is made all the same. */
  readonly signal: AbortSignal;
}

export interface MadeAct {
  readonly number: number;
  /** How many telephones stand in another way since. */
  readonly telephones: number;
}

/** The longest wait for other acts of the operation: as long as a call may take. One of millions takes a minute. */
const WAIT_MAX_MS = 60_000;
/** Pause before it is asked again whether another node's act is done. */
const LOOK_AGAIN_MS = 100;
/** An act is counted by a scan of its own rows, millions at most; were it to fail, all of the act would. */
const COUNT_MAX_MS = 600_000;
/** What a row of an event takes, in bytes, for the reserve of the disk. */
const ROW_BYTES = 100;

/**
 * Acts that were dropped and are not deleted from the engine yet: every read names them. So many come only of a store that fails, and
 * hours later they are gone.
 */
const DROPPED_MAX = 1_000;

const takenOver = () => new EngineUnavailable('the act was taken for that of a dead node, and dropped');

/** Makes acts, those of one operation one after another. */
export class Acts {
  readonly #acts: Accounts['hygieneActs'];
  readonly #engine: Engine;
  readonly #writing: WriteGuard;
  readonly #listeners: ((operation_id: number) => void)[] = [];
  /** By operation, the last act that waits here. */
  readonly #last = new Map<number, Promise<void>>();

  constructor(acts: Accounts['hygieneActs'], engine: Engine, writing: WriteGuard) {
    this.#acts = acts;
    this.#engine = engine;
    this.#writing = writing;
  }

  /** Calls back whenever an act of an operation was made here. */
  whenMade(tell: (operation_id: number) => void): void {
    this.#listeners.push(tell);
  }

  /** Which events of an operation count now. */
  async momentOf(operation_id: number, now_ms: number): Promise<Moment> {
    return {
      operation_id,
      settled: await this.#acts.settled(operation_id),
      at_s: Math.floor(now_ms / 1_000),
    };
  }

  /**
   * Makes an act, all of it or nothing, also across a kill of the process. Resolves when it is durable and every read sees it.
   *
   * @returns undefined where it comes by itself and takes no telephone, or comes too soon: then there is no such act
   * @throws EngineUnavailable, AccountsUnavailable; the signal's reason
   */
  async make(operation_id: number, making: Making): Promise<MadeAct | undefined> {
    const before = this.#last.get(operation_id) ?? Promise.resolve();
    const mine = before.then(() => this.#make(operation_id, making));
    const ended = mine.then(
      () => undefined,
      () => undefined,
    );
    this.#last.set(operation_id, ended);
    try {
      const made = await mine;
      if (made) for (const tell of this.#listeners) tell(operation_id);
      return made;
    } finally {
      if (this.#last.get(operation_id) === ended) this.#last.delete(operation_id);
    }
  }

  async #make(operation_id: number, making: Making): Promise<MadeAct | undefined> {
    const begun = await this.#begin(operation_id, making);
    if (begun === undefined) return undefined;
    let has_rows = false;
    try {
      const moment = await this.momentOf(operation_id, begun.at_ms);
      if (moment.settled.without.length >= DROPPED_MAX)
        throw new EngineUnavailable('too many acts of the operation were dropped lately');
      for (const telephones of making.sources) {
        if (!(await this.#acts.isOwn(begun))) throw takenOver();
        has_rows = true;
        await this.#fill(begun, { ...making, telephones, moment });
      }
      const { rows, changed } = await this.#count(begun);
      if (making.act.by === BY_ITSELF && rows === 0) {
        await this.#acts.drop(begun, false);
        return undefined;
      }
      if (!(await this.#acts.end(begun, changed, rows === 0 ? null : making.due_ms))) throw takenOver();
      return { number: begun.number, telephones: changed };
    } catch (error) {
      await this.#acts.drop(begun, has_rows);
      throw error;
    }
  }

  /** Waits until no other act of the operation is under way. @returns undefined where it comes too soon */
  async #begin(operation_id: number, { act, signal }: Making): Promise<BegunAct | undefined> {
    const deadline_ms = performance.now() + WAIT_MAX_MS;
    for (;;) {
      signal.throwIfAborted();
      const begun = await this.#acts.begin(operation_id, act);
      if (begun === 'too soon') return undefined;
      if (begun !== 'busy') return begun;
      if (performance.now() > deadline_ms)
        throw new EngineUnavailable('other acts of the operation take too long');
      await wait(LOOK_AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #fill({ operation_id, number }: BegunAct, filling: Filling): Promise<void> {
    const { sql, params } = fillSql(number, filling);
    const bytes = (filling.only ?? 0) * ROW_BYTES + String(params.act_telephones ?? '').length;
    await this.#writing(bytes, () => this.#engine.change(sql, ownerOf(operation_id), params));
  }

  async #count({ operation_id, number }: BegunAct): Promise<{ rows: number; changed: number }> {
    const bytes = await this.#engine.read({
      sql: `SELECT count(), countIf(changed = 1) FROM hygiene_events
        WHERE operation_id = {operation_id:UInt32} AND act = {number:UInt32} FORMAT TSV`,
      params: { operation_id, number },
      fair_key: ownerOf(operation_id),
      max_ms: COUNT_MAX_MS,
    });
    const [rows, changed] = bytes.toString().split('\t').map(Number);
    return { rows: rows ?? 0, changed: changed ?? 0 };
  }
}
