import type { Engine } from '../../../attempts/engine/engine.js';
import { type LineSql, lineSql } from '../../spellings/line-sql.js';
import { LIST_MAX_BYTES } from '../parts.js';
import type { Asking, Quarantine } from '../quarantine.js';
import { type Reading, readRows } from '../read-rows.js';
import { inForce, lastEventsSql, momentParams } from '../standing.js';
import { listed } from '../telephones.js';
import { type Condition, customersSql, type Matching, matchingParams } from './matching.js';
import { type OfRemoved, ofRemoved } from './removed.js';

/** Who asks, and how the engine is read for him: what is left of his time is known when it is read. */
export interface RecordsAsking extends Asking {
  readonly reading: () => Reading;
}

export interface Removed {
  /** Customers of the campaign with one of the ids; where there is none, nothing was done. */
  readonly customers: number;
  /** How their telephones stand now. */
  readonly put_aside: number;
  readonly still_dialed: number;
}

export interface Recalled {
  /** Customers whose field has the value; where there is none, nothing was done. */
  readonly customers: number;
  /** Those of them with a telephone that was put back by this. */
  readonly affected: number;
  /** Their telephones that something else still puts aside. */
  readonly put_aside: number;
}

/**
 * Removes customers of campaigns from dialing, and recalls them. Only how their telephones stand changes: each call is one act of the
 * quarantine, made whole or not at all, and durable when it resolves.
 */
export class CampaignRecords {
  readonly #engine: Engine;
  readonly #quarantine: Quarantine;

  constructor(engine: Engine, quarantine: Quarantine) {
    this.#engine = engine;
    this.#quarantine = quarantine;
  }

  /**
   * Removes customers: puts those of their telephones aside that no other customer has, or only removed ones.
   *
   * @param ids each of them once
   * @param result only customers whose last attempt in the campaign ended so
   * @throws EngineUnavailable, EngineTimeout, AccountsUnavailable
   */
  async remove(
    operation_id: number,
    { campaign_id, condition }: Matching,
    ids: readonly string[],
    asking: RecordsAsking,
  ): Promise<Removed> {
    const telephones = new Map<string, string[]>();
    let customers = 0;
    for (const some of inStatements(ids)) {
      await asking.give_turn();
      for (const [customer_id, of_customer] of await this.#named(
        operation_id,
        campaign_id,
        condition,
        some,
        asking,
      )) {
        customers += 1;
        for (const telephone of of_customer) {
          const so_far = telephones.get(telephone);
          if (so_far) so_far.push(customer_id);
          else telephones.set(telephone, [customer_id]);
        }
      }
    }
    if (customers === 0) return { customers, put_aside: 0, still_dialed: 0 };
    const plan = await this.#quarantine.planOf(operation_id);
    const sources = await ofRemoved(entriesOf(telephones), campaign_id, plan, asking.give_turn);
    await this.#quarantine.remove(operation_id, sources, asking);
    const put_aside = await this.#countPutAside(operation_id, telephones.keys(), asking);
    return { customers, put_aside, still_dialed: telephones.size - put_aside };
  }

  /**
   * Brings back what was put aside by `remove`.
   *
   * @throws EngineUnavailable, EngineTimeout, AccountsUnavailable
   */
  async recall(operation_id: number, matching: Matching, asking: RecordsAsking): Promise<Recalled> {
    const customers = await this.#countMatching(operation_id, matching, asking);
    if (customers === 0) return { customers, affected: 0, put_aside: 0 };
    const lines = lineSql(await this.#quarantine.planOf(operation_id));
    const { number } = await this.#quarantine.recall(
      operation_id,
      {
        sql: `SELECT telephone, toUInt32(0) AS wanted, '' AS evidence FROM (${telephonesSql(matching, lines)})`,
        params: { ...lines.params, ...matchingParams(matching) },
        // Of one customer: then only the events of these telephones are read.
        is_cheap: matching.condition?.field === 'customer_id',
      },
      asking,
    );
    return { customers, ...(await this.#recalled(operation_id, matching, number, asking)) };
  }

  #named(
    operation_id: number,
    campaign_id: number,
    condition: Condition | undefined,
    ids: readonly string[],
    { reading }: RecordsAsking,
  ): Promise<[customer_id: string, telephones: string[]][]> {
    const matching = { campaign_id, condition };
    const sql = customersSql(
      matching,
      "customer_id IN (SELECT arrayJoin(splitByChar('\\n', {record_ids:String})))",
    );
    // They have no control characters.
    const params = { act_operation: operation_id, ...matchingParams(matching), record_ids: ids.join('\n') };
    return readRows(this.#engine, operation_id, { sql, params }, readingOf(matching, reading));
  }

  async #countMatching(
    operation_id: number,
    matching: Matching,
    { reading }: RecordsAsking,
  ): Promise<number> {
    const sql = `SELECT toUInt32(count()) FROM (${customersSql(matching)})`;
    const params = { act_operation: operation_id, ...matchingParams(matching) };
    const [row] = await readRows<[number]>(
      this.#engine,
      operation_id,
      { sql, params },
      readingOf(matching, reading),
    );
    return row?.[0] ?? 0;
  }

  async #countPutAside(
    operation_id: number,
    telephones: Iterable<string>,
    asking: RecordsAsking,
  ): Promise<number> {
    const moment = await this.#quarantine.momentOf(operation_id);
    let count = 0;
    for (const { sql, params } of await listed(wanted(telephones), undefined, asking.give_turn)) {
      const statement = {
        sql: `SELECT toUInt32(count()) FROM (${lastEventsSql(`telephone IN (SELECT telephone FROM (${sql}))`)})
          WHERE notEmpty(${inForce('holds')})`,
        params: { ...momentParams(moment), ...params },
      };
      const [row] = await readRows<[number]>(this.#engine, operation_id, statement, asking.reading());
      count += row?.[0] ?? 0;
    }
    return count;
  }

  async #recalled(
    operation_id: number,
    matching: Matching,
    act: number,
    { reading }: RecordsAsking,
  ): Promise<Pick<Recalled, 'affected' | 'put_aside'>> {
    const moment = await this.#quarantine.momentOf(operation_id);
    const theirs = `SELECT customer_id, arrayJoin(telephones) AS telephone FROM (${customersSql(matching)})`;
    const put_back = `SELECT telephone FROM hygiene_events WHERE operation_id = {act_operation:UInt32}
      AND act = {record_act:UInt32} AND action = 'restore' AND changed = 1`;
    const aside = `SELECT telephone FROM (${lastEventsSql(`telephone IN (SELECT telephone FROM (${theirs}))`)})
      WHERE notEmpty(${inForce('holds')})`;
    const statement = {
      sql: `SELECT toUInt32(uniqExactIf(customer_id, telephone IN (${put_back}))),
          toUInt32(uniqExactIf(telephone, telephone IN (${aside}))) FROM (${theirs})`,
      params: { ...momentParams(moment), ...matchingParams(matching), record_act: act },
    };
    const [row] = await readRows<[number, number]>(
      this.#engine,
      operation_id,
      statement,
      readingOf(matching, reading),
    );
    return { affected: row?.[0] ?? 0, put_aside: row?.[1] ?? 0 };
  }
}

/** The telephones of customers, and the spellings of the same lines that were ever put aside: no others can be brought back. */
function telephonesSql(matching: Matching, { are_merged, line }: LineSql): string {
  const theirs = `SELECT DISTINCT arrayJoin(telephones) AS telephone FROM (${customersSql(matching)})`;
  if (!are_merged) return theirs;
  return `${theirs} UNION ALL SELECT DISTINCT telephone FROM hygiene_events_by_telephone
    WHERE operation_id = {act_operation:UInt32} AND ${line} IN (SELECT ${line} FROM (${theirs}))`;
}

/** A result is that of all attempts of the campaign, and other fields are looked for in all its customers. */
function readingOf({ condition }: Matching, reading: () => Reading): Reading {
  const is_short = condition === undefined || condition.field === 'customer_id';
  return { ...reading(), ...(!is_short && { lane: 'long' as const }) };
}

function* inStatements(ids: readonly string[]): Generator<string[]> {
  let some: string[] = [];
  let bytes = 0;
  for (const id of ids) {
    const size = Buffer.byteLength(id) + 1;
    if (some.length > 0 && bytes + size > LIST_MAX_BYTES) {
      yield some;
      some = [];
      bytes = 0;
    }
    some.push(id);
    bytes += size;
  }
  if (some.length > 0) yield some;
}

function* entriesOf(telephones: ReadonlyMap<string, readonly string[]>): Generator<OfRemoved> {
  for (const [telephone, customer_ids] of telephones) yield { telephone, customer_ids };
}

function* wanted(telephones: Iterable<string>) {
  for (const telephone of telephones) yield { telephone, until_s: 0 };
}
