import { hostname } from 'node:os';
import { askingForTheService } from './asker.js';
import { orderedId } from './ordered-id.js';
import type { Report } from './owed.js';
import type { AccountsStore } from './schema.js';
import { leave, NOBODY, owners, type Sighting, takeLeft, takeOver } from './takeover.js';
import { UntilSettled } from './until-settled.js';

/** Between a node's signs of life, and so between its looks at the others. */
const BEAT_MS = 2_000;

/**
 * Looks in a row at which a node must not have beaten to be dead: 16 s. A process that works beats every two seconds; a full
 * collection of its memory, or a database that fails over, may take some of those. Callers of a dead node's keys and slots wait
 * for no longer.
 */
export const DEAD_AFTER_LOOKS = 8;

export interface NodeOptions {
  /** Whether nobody else can have the database open, as something else sees to: then all others in it are dead. */
  readonly alone: boolean;
  /** Between two beats; 0 is a node that beats and looks when `look` is called, and never by itself. */
  readonly beat_ms?: number;
}

/** What is looked at of the others: how often in a row it was seen like that, not counting the first time. */
interface Watched extends Sighting {
  readonly looks: number;
}

/**
 * The processes that share a database, and which of them live. Each has a row in which it counts its beats, and looks at those
 * of the others: one whose count stood still for so many looks is dead, and whoever saw it takes over what it had under way
 * (takeover.ts). No clock is compared. A look counts where the node could beat itself just before: so a node that was frozen,
 * or a database that was away for all or took no writes, makes nobody dead.
 *
 * A node that is alive may be taken for dead, when it is frozen for long. So everything that a node does with what it owns is
 * done on the condition that it owns it. When it goes on, it takes its place again, and owns what it begins from then on. What
 * belongs to an id that is not in the table is watched, and taken over, like a node that does not beat.
 */
export class Nodes {
  /** Of this process, from one start to its end. */
  readonly id: string;
  readonly #db: AccountsStore;
  readonly #now_ms: () => number;
  readonly #options: NodeOptions;
  readonly #report: Report;
  readonly #settled: UntilSettled[] = [];
  #watched = new Map<string, Watched>();
  #beats = 0;
  #took_over = false;
  #is_ill = false;
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
   * Takes this node's place, before it owns anything, and what was left to nobody. One that is alone takes over everybody else.
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
   * Calls `settle` when this node has come to own what others began: undos, and deliveries that are not in the store. At once
   * where that has happened already; and again until it resolves, and never twice at the same time.
   *
   * @param what names it where a failure is reported
   */
  whenTakenOver(what: string, settle: () => Promise<void>): void {
    const settled = new UntilSettled(what, () => askingForTheService(settle), this.#report);
    this.#settled.push(settled);
    if (this.#took_over) settled.ask();
  }

  /**
   * A sign of life, then a look at the others; whoever is dead is taken over. It happens by itself, and is there for tests.
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
   * The end of a process that has nothing under way any more. What it did not bring to its end is left to nobody, and taken up
   * by the next look of another, or the next start.
   *
   * @throws AccountsUnavailable; then it will be taken for one that was killed
   */
  async stop(): Promise<void> {
    await this.close();
    await leave(this.#db, this.id, this.#now_ms());
  }

  /** Resolves when it neither beats nor looks nor settles any more: without a stop it is dead for the others. */
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

  /** Counts on where it was taken for dead, so nobody takes its row for the one that stood still. */
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
      `node ${this.id} was taken for dead: what it had under way is another’s, and it goes on`,
      undefined,
    );
  }

  /** By id, whoever else is there, and whoever else something belongs to: NOBODY too. */
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

  /** To be called when something has come to be this node's in another way, too. */
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

  /** Never rejects; tells the first of failures in a row. */
  async #lookOrReport(): Promise<void> {
    try {
      await this.look();
      this.#is_ill = false;
    } catch (error) {
      if (!this.#is_ill) this.#report(`node ${this.id} cannot show that it lives`, error);
      this.#is_ill = true;
    }
  }
}
