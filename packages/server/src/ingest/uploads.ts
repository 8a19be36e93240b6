import type { Attempt } from '@recuento/contract';
import type { Accounts } from '../accounts/accounts.js';
import type { Operation } from '../accounts/operations.js';
import { type AttemptFields, AttemptRows } from '../attempts/attempt-rows.js';
import type { AttemptStore } from '../attempts/store.js';
import { type GiveTurn, Turns } from '../attempts/turns.js';
import { GroupCommit } from './group-commit.js';
import { raising } from './raising.js';

type Watcher = (operation_id: number, rows: AttemptRows) => void;

/** Attempts that are written out before other requests get their turn: about two milliseconds, whatever they tell. */
const ROWS_A_TURN = { items: 2_000, bytes: 512 * 1024 };
/** Rows from which an upload is written by itself: grouping saves it nothing, and would copy it. */
const ALONE_ROWS = 5_000;

/** Takes attempts in: the one way by which they reach the store, whoever brings them. */
export class Uploads {
  readonly #accounts: Pick<Accounts, 'campaigns' | 'dataVersions'>;
  readonly #store: AttemptStore;
  readonly #watchers: Watcher[] = [];
  /** By operation, those under way: no operation's uploads wait for another's. */
  readonly #groups = new Map<number, GroupCommit>();

  constructor(accounts: Pick<Accounts, 'campaigns' | 'dataVersions'>, store: AttemptStore) {
    this.#accounts = accounts;
    this.#store = store;
  }

  /** Has `watcher` told of all attempts that are about to be written. */
  watch(watcher: Watcher): void {
    this.#watchers.push(watcher);
  }

  /** Resolves when the attempts are durable, seen by every report, and ETags of older replies hold no more. */
  async accept(operation: Operation, attempts: readonly Attempt[], give_turn: GiveTurn): Promise<void> {
    const rows = new AttemptRows();
    const campaign_ids = new Set<number>();
    const turns = new Turns(ROWS_A_TURN, give_turn);
    let row_bytes = 0;
    for (const attempt of attempts) {
      // What a row comes to is known once it is made: it counts for the next one's turn.
      if (turns.isOver(row_bytes)) await turns.give();
      const before = rows.length;
      campaign_ids.add(attempt.campaign_id);
      rows.add(operation.id, attempt.campaign_id, fieldsOf(attempt));
      row_bytes = rows.length - before;
    }
    for (const watcher of this.#watchers) watcher(operation.id, rows);
    await this.acceptRows(operation, [...campaign_ids], rows);
  }

  /**
   * The same of rows of the operation and these campaigns, of which watchers are not told. They may not change
   * meanwhile.
   */
  async acceptRows(operation: Operation, campaign_ids: readonly number[], rows: AttemptRows): Promise<void> {
    if (rows.count === 0) return;
    await this.#accounts.campaigns.ensure(operation.id, campaign_ids);
    if (rows.count >= ALONE_ROWS) {
      await this.#write(operation.id, rows);
      return;
    }
    const group = this.#groups.get(operation.id) ?? this.#newGroup(operation.id);
    try {
      await group.add(rows);
    } finally {
      if (group.idle && this.#groups.get(operation.id) === group) this.#groups.delete(operation.id);
    }
  }

  #newGroup(operation_id: number): GroupCommit {
    const group = new GroupCommit((rows) => this.#write(operation_id, rows));
    this.#groups.set(operation_id, group);
    return group;
  }

  async #write(operation_id: number, rows: AttemptRows): Promise<void> {
    await raising(this.#accounts.dataVersions, operation_id, (onBegin) =>
      this.#store.write(operation_id, rows, onBegin),
    );
  }
}

function fieldsOf(attempt: Attempt): AttemptFields {
  return {
    attempt_id: attempt.attempt_id,
    telephone: attempt.telephone,
    dialed_at_s: attempt.dialed_at,
    code: attempt.result,
    amd: attempt.amd ?? '',
    duration_seconds: attempt.duration_seconds,
    trunk: attempt.trunk ?? '',
    sip: attempt.sip,
    cause: attempt.cause,
    agent_id: attempt.agent_id ?? '',
    customer_id: attempt.customer_id,
    record: attempt,
  };
}
