import { type SqlBool, sql, type Transaction } from 'kysely';
import { raiseAll } from './data-versions.js';
import { passOverNumbers } from './numbers.js';
import type { AccountsDatabase, AccountsSchema } from './schema.js';

/** A node as it was seen: with its beats, or without any where something is of a node that is not in the table. */
export interface Sighting {
  readonly id: string;
  readonly beats: number | undefined;
}

/** What belongs to nobody, as a stop left it. */
export const NOBODY = '';

/** As the index `imports_under_way` has it, word for word: SQLite would not use it for a parameter. */
const IS_UNDER_WAY = sql<SqlBool>`state IN ('running', 'undoing')`;

/** Ids of whoever something belongs to that another node would have to end: nodes, dead or alive, and NOBODY. */
export async function owners(db: AccountsDatabase): Promise<string[]> {
  const rows = await db
    .selectFrom('leases')
    .select('node')
    .union((eb) => eb.selectFrom('imports').select('node').where(IS_UNDER_WAY))
    .union((eb) =>
      eb
        .selectFrom('idempotency_keys')
        .select((of) => of.ref('node').$notNull().as('node'))
        .where('node', 'is not', null),
    )
    .union((eb) => eb.selectFrom('pending_deliveries').select('node'))
    .execute();
  return rows.map(({ node }) => node);
}

/**
 * Ends what a dead node had under way, or makes it `me`'s: all of it, or nothing when the node gave a sign of life since it was
 * seen, or somebody else took it over. What the node itself still does is refused from then on, as everything of it is another's.
 *
 * @returns whether it was taken over
 */
export async function takeOver(
  db: AccountsDatabase,
  dead: Sighting,
  me: string,
  now_ms: number,
): Promise<boolean> {
  const { id } = dead;
  return db.transaction().execute(async (tx) => {
    if (!(await claimDeath(tx, dead))) return false;
    await oneAtATime(tx, me);
    await endOf(tx, id, now_ms);
    await handOver(tx, id, me);
    // What it brought may be visible without a version that rose.
    await passOverNumbers(tx);
    await raiseAll(tx);
    if (dead.beats === undefined) await tx.deleteFrom('nodes').where('id', '=', id).execute();
    return true;
  });
}

/** Behind a stop in order: what `me` did not end goes to NOBODY, and so to whoever looks next. */
export async function leave(db: AccountsDatabase, me: string, now_ms: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.deleteFrom('nodes').where('id', '=', me).execute();
    await endOf(tx, me, now_ms);
    await handOver(tx, me, NOBODY);
  });
}

/** Makes everything of NOBODY's `me`'s. @returns whether there was anything */
export async function takeLeft(db: AccountsDatabase, me: string): Promise<boolean> {
  return db.transaction().execute((tx) => handOver(tx, NOBODY, me));
}

/** Holds the node's row, so that it is nobody else's to take over, and no sign of life comes between. */
async function claimDeath(tx: Transaction<AccountsSchema>, { id, beats }: Sighting): Promise<boolean> {
  if (beats !== undefined) {
    const { numDeletedRows } = await tx
      .deleteFrom('nodes')
      .where('id', '=', id)
      .where('beats', '=', beats)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }
  const added = await tx
    .insertInto('nodes')
    .values({ id, name: 'gone', beats: -1, started_at_ms: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return added !== undefined;
}

/** Of two dead nodes' takeovers one waits for the other: each changes rows of all operations, in no certain order. */
async function oneAtATime(tx: Transaction<AccountsSchema>, me: string): Promise<void> {
  await tx
    .insertInto('settings')
    .values({ name: 'last_takeover_by', value: me })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: me }))
    .execute();
}

/** What ends with its node. */
async function endOf(tx: Transaction<AccountsSchema>, id: string, now_ms: number): Promise<void> {
  await tx.deleteFrom('leases').where('node', '=', id).execute();
  await tx.deleteFrom('idempotency_keys').where('node', '=', id).execute();
  await tx
    .updateTable('imports')
    .set({ state: 'interrupted', reason: 'the service was stopped', updated_at_ms: now_ms })
    .where('node', '=', id)
    .where('state', '=', 'running')
    .execute();
}

/** What another node goes on with. @returns whether there was anything */
async function handOver(tx: Transaction<AccountsSchema>, from: string, to: string): Promise<boolean> {
  const undos = await tx
    .updateTable('imports')
    .set({ node: to })
    .where('node', '=', from)
    .where('state', '=', 'undoing')
    .executeTakeFirst();
  const deliveries = await tx
    .updateTable('pending_deliveries')
    .set({ node: to })
    .where('node', '=', from)
    .executeTakeFirst();
  return undos.numUpdatedRows + deliveries.numUpdatedRows > 0n;
}
