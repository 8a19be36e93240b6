import type { AddRecordQuery, Customer } from '@recuento/contract';
import type { Accounts } from '../accounts/accounts.js';
import type { Operation } from '../accounts/operations.js';
import type { GiveTurn } from '../admission/turns.js';
import type { CustomerStore } from '../attempts/customers.js';
import { raising } from './raising.js';

/** Takes customers in: the one way by which they reach the store. */
export class CustomerUploads {
  readonly #accounts: Pick<Accounts, 'campaigns' | 'dataVersions' | 'operations'>;
  readonly #store: CustomerStore;

  constructor(accounts: Pick<Accounts, 'campaigns' | 'dataVersions' | 'operations'>, store: CustomerStore) {
    this.#accounts = accounts;
    this.#store = store;
  }

  /** Resolves when the customers are durable, seen by every report, and ETags of older replies hold no more. */
  async accept(
    operation: Operation,
    { campaign_id, type_campaign }: Pick<AddRecordQuery, 'campaign_id' | 'type_campaign'>,
    customers: readonly Customer[],
    give_turn: GiveTurn,
  ): Promise<void> {
    if (customers.length === 0) return;
    const { campaigns, dataVersions, operations } = this.#accounts;
    if (type_campaign === undefined) await campaigns.ensure(operation.id, [campaign_id]);
    else await campaigns.put(operation.id, campaign_id, { type: type_campaign });
    // Before the first customer is stored: reports look for customers only in operations known to have some.
    if (!operation.has_customers) await operations.rememberCustomers(operation.id);
    await raising(dataVersions, operation.id, { kind: 'customers', campaign_id }, (onBegin) =>
      this.#store.write(operation.id, campaign_id, customers, give_turn, onBegin),
    );
  }
}
