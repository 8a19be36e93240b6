import type { Attempt } from '@recuento/contract';
import type { Accounts } from '../accounts/accounts.js';
import type { Operation } from '../accounts/operations.js';
import { type GiveTurn, Turns } from '../admission/turns.js';
import { type AttemptFields, AttemptRows } from '../attempts/attempt-rows.js';
import type { AttemptStore } from '../attempts/store.js';
import { evidenceOfUpload } from '../outcomes/upload-evidence.js';
import { changedHours } from './changed-hours.js';
import { GroupCommit } from './group-commit.js';
import { raising } from './raising.js';

/**
 * Attempts that are written out as rows before other requests get their turn: about two milliseconds, whatever the attempts
 * contain.
 */
const ROWS_A_TURN = { items: 2_000, bytes: 512 * 1024 };
/** Rows from which an upload is written by itself: grouping saves it nothing, and would copy it. */
const ALONE_ROWS = 5_000;

/** Takes attempts in: the one way by which they reach the store, whoever brings them. */
export class Uploads {
  readonly #accounts: Pick<Accounts, 'campaigns' | 'dataVersions'>;
  readonly #store: AttemptStore;
  /** Groups under way, by operation and delivery: no operation's uploads wait for another's. */
  readonly #groups = new Map<string, GroupCommit>();

  constructor(accounts: Pick<Accounts, 'campaigns' | 'dataVersions'>, store: AttemptStore) {
    this.#accounts = accounts;
    this.#store = store;
  }

  /**
   * Resolves when the attempts are durable, seen by every report, and ETags of older replies hold no more.
   *
   * @param claim of the `Idempotency-Key` that they came with: they are stored only while it holds
   */
  async accept(
    operation: Operation,
    attempts: readonly Attempt[],
    give_turn: GiveTurn,
    claim?: number,
  ): Promise<void> {
    const rows = new AttemptRows();
    if (claim !== undefined) rows.claimedBy(claim);
    const campaign_ids = new Set<number>();
    const turns = new Turns(ROWS_A_TURN, give_turn);
    let row_bytes = 0;
    for (const attempt of attempts) {
      // The size of a row is known only once it is made, so it counts towards the next row's turn.
      if (turns.isOver(row_bytes)) await turns.give();
      const before = rows.length;
      campaign_ids.add(attempt.campaign_id);
      rows.add(operation.id, attempt.campaign_id, fieldsOf(attempt));
      row_bytes = rows.length - before;
    }
    await this.acceptRows(operation, [...campaign_ids], rows);
  }

  /**
   * The same for rows of the operation and these campaigns. The rows may not change meanwhile.
   *
   * @param delivery number of the delivery that they belong to; the next one when absent. An import gives that of its generation
   */
  async acceptRows(
    operation: Operation,
    campaign_ids: Iterable<number>,
    rows: AttemptRows,
    delivery?: number,
  ): Promise<void> {
    if (rows.count === 0) return;
    await this.#accounts.campaigns.ensure(operation.id, campaign_ids);
    if (rows.count >= ALONE_ROWS) {
      await this.#write(operation.id, rows, delivery);
      return;
    }
    const key = `${operation.id} ${delivery ?? ''}`;
    const group = this.#groups.get(key) ?? this.#newGroup(key, operation.id, delivery);
    try {
      await group.add(rows);
    } finally {
      if (group.idle && this.#groups.get(key) === group) this.#groups.delete(key);
    }
  }

  /**
   * Resolves when nothing that was taken in of an import can come into the store any more.
   *
   * @throws EngineUnavailable when some of it waits
   */
  settle(operation_id: number, import_number: number): Promise<void> {
    return this.#store.settle(operation_id, import_number);
  }

  /** Resolves when everything that the attempts' tables contain by now is durable. */
  checkpoint(): Promise<void> {
    return this.#store.checkpoint();
  }

  #newGroup(key: string, operation_id: number, delivery: number | undefined): GroupCommit {
    const group = new GroupCommit((rows) => this.#write(operation_id, rows, delivery));
    this.#groups.set(key, group);
    return group;
  }

  async #write(operation_id: number, rows: AttemptRows, delivery: number | undefined): Promise<void> {
    await raising(this.#accounts.dataVersions, operation_id, changedHours(rows), (onBegin) =>
      this.#store.write(operation_id, rows, { delivery, onBegin }),
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
    evidence: evidenceOfUpload({ code: attempt.result, sip: attempt.sip, cause: attempt.cause }),
    agent_id: attempt.agent_id ?? '',
    customer_id: attempt.customer_id,
    record: attempt,
  };
}
