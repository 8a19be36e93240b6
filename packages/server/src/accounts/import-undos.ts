import { RecuentoError } from '@recuento/contract';
import { type ImportJob, jobOf, unknownImport } from './imports.js';
import { orderedId } from './ordered-id.js';
import type { AccountsDatabase } from './schema.js';

/** Imports that are taken back: which, and who wanted it. */
export class ImportUndos {
  readonly #db: AccountsDatabase;
  readonly #now_ms: () => number;

  constructor(db: AccountsDatabase, now_ms: () => number) {
    this.#db = db;
    this.#now_ms = now_ms;
  }

  /**
   * Notes that what an import brought is to be taken back, and who wants it. One that was taken back already is looked through
   * once more.
   *
   * @param by id of the token, or `admin`
   * @throws RecuentoError unknown-resource; conflict, while it runs and where its rows do not carry its number
   */
  async begin(operation_id: number, id: string, by: string): Promise<ImportJob> {
    return this.#db.transaction().execute(async (tx) => {
      // Held until the end: of two who take it back at once one does, and is noted.
      const row = await tx
        .updateTable('imports')
        .set({ id })
        .where('operation_id', '=', operation_id)
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst();
      if (!row) throw unknownImport();
      if (row.state === 'undoing') return jobOf(row);
      if (row.state === 'running') throw conflict('THE IMPORT IS RUNNING: TAKE IT BACK WHEN IT HAS ENDED');
      if (row.number === null) {
        throw conflict('THE IMPORT WAS MADE BY AN EARLIER VERSION, WHICH DID NOT KEEP WHAT IT BROUGHT APART');
      }
      const now = this.#now_ms();
      const undoing = { state: 'undoing' as const, updated_at_ms: now };
      await tx.updateTable('imports').set(undoing).where('id', '=', id).execute();
      // Once more finds what may have been left, and is no other deed.
      if (row.state === 'undone') return jobOf({ ...row, ...undoing });
      await tx
        .insertInto('audit')
        .values({ id: orderedId(now), operation_id, at_ms: now, by, action: 'import.undo', subject: id })
        .execute();
      return jobOf({ ...row, ...undoing });
    });
  }

  /** Those that are to be taken back, of all operations. */
  async begun(): Promise<{ readonly operation_id: number; readonly job: ImportJob }[]> {
    const rows = await this.#db.selectFrom('imports').selectAll().where('state', '=', 'undoing').execute();
    return rows.map((row) => ({ operation_id: row.operation_id, job: jobOf(row) }));
  }

  /** Notes that nothing of what it brought is left. */
  async end(id: string): Promise<void> {
    await this.#db
      .updateTable('imports')
      .set({ state: 'undone', updated_at_ms: this.#now_ms() })
      .where('id', '=', id)
      .execute();
  }
}

const conflict = (reason: string) => new RecuentoError('conflict', { values: { reason } });
