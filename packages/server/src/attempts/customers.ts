import { CUSTOMER_FIELDS, type Customer, TELEPHONE_FIELDS } from '@recuento/contract';
import type { GiveTurn } from '../admission/turns.js';
import type { Engine } from './engine/engine.js';
import type { NextDeliveries } from './next-deliveries.js';
import { listValue, mapValue, tabSeparated, textValue } from './tab-separated.js';
import type { WriteGuard } from './write-guard.js';

const COLUMNS = ['operation_id', 'campaign_id', 'customer_id', 'delivery', 'telephones', 'fields'];

/** Writes customers of campaigns. Reading them is what `reports/` does. */
export class CustomerStore {
  readonly #engine: Engine;
  readonly #nextDeliveries: NextDeliveries;
  readonly #writing: WriteGuard;

  /** The schema must be there. */
  constructor(engine: Engine, nextDeliveries: NextDeliveries, writing: WriteGuard) {
    this.#engine = engine;
    this.#nextDeliveries = nextDeliveries;
    this.#writing = writing;
  }

  /**
   * Adds customers to a campaign. Resolves when they are durable and every report sees them. When a customer_id comes twice, also
   * within one call, the later customer replaces the earlier one and its telephones.
   *
   * The engine makes a block visible table by table. After a kill in between, customers that were not acknowledged may be found by
   * their id and not yet by their telephones, until they are sent again.
   *
   * @param onBegin called before the engine is given anything: until then nothing can be visible
   */
  async write(
    operation_id: number,
    campaign_id: number,
    customers: readonly Customer[],
    give_turn: GiveTurn,
    onBegin: () => void,
  ): Promise<void> {
    if (customers.length === 0) return;
    let delivery = await this.#nextDeliveries(operation_id, customers.length);
    const rowOf = (customer: Customer) => [
      String(operation_id),
      String(campaign_id),
      textValue(customer.customer_id),
      String(delivery++),
      listValue(telephonesOf(customer)),
      mapValue(fieldsOf(customer)),
    ];
    const rows = await tabSeparated(customers, rowOf, give_turn);
    const fair_key = `operation ${operation_id}`;
    await this.#writing(rows.length, () => {
      onBegin();
      return this.#engine.insert({ table: 'customers', columns: COLUMNS, rows, fair_key });
    });
  }
}

function telephonesOf(customer: Customer): string[] {
  const telephones = TELEPHONE_FIELDS.map((field) => customer[field]).filter(
    (telephone) => telephone !== undefined,
  );
  return [...new Set(telephones)];
}

function fieldsOf(customer: Customer): [string, string][] {
  const fields: [string, string][] = [];
  for (const field of CUSTOMER_FIELDS) {
    const text = customer[field];
    if (field !== 'customer_id' && text !== undefined) fields.push([field, text]);
  }
  return fields;
}
