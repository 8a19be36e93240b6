import type { AddRecordQuery, Customer } from '@recuento/contract';
import type { Accounts } from '../accounts/accounts.js';
import type { Operation } from '../accounts/operations.js';
import type { CustomerStore } from '../attempts/customers.js';
import type { WriteGuard } from '../attempts/write-guard.js';

/** A customer as a row: most have some hundred bytes. */
const CUSTOMER_BYTES = 1_024;

/** Takes customers in: the one way by which they reach the store. */
export class CustomerUploads {
  readonly #accounts: Pick<Accounts, 'campaigns' | 'dataVersions' | 'operations'>;
  readonly #store: CustomerStore;
  readonly #writing: WriteGuard;

  constructor(
    accounts: Pick<Accounts, 'campaigns' | 'dataVersions' | 'operations'>,
    store: CustomerStore,
    writing: WriteGuard,
  ) {
    this.#accounts = accounts;
    this.#store = store;
    this.#writing = writing;
  }

  /** Resolves when the customers are durable, seen by every report, and ETags of older replies hold no more. */
  async accept(
    operation: Operation,
    { campaign_id, type_campaign }: Pick<AddRecordQuery, 'campaign_id' | 'type_campaign'>,
    customers: readonly Customer[],
  ): Promise<void> {
    if (customers.length === 0) return;
    const { campaigns, dataVersions, operations } = this.#accounts;
    if (type_campaign === undefined) await campaigns.ensure(operation.id, [campaign_id]);
    else await campaigns.put(operation.id, campaign_id, { type: type_campaign });
    // Before the first is there: a report that does not know of them would not look for them.
    if (!operation.has_customers) await operations.rememberCustomers(operation.id);
    try {
      await this.#writing(customers.length * CUSTOMER_BYTES, () =>
        this.#store.write(operation.id, campaign_id, customers),
      );
    } finally {
      // Also after a failure: part of it may be visible.
      await dataVersions.raise(operation.id);
    }
  }
}
