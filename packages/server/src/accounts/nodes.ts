import { hostname } from 'node:os';
import { askingForTheService } from './asker.js';
import { orderedId } from './ordered-id.js';
import type { Report } from './owed.js';
import type { AccountsStore } from './schema.js';
import { leave, NOBODY, owners, type Sighting, takeLeft, takeOver } from './takeover.js';
import { UntilSettled } from './until-settled.js';

/** Between two beats of a node, and so between its looks at the others. */
const BEAT_MS = 2_000;

/**
 * A node counts as dead after so many looks in a row without a beat: 16 s. A process that works beats every two seconds; a full
 * garbage collection, or a failover of the database, may take some of those. Callers wait for a dead node's keys and slots no
 * longer than this.
 */
export const DEAD_AFTER_LOOKS = 8;

export interface NodeOptions {
  /** Whether a lock makes sure that no other process has the database open: then all other nodes in it are dead. */
  readonly alone: boolean;
  /** Between two beats. With 0 the node beats and looks only when `look` is called. */
  readonly beat_ms?: number;
}

/** Another node as it was seen last, and how often in a row it was seen like that, not counting the first time. */
interface Watched extends Sighting {
  readonly looks: number;
}

/**
 * The processes that share a database, and which of them live. Each has a row in which it counts its beats, and looks at the rows
 * of the others. A node whose count stands still for `DEAD_AFTER_LOOKS` looks is dead, and the node that saw this takes over what
 * it had under way (takeover.ts). No clocks are compared. A look counts only if the looking node could write its own beat just
 * before. So nobody is taken for dead because the looking node was frozen, or because the database was unreachable for all or
 * took no writes.
 *
 * A living node may be taken for dead when it is frozen for long. So every write on what a node owns has the condition that the
 * node still owns it. When the node goes on, it registers again, and owns what it begins from then on. An id that owns something
 * and is not in the table is watched, and taken over, like a node that does not beat.
 */
export class Nodes {
  /** The id of this process, from its start to its end. */
  readonly id: string;
  readonly #db: AccountsStore;
  readonly #now_ms: () => number;
  readonly #options: NodeOptions;
  readonly #report: Report;
  readonly #settled: UntilSettled[] = [];
  #watched = new Map<string, Watched>();
  #beats = 0;
  #took_over = false;
  #is_failing = false;
  #round: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(db: AccountsStore, now_ms: () => number, options: NodeOptions, report: Report) {
    this.id = orderedId(now_ms());
    this.#db = db;
    this.#now_ms = now_ms;
    this.#options = options;
    this.#report = report;
  }

  /**
   * Registers this node, before it owns anything, and takes what was left to nobody. A node that is alone takes over all others.
   *
   * @throws AccountsUnavailable
   */
  async open(): Promise<void> {
    await this.#register();
    if (this.#options.alone) {
      const others = await this.#others();
      others.delete(NOBODY);
      for (const other of others.values()) await this.#takeOver(other);
    }
    if (await takeLeft(this.#db, this.id)) this.tookOver();
    if (!this.#options.alone) this.#schedule();
  }

  /**
   * Calls `settle` when this node has come to own what others began: undos, and deliveries that are not in the store. Where that
   * has happened already, it is called at once. It is called again until it resolves, and never twice at the same time.
   *
   * @param what names it where a failure is reported
   */
  whenTakenOver(what: string, settle: () => Promise<void>): void {
    const settled = new UntilSettled(what, () => askingForTheService(settle), this.#report);
    this.#settled.push(settled);
    if (this.#took_over) settled.ask();
  }

  /**
   * Beats, then looks at the others and takes over those that are dead. It runs by itself on a timer; it is public for tests.
   *
   * @throws AccountsUnavailable; then no look before this one counts
   */
  async look(): Promise<void> {
    try {
      await this.#beat();
      const seen = await this.#others();
      if (seen.delete(NOBODY) && (await takeLeft(this.#db, this.id))) this.tookOver();
      this.#watched = new Map(Array.from(seen.values(), (other) => [other.id, this.#watch(other)]));
      for (const other of this.#watched.values()) {
        if (other.looks >= DEAD_AFTER_LOOKS) await this.#takeOver(other);
      }
    } catch (error) {
      this.#watched.clear();
      throw error;
    }
  }

  /**
   * Ends a node that has nothing under way any more. What it did not finish is left to nobody, and is taken up at the next look
   * of another node, or at the next start.
   *
   * @throws AccountsUnavailable; then it will be taken for one that was killed
   */
  async stop(): Promise<void> {
    await this.close();
    await leave(this.#db, this.id, this.#now_ms());
  }

  /** Resolves when the node neither beats nor looks nor settles any more. Without `stop` the others will take it for dead. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#round;
    await Promise.all(this.#settled.map((settled) => settled.close()));
  }

  async #register(): Promise<void> {
    const name = `${hostname()} ${process.pid}`;
    const beats = this.#beats;
    await this.#db
      .insertInto('nodes')
      .values({ id: this.id, name, beats, started_at_ms: this.#now_ms() })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ beats }))
      .execute();
  }

  /**
   * A node that was taken for dead registers again and counts on, so that nobody mistakes its new row for the one that stood
   * still.
   */
  async #beat(): Promise<void> {
    this.#beats += 1;
    const { numUpdatedRows } = await this.#db.unsynced
      .updateTable('nodes')
      .set({ beats: this.#beats })
      .where('id', '=', this.id)
      .executeTakeFirst();
    if (numUpdatedRows > 0n) return;
    await this.#register();
    this.#report(
      `node ${this.id} was taken for dead: another owns what it had under way, and it goes on`,
      undefined,
    );
  }

  /** All other nodes by id, and all other ids that own something: NOBODY too. */
  async #others(): Promise<Map<string, Sighting>> {
    const rows = await this.#db.selectFrom('nodes').select(['id', 'beats']).execute();
    const seen = new Map<string, Sighting>(
      rows.map(({ id, beats }) => [id, { id, beats: Number(beats) } as const]),
    );
    for (const id of await owners(this.#db)) if (!seen.has(id)) seen.set(id, { id, beats: undefined });
    seen.delete(this.id);
    return seen;
  }

  #watch(other: Sighting): Watched {
    const before = this.#watched.get(other.id);
    const stands = before !== undefined && before.beats === other.beats;
    return { ...other, looks: stands ? before.looks + 1 : 0 };
  }

  async #takeOver(dead: Sighting): Promise<void> {
    if (!(await takeOver(this.#db, dead, this.id, this.#now_ms()))) return;
    this.#watched.delete(dead.id);
    this.tookOver();
    if (this.#options.alone) return; // whoever starts it knows that it was killed
    this.#report(`node ${dead.id} is dead: what it had under way was taken over`, undefined);
  }

  /** To be called also when this node has come to own something in another way. */
  tookOver(): void {
    this.#took_over = true;
    for (const settled of this.#settled) settled.ask();
  }

  #schedule(): void {
    const { beat_ms = BEAT_MS } = this.#options;
    if (this.#closed || beat_ms === 0) return;
    this.#timer = setTimeout(() => {
      this.#round = this.#lookOrReport().finally(() => this.#schedule());
    }, beat_ms).unref();
  }

  /** Never rejects. Of several failures in a row it reports the first. */
  async #lookOrReport(): Promise<void> {
    try {
      await this.look();
      this.#is_failing = false;
    } catch (error) {
      if (!this.#is_failing) this.#report(`node ${this.id} cannot beat or look at the others`, error);
      this.#is_failing = true;
    }
  }
}
