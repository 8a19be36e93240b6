import { type ImportCounts, type ImportState, RecuentoError } from '@recuento/contract';
import type { Numbers } from './numbers.js';
import { orderedId } from './ordered-id.js';
import type { Owed } from './owed.js';
import type { AccountsDatabase, ImportRow } from './schema.js';

/** An import job. Times are milliseconds since 1970 UTC. */
export interface ImportJob {
  readonly id: string;
  readonly format: string;
  /** What showed the format; null where the request named it. */
  readonly format_reason: string | null;
  /** null where each record names its own; the table has 0 then. */
  readonly campaign_id: number | null;
  readonly time_zone: string;
  readonly time_zone_from: 'parameter' | 'operation';
  readonly state: ImportState;
  readonly reason: string | null;
  readonly counts: ImportCounts;
  /** The number that its rows carry; null for an import by an earlier version. */
  readonly number: number | null;
  /** Decides which of two imports' rows hold, before their strength does; null where `number` is. */
  readonly generation: number | null;
  readonly created_at_ms: number;
  readonly updated_at_ms: number;
}

export type NewImport = Pick<
  ImportJob,
  'format' | 'format_reason' | 'campaign_id' | 'time_zone' | 'time_zone_from'
>;

/** How an import is placed among the others. */
export interface Placing {
  /** What was declared about how to read the file; '' is nothing. */
  readonly mapping: string;
  /** Whether its rows outrank those of earlier imports and uploads. */
  readonly replaces: boolean;
}

/** A job that has its number. */
export type NumberedJob = ImportJob & { readonly number: number; readonly generation: number };

export interface Reject {
  readonly line: number;
  readonly reason: string;
  readonly raw: string;
}

const NO_COUNTS: ImportCounts = {
  bytes: 0,
  read: 0,
  stored: 0,
  unchanged: 0,
  joined: 0,
  skipped: 0,
  rejected: 0,
  latin1_lines: 0,
  short_telephones: 0,
  mostly_extensions: false,
  skipped_by_reason: {},
  rejected_by_reason: [],
  codes: {},
  own_words: 0,
  unknown_words: [],
  unknown_words_unlisted: 0,
};

/** The job runs no more: its node was taken for dead, and it is noted as interrupted. */
export class ImportTakenOver extends Error {
  override readonly name = 'ImportTakenOver';
}

/** Import jobs and the lines that they rejected. */
export class Imports {
  readonly #db: AccountsDatabase;
  readonly #now_ms: () => number;
  readonly #node: string;
  readonly #owed: Owed;
  readonly #numbers: Numbers;

  constructor(db: AccountsDatabase, now_ms: () => number, node: string, owed: Owed, numbers: Numbers) {
    this.#db = db;
    this.#now_ms = now_ms;
    this.#node = node;
    this.#owed = owed;
    this.#numbers = numbers;
  }

  async create(operation_id: number, input: NewImport, { mapping, replaces }: Placing): Promise<NumberedJob> {
    const now = this.#now_ms();
    const placed = await this.#numbers.import(operation_id, mapping, replaces);
    const row: ImportRow = {
      id: orderedId(now),
      operation_id,
      node: this.#node,
      ...input,
      campaign_id: input.campaign_id ?? 0,
      state: 'running',
      reason: null,
      counts: JSON.stringify(NO_COUNTS),
      created_at_ms: now,
      updated_at_ms: now,
      ...placed,
    };
    await this.#db.insertInto('imports').values(row).execute();
    return { ...jobOf(row), ...placed };
  }

  /**
   * Notes how far a job is and which lines it rejected since; both or neither.
   *
   * @throws ImportTakenOver when it is over already, or another node's
   */
  async progress(
    job: ImportJob,
    progress: Pick<ImportJob, 'state' | 'reason' | 'counts'>,
    rejects: readonly Reject[],
  ): Promise<ImportJob> {
    const changed = { ...job, ...progress, updated_at_ms: this.#now_ms() };
    const { state, reason, counts, updated_at_ms } = changed;
    await this.#db.transaction().execute(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('imports')
        .set({ state, reason, counts: JSON.stringify(counts), updated_at_ms })
        .where('id', '=', job.id)
        .where('node', '=', this.#node)
        .where('state', '=', 'running')
        .executeTakeFirst();
      if (numUpdatedRows === 0n) throw new ImportTakenOver(`import ${job.id} is over`);
      for (let at = 0; at < rejects.length; at += INSERT_ROWS) {
        const rows = rejects.slice(at, at + INSERT_ROWS).map((reject) => ({ import_id: job.id, ...reject }));
        // A try that seemed to fail may have stored these lines after all: the next one brings the same lines.
        await tx
          .insertInto('import_rejects')
          .values(rows)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
    });
    return changed;
  }

  /** Notes that a job failed, now or, where that fails too, later. Never rejects. */
  async fail(
    job: ImportJob,
    progress: Pick<ImportJob, 'state' | 'reason' | 'counts'>,
    rejects: readonly Reject[],
  ): Promise<void> {
    const end = async () => {
      try {
        await this.progress(job, progress, rejects);
      } catch (error) {
        // Its end is noted already: by the node that took it over, or by a try that only seemed to fail.
        if (!(error instanceof ImportTakenOver)) throw error;
      }
    };
    const bytes = rejects.reduce((sum, { raw, reason }) => sum + 2 * (raw.length + reason.length), 0);
    await this.#owed.settle(`the end of import ${job.id}`, end, bytes);
  }

  /** @throws RecuentoError unknown-resource when the operation has no such import */
  async get(operation_id: number, id: string): Promise<ImportJob> {
    const row = await this.#db
      .selectFrom('imports')
      .selectAll()
      .where('operation_id', '=', operation_id)
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) throw unknownImport();
    return jobOf(row);
  }

  /** Newest first, older than the id `before` where that is given. */
  async list(operation_id: number, before: string | undefined, limit: number): Promise<ImportJob[]> {
    let query = this.#db.selectFrom('imports').selectAll().where('operation_id', '=', operation_id);
    if (before !== undefined) query = query.where('id', '<', before);
    return (await query.orderBy('id', 'desc').limit(limit).execute()).map(jobOf);
  }

  /** In the order of their lines, those after line `after`. */
  async rejects(import_id: string, after: number, limit: number): Promise<Reject[]> {
    const rows = await this.#db
      .selectFrom('import_rejects')
      .select(['line', 'reason', 'raw'])
      .where('import_id', '=', import_id)
      .where('line', '>', after)
      .orderBy('line')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ ...row, line: Number(row.line) }));
  }
}

/** Rows of one INSERT: four parameters each, well below SQLite's 32,766, and 2 MiB of text at most. */
const INSERT_ROWS = 500;

export const unknownImport = () => new RecuentoError('unknown-resource', { values: { resource: 'IMPORT' } });

/** The job in a row. */
export function jobOf(row: ImportRow): ImportJob {
  const { id, format, format_reason, time_zone, time_zone_from, state, reason } = row;
  return {
    id,
    format,
    format_reason,
    time_zone,
    time_zone_from,
    state,
    reason,
    campaign_id: Number(row.campaign_id) || null,
    number: row.number === null ? null : Number(row.number),
    generation: row.generation === null ? null : Number(row.generation),
    counts: { ...NO_COUNTS, ...JSON.parse(row.counts) },
    created_at_ms: Number(row.created_at_ms),
    updated_at_ms: Number(row.updated_at_ms),
  };
}
