import type { Accounts } from '../../accounts/accounts.js';
import { askingFor } from '../../accounts/asker.js';
import { BY_ITSELF, type DueAct } from '../../accounts/hygiene-acts.js';
import type { Engine } from '../../attempts/engine/engine.js';
import { ownerOf } from '../../attempts/stored-in.js';
import type { Acts } from './acts.js';
import { EXPIRE, RETEST } from './decisions.js';
import { countSql } from './fill.js';
import { type Moment, momentParams, NEVER_S } from './standing.js';
import { ofActs } from './telephones.js';

/**
 * How many of the telephones that are due come up at once, and how often: a hundredth every quarter of an hour, so that what was put
 * aside in one act comes back over days. All at once, a list of numbers that mostly are still dead would fill the lines of a
 * morning. The least lets small lists come back within a day, and the most is what a large dialer dials in ten minutes.
 */
export const RETESTS = { share: 1 / 100, least: 100, most: 10_000, every_ms: 15 * 60_000 } as const;

const atOnce = (waiting: number): number =>
  Math.min(RETESTS.most, Math.max(RETESTS.least, Math.ceil(waiting * RETESTS.share)));

/**
 * When some of those that wait come up at the earliest, in seconds, and how many at most.
 *
 * @param last_ms when the last came up
 */
export function nextRetest(waiting: number, last_ms: number | undefined, now_s: number) {
  const at_s = last_ms === undefined ? now_s : Math.ceil((last_ms + RETESTS.every_ms) / 1_000);
  return { at_s: Math.max(now_s, at_s), telephones: Math.min(waiting, atOnce(waiting)) };
}

/** Entries of `add_dnc` whose end is noted at once. They may be dialed from their second on, also before that. */
const EXPIRED_MAX = 100_000;
/** Between two looks for what is due. */
const LOOK_MS = 5_000;
/** Operations of one look; the others have their turn at the next. */
const OPERATIONS_A_LOOK = 50;
/** Acts of one look at an operation: their numbers are in one statement. */
const ACTS_A_LOOK = 1_000;
/** A scan of the events of acts that are due, millions at most; were it to fail, nothing would come up. */
const READ_MAX_MS = 600_000;
/** No statement that adds events runs for so long (`CHANGE_SETTINGS`): rows of an act that was dropped before are all there. */
const CLEAR_AFTER_MS = 2 * 3_600_000;
const CLEARED_AT_ONCE = 100;

export interface RetestServices {
  readonly engine: Engine;
  readonly accounts: Pick<Accounts, 'hygieneActs'>;
  readonly acts: Acts;
  readonly now_ms: () => number;
  /** Where failures are reported, which are tried again. */
  readonly report: (error: unknown) => void;
}

/** Lets telephones come up for a re-test when their time has come, and notes the ends of `add_dnc`. All by itself, on a timer. */
export class Retests {
  readonly #services: RetestServices;
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #look: Promise<void> = Promise.resolve();

  constructor(services: RetestServices) {
    this.#services = services;
  }

  start(): void {
    if (this.#stop.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#look = this.look()
        .catch((error: unknown) => {
          if (!this.#stop.signal.aborted) this.#services.report(error);
        })
        .finally(() => this.start());
    }, LOOK_MS).unref();
  }

  /** Resolves when nothing of it is under way any more. */
  async close(): Promise<void> {
    this.#stop.abort();
    clearTimeout(this.#timer);
    await this.#look;
  }

  /** Looks now. It is public for tests. @throws EngineUnavailable, AccountsUnavailable */
  async look(): Promise<void> {
    const { accounts, now_ms, report } = this.#services;
    for (const operation_id of await accounts.hygieneActs.operationsDue(now_ms(), OPERATIONS_A_LOOK)) {
      if (this.#stop.signal.aborted) return;
      // One operation after another; what fails of one is not the others' loss.
      await askingFor({ key: ownerOf(operation_id) }, () => this.#lookAt(operation_id)).catch((error) => {
        if (!this.#stop.signal.aborted) report(error);
      });
    }
    await this.#clear();
  }

  async #lookAt(operation_id: number): Promise<void> {
    const { accounts, now_ms } = this.#services;
    const due = await accounts.hygieneActs.due(operation_id, now_ms(), ACTS_A_LOOK);
    const ending = due.filter(({ ends }) => ends);
    const is_more = ending.length > 0 && (await this.#expire(operation_id, ending));
    const again_ms = await this.#retest(operation_id, due);
    await this.#settle(operation_id, due, is_more ? now_ms() : again_ms);
  }

  /** @returns whether more may be over */
  async #expire(operation_id: number, due: readonly DueAct[]): Promise<boolean> {
    const made = await this.#services.acts.make(operation_id, {
      act: { kind: 'restore', reason: 'the time of add_dnc is over', by: BY_ITSELF },
      decision: EXPIRE,
      sources: [ofActs(due.map(({ number }) => number))],
      only: EXPIRED_MAX,
      due_ms: null,
      signal: this.#stop.signal,
    });
    return made?.telephones === EXPIRED_MAX;
  }

  /** @returns when more of these acts may come up; undefined: none is left */
  async #retest(operation_id: number, due: readonly DueAct[]): Promise<number | undefined> {
    const { accounts, acts, now_ms } = this.#services;
    const now = now_ms();
    const last_ms = await accounts.hygieneActs.lastOfKind(operation_id, 'retest');
    const telephones = ofActs(due.map(({ number }) => number));
    const waiting = await this.#count(await acts.momentOf(operation_id, now), telephones);
    if (waiting === 0) return undefined;
    if (last_ms !== undefined && now < last_ms + RETESTS.every_ms) return last_ms + RETESTS.every_ms;
    const only = atOnce(waiting);
    const made = await acts.make(operation_id, {
      // Another node may have come first.
      act: {
        kind: 'retest',
        reason: 'its time has come',
        by: BY_ITSELF,
        none_since_ms: now - RETESTS.every_ms + 1,
      },
      decision: RETEST,
      sources: [telephones],
      only,
      due_ms: null,
      signal: this.#stop.signal,
    });
    // Where another node came first, it may have looked at other acts.
    return made === undefined || waiting > only ? now + RETESTS.every_ms : undefined;
  }

  async #count(moment: Moment, telephones: ReturnType<typeof ofActs>): Promise<number> {
    const { sql, params } = countSql({ decision: RETEST, telephones, moment });
    const fair_key = ownerOf(moment.operation_id);
    const { signal } = this.#stop;
    const bytes = await this.#services.engine.read({ sql, params, fair_key, max_ms: READ_MAX_MS, signal });
    return Number(bytes.toString());
  }

  /** Notes when telephones of these acts come up next: those of `add_dnc` when the next of them ends. */
  async #settle(operation_id: number, due: readonly DueAct[], again_ms: number | undefined): Promise<void> {
    const { accounts, acts, now_ms } = this.#services;
    const moment = await acts.momentOf(operation_id, now_ms());
    const ends = await this.#nextEnds(
      moment,
      due.filter((act) => act.ends).map(({ number }) => number),
    );
    const at = new Map<number | null, number[]>();
    for (const { number } of due) {
      const next_ms = Math.min(
        ends.get(number) ?? Number.POSITIVE_INFINITY,
        again_ms ?? Number.POSITIVE_INFINITY,
      );
      const due_ms = Number.isFinite(next_ms) ? next_ms : null;
      at.set(due_ms, [...(at.get(due_ms) ?? []), number]);
    }
    for (const [due_ms, numbers] of at) await accounts.hygieneActs.setDue(operation_id, numbers, due_ms);
  }

  /** When the next telephone of each of these acts ends, in milliseconds. */
  async #nextEnds(moment: Moment, numbers: readonly number[]): Promise<Map<number, number>> {
    if (numbers.length === 0) return new Map();
    const bytes = await this.#services.engine.read({
      sql: `SELECT act, min(hold.2) FROM hygiene_events ARRAY JOIN holds AS hold
        WHERE operation_id = {act_operation:UInt32} AND act IN (SELECT arrayJoin({act_of:Array(UInt32)}))
          AND hold.1 = act AND hold.2 > {act_at:UInt32}
        GROUP BY act FORMAT TSV`,
      params: { ...momentParams(moment), act_of: `[${numbers.join(',')}]` },
      fair_key: ownerOf(moment.operation_id),
      max_ms: READ_MAX_MS,
      signal: this.#stop.signal,
    });
    return new Map(
      bytes
        .toString()
        .split('\n')
        .filter(Boolean)
        .map((line): [number, number] => {
          const [act = 0, until_s = NEVER_S] = line.split('\t').map(Number);
          return [act, until_s * 1_000];
        }),
    );
  }

  /** Deletes what dropped acts left in the engine. */
  async #clear(): Promise<void> {
    const { accounts, engine, now_ms } = this.#services;
    const dropped = await accounts.hygieneActs.toClear(now_ms() - CLEAR_AFTER_MS, CLEARED_AT_ONCE);
    for (const { operation_id, number } of dropped) {
      for (const table of ['hygiene_events', 'hygiene_events_by_telephone']) {
        await engine.change(
          `DELETE FROM ${table} WHERE operation_id = ${operation_id} AND act = ${number}`,
          ownerOf(operation_id),
        );
      }
      await accounts.hygieneActs.cleared(operation_id, [number]);
    }
  }
}
