import { type SqlBool, sql } from 'kysely';
import type { Report } from './owed.js';
import type { AccountsDatabase, AccountsSchema } from './schema.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long records are kept, in days. */
export interface Kept {
  /** Counts of calls by day of the operation's time zone. They are deleted by the day in UTC, so some hours earlier or later. */
  readonly usage_days: number;
  /** Imports, and the lines that they rejected. */
  readonly imports_days: number;
}

/** Rows deleted at once: some milliseconds, as they are deleted on the event loop. */
const ROWS_A_TURN = 500;
/** Between two turns, so that calls get theirs. */
const PAUSE_MS = 50;

/** A table whose rows are deleted when their column `age` is below `before`. */
type Aging<Table extends keyof AccountsSchema = keyof AccountsSchema> = {
  [Name in Table]: {
    readonly table: Name;
    readonly key: readonly (keyof AccountsSchema[Name] & string)[];
    readonly age: keyof AccountsSchema[Name] & string;
    readonly before: (now_ms: number, kept: Kept) => string | number;
  };
}[Table];

/**
 * A claim is needed until the attempt that made it is in the store, and until everybody who looked before that is done. That
 * takes seconds, or hours where the engine fails and a batch waits in the journal.
 */
const CLAIMS_LIVE_MS = DAY_MS;

const dayBefore = (now_ms: number, { usage_days }: Kept) =>
  new Date(now_ms - usage_days * DAY_MS).toISOString().slice(0, 10);

/** States of imports that are not deleted, whatever their age. */
const IN_USE = ['running', 'undoing'] as const;

const AGING: readonly Aging[] = [
  { table: 'operation_usage', key: ['operation_id', 'day'], age: 'day', before: dayBefore },
  { table: 'token_usage', key: ['token_id', 'day'], age: 'day', before: dayBefore },
  // A slot ends with the millisecond in which it expires.
  { table: 'leases', key: ['id'], age: 'expires_at_ms', before: (now_ms) => now_ms + 1 },
  { table: 'sessions', key: ['secret_hash'], age: 'expires_at_ms', before: (now_ms) => now_ms + 1 },
  { table: 'sign_in_links', key: ['secret_hash'], age: 'expires_at_ms', before: (now_ms) => now_ms + 1 },
  {
    table: 'call_claims',
    key: ['operation_id', 'campaign_id', 'call', 'dialed_at_s'],
    age: 'claimed_at_ms',
    before: (now_ms) => now_ms - CLAIMS_LIVE_MS,
  },
];

/** Deletes records that nobody needs any more, once an hour and a little at a time. */
export class Housekeeping {
  readonly #db: AccountsDatabase;
  readonly #now_ms: () => number;
  readonly #report: Report;
  readonly #kept: Kept;
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<boolean> = Promise.resolve(false);
  #closed = false;

  constructor(db: AccountsDatabase, now_ms: () => number, report: Report, kept: Kept) {
    this.#db = db;
    this.#now_ms = now_ms;
    this.#report = report;
    this.#kept = kept;
  }

  start(): void {
    this.#schedule(PAUSE_MS);
  }

  /** Takes one turn now. @returns whether more may be left */
  async turn(): Promise<boolean> {
    const now_ms = this.#now_ms();
    let deleted = 0;
    for (const aging of AGING) deleted += await this.#deleteOld(aging, aging.before(now_ms, this.#kept));
    deleted += await this.#deleteImport(now_ms - this.#kept.imports_days * DAY_MS);
    return deleted > 0;
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

  /** Deletes some old rows of one table. @returns how many */
  async #deleteOld({ table, key, age }: Aging, before: string | number): Promise<number> {
    const columns = sql.join(key.map((name) => sql.ref(name)));
    // A statement that is raw as a whole would not be recognized as a write (sqlite/patient-dialect.ts).
    const { numDeletedRows } = await this.#db
      .deleteFrom(table)
      // The age is checked again on the row that is deleted: another node may have renewed it.
      .where(sql<SqlBool>`${sql.ref(age)} < ${before}`)
      .where(
        sql<SqlBool>`(${columns}) IN (SELECT ${columns} FROM ${sql.table(table)}
          WHERE ${sql.ref(age)} < ${before} LIMIT ${ROWS_A_TURN})`,
      )
      .executeTakeFirst();
    return Number(numDeletedRows);
  }

  /** Deletes some rejected lines of the oldest import, or the import itself when it has none left. */
  async #deleteImport(before_ms: number): Promise<number> {
    const oldest = await this.#db
      .selectFrom('imports')
      .select('id')
      .where('created_at_ms', '<', before_ms)
      .where('state', 'not in', IN_USE)
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
    if (last === undefined) {
      await this.#db
        .deleteFrom('imports')
        .where('id', '=', oldest.id)
        // Somebody may have begun to take it back meanwhile.
        .where('state', 'not in', IN_USE)
        .execute();
    } else {
      await this.#db
        .deleteFrom('import_rejects')
        .where('import_id', '=', oldest.id)
        .where('line', '<=', last.line)
        .execute();
    }
    return 1;
  }
}
