import { RecuentoError } from '@recuento/contract';
import type { Transaction } from 'kysely';
import { type ImportJob, jobOf, unknownImport } from './imports.js';
import { holdOperation } from './operations.js';
import { orderedId } from './ordered-id.js';
import type { AccountsDatabase, AccountsSchema, ImportRow } from './schema.js';

/** An import that is being taken back. */
export interface BegunUndo {
  readonly operation_id: number;
  readonly job: ImportJob;
}

/** Imports that are taken back: which, by which node, and who asked for it. */
export class ImportUndos {
  readonly #db: AccountsDatabase;
  readonly #now_ms: () => number;
  readonly #node: string;

  constructor(db: AccountsDatabase, now_ms: () => number, node: string) {
    this.#db = db;
    this.#now_ms = now_ms;
    this.#node = node;
  }

  /**
   * Notes that an import is to be taken back, and who asked for it. This node does it, unless another one does so already. An
   * import that was taken back before is searched once more.
   *
   * @param by id of the token, or `admin`
   * @returns the job, and whether it is this node that has to take it back
   * @throws RecuentoError unknown-resource; conflict, while it runs and where its rows do not carry its number
   */
  async begin(
    operation_id: number,
    id: string,
    by: string,
  ): Promise<{ readonly job: ImportJob; readonly is_own: boolean }> {
    const row = await this.#db.transaction().execute(async (tx) => {
      for (;;) {
        const seen = await undoable(tx, operation_id, id);
        const begun = seen.state === 'undoing' ? seen : await this.#take(tx, seen, by);
        if (begun) return begun;
        // Another node changed it between the read and the write: read again.
      }
    });
    return { job: jobOf(row), is_own: row.state === 'undoing' && row.node === this.#node };
  }

  /** @returns the row as it is then; undefined when it is in another state by now */
  async #take(tx: Transaction<AccountsSchema>, row: ImportRow, by: string): Promise<ImportRow | undefined> {
    const now = Math.max(this.#now_ms(), Number(row.updated_at_ms) + 1);
    const { id, operation_id } = row;
    const undoing = { state: 'undoing' as const, node: this.#node, updated_at_ms: now };
    const { numUpdatedRows } = await tx
      .updateTable('imports')
      .set(undoing)
      .where('id', '=', id)
      .where('state', '=', row.state)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return undefined;
    // A repeated undo only searches for what may have been left: for the audit it is no new action.
    if (row.state !== 'undone') {
      await tx
        .insertInto('audit')
        .values({ id: orderedId(now), operation_id, at_ms: now, by, action: 'import.undo', subject: id })
        .execute();
    }
    return { ...row, ...undoing };
  }

  /**
   * Begins undos again because more rows of their imports have reached the store. This is for imports that were taken back, or
   * are being taken back by any node; from now on the undo is this node's. Imports that nobody took back stay as they are.
   *
   * @param import_numbers as their rows carry them
   * @returns the undos that this node has to do
   */
  async again(operation_id: number, import_numbers: readonly number[]): Promise<BegunUndo[]> {
    const now = this.#now_ms();
    const begun: BegunUndo[] = [];
    for (let at = 0; at < import_numbers.length; at += NUMBERS_AT_ONCE) {
      const rows = await this.#db
        .updateTable('imports')
        .set((eb) => ({
          state: 'undoing',
          node: this.#node,
          updated_at_ms: eb
            .case()
            .when('updated_at_ms', '>=', now)
            .then(eb('updated_at_ms', '+', 1))
            .else(now)
            .end(),
        }))
        .where('operation_id', '=', operation_id)
        .where('number', 'in', import_numbers.slice(at, at + NUMBERS_AT_ONCE))
        .where('state', 'in', ['undoing', 'undone'])
        .returningAll()
        .execute();
      for (const row of rows) begun.push({ operation_id, job: jobOf(row) });
    }
    return begun;
  }

  /**
   * Only one import of an operation is taken back at a time, by whichever node. An undo may put rows of another import in the
   * place of its own: if that import was being taken back too, its rows would come back. An import has the turn until it is
   * undone, also if its node dies meanwhile.
   *
   * @returns whether this import has the turn now
   */
  takeTurn({ operation_id, job: { id } }: BegunUndo): Promise<boolean> {
    return this.#db.transaction().execute(async (tx) => {
      await holdOperation(tx, operation_id);
      const other = await tx
        .selectFrom('undo_turns')
        .innerJoin('imports', 'imports.id', 'undo_turns.import_id')
        .select('imports.id')
        .where('undo_turns.operation_id', '=', operation_id)
        .where('imports.id', '!=', id)
        .where('imports.state', '=', 'undoing')
        .executeTakeFirst();
      if (other) return false;
      await tx
        .insertInto('undo_turns')
        .values({ operation_id, import_id: id })
        .onConflict((conflict) => conflict.column('operation_id').doUpdateSet({ import_id: id }))
        .execute();
      return true;
    });
  }

  /** Whether this node still has to take the import back. */
  async isOwn({ id }: ImportJob): Promise<boolean> {
    const own = await this.#db
      .selectFrom('imports')
      .select('id')
      .where('id', '=', id)
      .where('node', '=', this.#node)
      .where('state', '=', 'undoing')
      .executeTakeFirst();
    return own !== undefined;
  }

  /** The imports that this node has to take back, of all operations. */
  async begun(): Promise<BegunUndo[]> {
    const rows = await this.#db
      .selectFrom('imports')
      .selectAll()
      .where('state', '=', 'undoing')
      .where('node', '=', this.#node)
      .execute();
    return rows.map((row) => ({ operation_id: row.operation_id, job: jobOf(row) }));
  }

  /**
   * Notes that nothing of the import is left. It does nothing where the undo was begun again since, or is another node's by now:
   * then its new owner has to note it.
   *
   * @param job as it was begun, or begun again: its `updated_at_ms` tells which
   */
  async end({ id, updated_at_ms }: ImportJob): Promise<void> {
    await this.#db
      .updateTable('imports')
      // The time never goes back, or an undo that is begun later could have the same one.
      .set({ state: 'undone', updated_at_ms: Math.max(this.#now_ms(), updated_at_ms) })
      .where('id', '=', id)
      .where('node', '=', this.#node)
      .where('state', '=', 'undoing')
      .where('updated_at_ms', '=', updated_at_ms)
      .execute();
  }
}

/** Parameters of one statement: far fewer than either database takes. */
const NUMBERS_AT_ONCE = 500;

/** @throws RecuentoError unknown-resource, conflict */
async function undoable(
  tx: Transaction<AccountsSchema>,
  operation_id: number,
  id: string,
): Promise<ImportRow> {
  const row = await tx
    .selectFrom('imports')
    .selectAll()
    .where('operation_id', '=', operation_id)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw unknownImport();
  if (row.state === 'running') throw conflict('THE IMPORT IS RUNNING: TAKE IT BACK WHEN IT HAS ENDED');
  if (row.number === null) {
    throw conflict('THE IMPORT WAS MADE BY AN EARLIER VERSION, WHICH DID NOT MARK THE ROWS OF EACH IMPORT');
  }
  return row;
}

const conflict = (reason: string) => new RecuentoError('conflict', { values: { reason } });
