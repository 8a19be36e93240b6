import type { Attempt } from '@recuento/contract';
import type { Accounts } from '../accounts/accounts.js';
import type { Operation } from '../accounts/operations.js';
import type { AttemptStore } from '../attempts/store.js';

type Watcher = (operation_id: number, attempts: readonly Attempt[]) => void;

/** Takes attempts in: the one way by which they reach the store, whoever brings them. */
export class Uploads {
  readonly #accounts: Pick<Accounts, 'campaigns' | 'dataVersions'>;
  readonly #store: AttemptStore;
  readonly #watchers: Watcher[] = [];

  constructor(accounts: Pick<Accounts, 'campaigns' | 'dataVersions'>, store: AttemptStore) {
    this.#accounts = accounts;
    this.#store = store;
  }

  /** Has `watcher` told of everything that is about to be written. */
  watch(watcher: Watcher): void {
    this.#watchers.push(watcher);
  }

  /** Resolves when the attempts are durable, seen by every report, and ETags of older replies hold no more. */
  async accept(operation: Operation, attempts: readonly Attempt[]): Promise<void> {
    if (attempts.length === 0) return;
    await this.#accounts.campaigns.ensure(
      operation.id,
      attempts.map((attempt) => attempt.campaign_id),
    );
    for (const watcher of this.#watchers) watcher(operation.id, attempts);
    try {
      await this.#store.write(operation.id, attempts);
    } finally {
      // Also after a failure: part of the upload may be visible.
      await this.#accounts.dataVersions.raise(operation.id);
    }
  }
}
