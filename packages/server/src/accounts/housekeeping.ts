import type { Report } from './owed.js';
import type { AccountsDatabase } from './schema.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long calls counted by day are kept: a year, and a month to look at it. */
const USAGE_KEPT_DAYS = 400;
/** How long imports and their rejected lines are kept: whoever mends those does it within days. */
const IMPORTS_KEPT_DAYS = 90;
/** Rows deleted at once: some milliseconds, as they are deleted on the event loop. */
const ROWS_A_TURN = 500;
/** Between two turns, so that calls get theirs. */
const PAUSE_MS = 50;

/** Deletes what nobody asks for any more, once an hour and a little at a time. */
export class Housekeeping {
  readonly #db: AccountsDatabase;
  readonly #now_ms: () => number;
  readonly #report: Report;
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<boolean> = Promise.resolve(false);
  #closed = false;

  constructor(db: AccountsDatabase, now_ms: () => number, report: Report) {
    this.#db = db;
    this.#now_ms = now_ms;
    this.#report = report;
  }

  start(): void {
    this.#schedule(PAUSE_MS);
  }

  /** One turn now. @returns whether more is left */
  async turn(): Promise<boolean> {
    const now = this.#now_ms();
    const usage_from = new Date(now - USAGE_KEPT_DAYS * DAY_MS).toISOString().slice(0, 10);
    const deleted = [
      await this.#deleteUsage(usage_from),
      await this.#deleteTokenUsage(usage_from),
      await this.#deleteLeases(now),
      await this.#deleteImport(now - IMPORTS_KEPT_DAYS * DAY_MS),
    ];
    return deleted.some((rows) => rows > 0);
  }

  /** Resolves when no turn is under way any more. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#turn.catch(() => undefined);
  }

  #schedule(wait_ms: number): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#turn = this.turn();
      this.#turn.then(
        (is_more) => this.#schedule(is_more ? PAUSE_MS : HOUR_MS),
        (error: unknown) => {
          this.#report('old records could not be deleted', error);
          this.#schedule(HOUR_MS);
        },
      );
    }, wait_ms).unref();
  }

  async #deleteUsage(before: string): Promise<number> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('operation_usage')
      .where((eb) =>
        eb(
          eb.refTuple('operation_id', 'day'),
          'in',
          eb
            .selectFrom('operation_usage')
            .select(['operation_id', 'day'])
            .where('day', '<', before)
            .limit(ROWS_A_TURN)
            .$asTuple('operation_id', 'day'),
        ),
      )
      .executeTakeFirst();
    return Number(numDeletedRows);
  }

  async #deleteTokenUsage(before: string): Promise<number> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('token_usage')
      .where((eb) =>
        eb(
          eb.refTuple('token_id', 'day'),
          'in',
          eb
            .selectFrom('token_usage')
            .select(['token_id', 'day'])
            .where('day', '<', before)
            .limit(ROWS_A_TURN)
            .$asTuple('token_id', 'day'),
        ),
      )
      .executeTakeFirst();
    return Number(numDeletedRows);
  }

  async #deleteLeases(now_ms: number): Promise<number> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('leases')
      .where('id', 'in', (eb) =>
        eb.selectFrom('leases').select('id').where('expires_at_ms', '<=', now_ms).limit(ROWS_A_TURN),
      )
      .executeTakeFirst();
    return Number(numDeletedRows);
  }

  /** Some rejected lines of the oldest import, or that itself when it has none any more. */
  async #deleteImport(before_ms: number): Promise<number> {
    const oldest = await this.#db
      .selectFrom('imports')
      .select('id')
      .where('created_at_ms', '<', before_ms)
      .where('state', '!=', 'running')
      .orderBy('created_at_ms')
      .limit(1)
      .executeTakeFirst();
    if (!oldest) return 0;
    const lines = await this.#db
      .selectFrom('import_rejects')
      .select('line')
      .where('import_id', '=', oldest.id)
      .orderBy('line')
      .limit(ROWS_A_TURN)
      .execute();
    const last = lines.at(-1);
    if (last === undefined) await this.#db.deleteFrom('imports').where('id', '=', oldest.id).execute();
    else {
      await this.#db
        .deleteFrom('import_rejects')
        .where('import_id', '=', oldest.id)
        .where('line', '<=', last.line)
        .execute();
    }
    return 1;
  }
}
