import type { DoNotCall } from '@recuento/contract';
import type { GiveTurn } from '../admission/turns.js';
import type { Engine } from './engine/engine.js';
import type { NextDeliveries } from './next-deliveries.js';
import { tabSeparated, textValue } from './tab-separated.js';
import type { WriteGuard } from './write-guard.js';

/** A telephone that must not be dialed. Times are seconds since 1970 UTC. */
export interface BlockedTelephone {
  readonly telephone: string;
  readonly added_at_s: number;
  /** The first second at which it may be dialed again. */
  readonly until_s: number;
}

const COLUMNS = ['operation_id', 'telephone', 'delivery', 'added_at', 'until'];
const DAY_S = 86_400;
/** Entries of one page of the list, at most: some megabytes. */
const PAGE_MAX = 10_000;
/** A page is read in order, from where it starts. */
const READ_MAX_MS = 30_000;

/** Telephones that an operation must not dial until a time. A telephone that is added again gets the new time. */
export class DoNotCallStore {
  readonly #engine: Engine;
  readonly #nextDeliveries: NextDeliveries;
  readonly #now_ms: () => number;
  readonly #writing: WriteGuard;

  /** The schema must be there. */
  constructor(engine: Engine, nextDeliveries: NextDeliveries, now_ms: () => number, writing: WriteGuard) {
    this.#engine = engine;
    this.#nextDeliveries = nextDeliveries;
    this.#now_ms = now_ms;
    this.#writing = writing;
  }

  /**
   * Adds entries that begin now, all of them or none: one insert into one table. Resolves when they are durable. When a telephone
   * comes twice, also within one call, the later entry holds.
   */
  async add(operation_id: number, entries: readonly DoNotCall[], give_turn: GiveTurn): Promise<void> {
    if (entries.length === 0) return;
    const added_at_s = Math.floor(this.#now_ms() / 1_000);
    let delivery = await this.#nextDeliveries(operation_id, entries.length);
    const rowOf = ({ telephone, days_block }: DoNotCall) => [
      String(operation_id),
      textValue(telephone),
      String(delivery++),
      String(added_at_s),
      String(added_at_s + days_block * DAY_S),
    ];
    const rows = await tabSeparated(entries, rowOf, give_turn);
    const fair_key = `operation ${operation_id}`;
    await this.#writing(rows.length, () =>
      this.#engine.insert({ table: 'do_not_call', columns: COLUMNS, rows, fair_key }),
    );
  }

  /**
   * The entries in force at a time, in byte order of the telephone.
   *
   * @param at_s seconds since 1970 UTC
   * @param after the last telephone of the page before, `''` to start
   * @throws RangeError when more than a page is asked for
   */
  async active(
    operation_id: number,
    at_s: number,
    after: string,
    limit: number,
  ): Promise<BlockedTelephone[]> {
    if (limit > PAGE_MAX) throw new RangeError(`a page has at most ${PAGE_MAX} entries`);
    const bytes = await this.#engine.read({
      sql: `SELECT telephone, toUInt32(added_at), toUInt32(until) FROM do_not_call FINAL
        WHERE operation_id = {operation_id:UInt32} AND telephone > {after:String} AND until > toDateTime({at_s:UInt32})
        ORDER BY operation_id, telephone LIMIT {limit:UInt32} FORMAT JSONCompactEachRow`,
      params: { operation_id, after, at_s, limit },
      fair_key: `operation ${operation_id}`,
      max_ms: READ_MAX_MS,
    });
    const lines = bytes.toString().split('\n').filter(Boolean);
    return lines.map((line) => {
      const [telephone, added_at_s, until_s]: [string, number, number] = JSON.parse(line);
      return { telephone, added_at_s, until_s };
    });
  }
}
