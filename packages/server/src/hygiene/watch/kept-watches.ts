import { LRUCache } from 'lru-cache';
import type { Accounts } from '../../accounts/accounts.js';
import type { Admission } from '../../admission/admission.js';
import { KeptReplies } from '../../admission/kept-replies.js';
import type { Engine } from '../../attempts/engine/engine.js';
import { Learning } from '../knowledge/learning.js';
import type { Alarm } from './alarm.js';
import { together, WEEK_S, type WeekOfAlarms, weekOf } from './alarms-of-weeks.js';
import { DAY_S, HOUR_S, type HourOfPlace, MINUTE_S } from './counts.js';
import { hoursOf, minutesOf } from './read-counts.js';
import { dayOf, HISTORY_DAYS } from './usual.js';
import { WallHours } from './wall-hours.js';
import { Watch } from './watch.js';

const HISTORY_S = HISTORY_DAYS * DAY_S;
/** Rows and states of kept watches, each some 200 bytes: an operation of ten campaigns and trunks has some 5,000. */
const KEPT_ROWS = 400_000;
/** Counts by hour of earlier weeks, and the alarms of weeks that are over: some 200 KiB for each operation. */
const KEPT_BYTES = 64 * 1024 ** 2;
/** Attempts mostly come within so long after they were dialed: what is kept is older, so that it stays true. */
const SETTLED_S = HOUR_S;
/** As long as a call may take. */
const WAIT_MAX_MS = 600_000;
/** Minutes of a trunk and campaign that are looked at in one turn: some milliseconds. */
const ROWS_A_TURN = 300;

interface Parts {
  readonly engine: Engine;
  readonly accounts: Pick<Accounts, 'dataVersions'>;
  readonly admission: Admission;
}

interface Watched {
  readonly id: number;
  readonly time_zone: string;
}

/** A watch as it was at a moment; nobody may move it on. */
interface Kept {
  readonly start_s: number;
  readonly time_zone: string;
  readonly watch: Watch;
  /** Of all attempts that it depends on. */
  readonly version: string;
}

/**
 * Watches of operations, moved on when they are asked for. A watch begins a week before the week that it tells of, with what was
 * usual in the four weeks before that. What it knew at the last midnight and an hour ago is kept, so a question reads the last hours
 * and not the store.
 */
export class KeptWatches {
  readonly #parts: Parts;
  readonly #watches = new LRUCache<number, readonly Kept[]>({
    maxSize: KEPT_ROWS,
    sizeCalculation: (kept) => 1 + kept.reduce((sum, { watch }) => sum + watch.size, 0),
  });
  readonly #bytes = new KeptReplies<{ readonly parts: readonly Buffer[] }>(KEPT_BYTES);
  readonly #under_way = new Map<number, Promise<unknown>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Alarms of an operation that were not over before a moment, in the order in which they began: what its attempts up to another
   * moment say.
   *
   * @param since_s seconds since 1970 UTC
   * @param as_of_s attempts of that second are known; of the minute that has begun nothing is
   * @throws Refused when too many wait, AccountsUnavailable, EngineUnavailable, EngineTimeout
   */
  async alarms(operation: Watched, since_s: number, as_of_s: number): Promise<Alarm[]> {
    const now_s = Math.floor((as_of_s + 1) / MINUTE_S) * MINUTE_S;
    const weeks: WeekOfAlarms[] = [];
    for (let week_s = weekOf(Math.min(since_s, now_s)); week_s <= now_s; week_s += WEEK_S) {
      weeks.push({ week_s, alarms: await this.#alarmsOf(operation, week_s, now_s) });
    }
    return together(weeks).filter(({ end_s }) => end_s === null || end_s > since_s);
  }

  #alarmsOf(operation: Watched, week_s: number, now_s: number): Promise<readonly Alarm[]> {
    return this.#inTurn(operation.id, () =>
      week_s + WEEK_S <= now_s ? this.#pastWeek(operation, week_s) : this.#thisWeek(operation, week_s, now_s),
    );
  }

  /** One after the other for each operation: who waited finds what was kept meanwhile. */
  async #inTurn<T>(id: number, work: () => Promise<T>): Promise<T> {
    const before = this.#under_way.get(id);
    const own = before ? before.then(work, work) : work();
    this.#under_way.set(id, own);
    try {
      return await own;
    } finally {
      if (this.#under_way.get(id) === own) this.#under_way.delete(id);
    }
  }

  async #pastWeek(operation: Watched, week_s: number): Promise<readonly Alarm[]> {
    const start_s = week_s - WEEK_S;
    const until_s = week_s + WEEK_S;
    const version = await this.#versionOf(operation.id, start_s - HISTORY_S, until_s);
    const bytes = await this.#kept(
      operation.id,
      `week ${week_s} ${operation.time_zone} ${version}`,
      async () => {
        const alarms = await this.#learning(operation.id, until_s, async (learning) => {
          const watch = await this.#begin(operation, start_s, learning);
          await moveOn(watch, until_s, learning);
          return watch.alarms();
        });
        return Buffer.from(JSON.stringify(alarms));
      },
    );
    const alarms: readonly Alarm[] = JSON.parse(bytes.toString());
    return alarms;
  }

  async #thisWeek(operation: Watched, week_s: number, now_s: number): Promise<readonly Alarm[]> {
    const start_s = week_s - WEEK_S;
    const settled_s = Math.max(start_s, Math.floor((now_s - SETTLED_S) / HOUR_S) * HOUR_S);
    const version_at = (until_s: number) => this.#versionOf(operation.id, start_s - HISTORY_S, until_s);
    // Before anything is looked at: so no change that comes meanwhile is taken for one that was seen.
    const stops: { until_s: number; version: string }[] = [];
    for (const until_s of [dayOf(settled_s), settled_s]) {
      stops.push({ until_s, version: await version_at(until_s) });
    }
    return this.#learning(operation.id, now_s, async (learning) => {
      const from = await this.#latest(operation, start_s, now_s, version_at);
      const watch = from?.clone() ?? (await this.#begin(operation, start_s, learning));
      const kept: Kept[] = [];
      for (const { until_s, version } of stops) {
        if (watch.now_s > until_s) continue;
        await moveOn(watch, until_s, learning);
        kept.push({ start_s, time_zone: operation.time_zone, watch: watch.clone(), version });
      }
      this.#keep(operation.id, kept);
      await moveOn(watch, now_s, learning);
      return watch.alarms();
    });
  }

  /** The latest kept watch whose attempts are still the same. */
  async #latest(
    { id, time_zone }: Watched,
    start_s: number,
    now_s: number,
    version_at: (until_s: number) => Promise<string>,
  ): Promise<Watch | undefined> {
    for (const kept of this.#watches.get(id) ?? []) {
      if (kept.start_s !== start_s || kept.time_zone !== time_zone || kept.watch.now_s > now_s) continue;
      if (kept.version === (await version_at(kept.watch.now_s))) return kept.watch;
    }
    return undefined;
  }

  /** Of two at the same moment the new one is kept, and of all the latest two; the midnight before stays with the hour after it. */
  #keep(id: number, found: readonly Kept[]): void {
    if (found.length === 0) return;
    const moments = new Set(found.map(({ watch }) => watch.now_s));
    const before = (this.#watches.get(id) ?? []).filter(({ watch }) => !moments.has(watch.now_s));
    const latest = [...found, ...before].toSorted((a, b) => b.watch.now_s - a.watch.now_s);
    const hour = latest[0];
    const midnight = latest.find(({ watch }) => watch !== hour?.watch && watch.now_s % DAY_S === 0);
    this.#watches.set(
      id,
      [hour, midnight].filter((kept) => kept !== undefined),
    );
  }

  async #begin({ id, time_zone }: Watched, start_s: number, learning: Learning): Promise<Watch> {
    const watch = Watch.begin(new WallHours(time_zone), start_s);
    for (let week_s = start_s - HISTORY_S; week_s < start_s; week_s += WEEK_S) {
      watch.remember(await this.#hoursOfWeek(id, week_s, learning));
      await learning.give_turn();
    }
    return watch;
  }

  async #hoursOfWeek(id: number, week_s: number, learning: Learning): Promise<readonly HourOfPlace[]> {
    const stretch = { from_s: week_s, until_s: week_s + WEEK_S };
    const version = await this.#versionOf(id, stretch.from_s, stretch.until_s);
    const bytes = await this.#kept(id, `hours ${week_s} ${version}`, async () => {
      const rows: HourOfPlace[] = [];
      for await (const row of hoursOf(learning, stretch)) rows.push(row);
      return Buffer.from(JSON.stringify(rows));
    });
    const rows: readonly HourOfPlace[] = JSON.parse(bytes.toString());
    return rows;
  }

  async #kept(id: number, name: string, make: () => Promise<Buffer>): Promise<Buffer> {
    const [kept] = this.#bytes.get(keyOf(id), name)?.parts ?? [];
    if (kept) return kept;
    const made = await make();
    this.#bytes.keep(keyOf(id), name, { parts: [made] });
    return made;
  }

  #versionOf(operation_id: number, from_s: number, until_s: number): Promise<string> {
    return this.#parts.accounts.dataVersions.of({
      operation_id,
      campaign_id: undefined,
      from_s,
      until_s,
      customers: false,
    });
  }

  async #learning<T>(id: number, until_s: number, work: (learning: Learning) => Promise<T>): Promise<T> {
    const { engine, admission } = this.#parts;
    const place = admission.learning.open(keyOf(id));
    try {
      await place.grow(1, { wait_ms: WAIT_MAX_MS });
      // What is counted by the minute is of no telephone.
      const operation = { id, numbering: null };
      return await work(new Learning(engine, operation, until_s, admission.desk.stream(keyOf(id))));
    } finally {
      place.release();
    }
  }
}

/** Whose work it is. */
function keyOf(operation_id: number): string {
  return `operation ${operation_id}`;
}

/** @param now_s where a minute begins */
async function moveOn(watch: Watch, now_s: number, learning: Learning): Promise<void> {
  let rows = 0;
  for await (const row of minutesOf(learning, { from_s: watch.now_s, until_s: now_s })) {
    rows += 1;
    if (rows % ROWS_A_TURN === 0) await learning.give_turn();
    watch.add(row);
  }
  watch.advanceTo(now_s);
}
