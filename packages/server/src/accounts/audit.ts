import type { AccountsDatabase, AuditRow } from './schema.js';

/** What was done to an operation's data and cannot be seen in the data themselves. Entries are never changed or deleted. */
export class Audit {
  readonly #db: AccountsDatabase;

  constructor(db: AccountsDatabase) {
    this.#db = db;
  }

  /** Newest first, older than the id `before` where that is given. */
  async list(operation_id: number, before: string | undefined, limit: number): Promise<AuditRow[]> {
    let query = this.#db.selectFrom('audit').selectAll().where('operation_id', '=', operation_id);
    if (before !== undefined) query = query.where('id', '<', before);
    const rows = await query.orderBy('id', 'desc').limit(limit).execute();
    return rows.map((row) => ({ ...row, at_ms: Number(row.at_ms) }));
  }
}
