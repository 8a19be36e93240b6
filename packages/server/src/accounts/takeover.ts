import { type SqlBool, sql, type Transaction } from 'kysely';
import { raiseAll } from './data-versions.js';
import { passOverNumbers } from './numbers.js';
import type { AccountsDatabase, AccountsSchema } from './schema.js';

/** A node as it was seen. `beats` is undefined for an id that owns something and is not in the table. */
export interface Sighting {
  readonly id: string;
  readonly beats: number | undefined;
}

/** The owner of what a stop in order left unfinished. */
export const NOBODY = '';

/** Word for word as in the index `imports_under_way`: SQLite would not use the index for a parameter. */
const IS_UNDER_WAY = sql<SqlBool>`state IN ('running', 'undoing')`;

/** Word for word as in the index `hygiene_acts_under_way`. */
const IS_BEGUN = sql<SqlBool>`state = 'begun'`;

/** Ids that own something which another node would have to end or go on with: nodes, dead or alive, and NOBODY. */
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
    .union((eb) => eb.selectFrom('webhooks').select('node'))
    .union((eb) => eb.selectFrom('hygiene_acts').select('node').where(IS_BEGUN))
    .execute();
  return rows.map(({ node }) => node);
}

/**
 * Ends what a dead node had under way, or hands it to `me`. Does nothing when the node has beaten since it was seen, or somebody
 * else took it over. What the node itself still tries is refused from then on, as it owns nothing any more.
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
    // What it brought may be visible although no version has risen.
    await passOverNumbers(tx);
    await raiseAll(tx);
    if (dead.beats === undefined) await tx.deleteFrom('nodes').where('id', '=', id).execute();
    return true;
  });
}

/** After a stop in order: what `me` did not finish goes to NOBODY, and so to the node that looks next. */
export async function leave(db: AccountsDatabase, me: string, now_ms: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.deleteFrom('nodes').where('id', '=', me).execute();
    await endOf(tx, me, now_ms);
    await handOver(tx, me, NOBODY);
  });
}

/** Hands everything of NOBODY to `me`. @returns whether there was anything */
export async function takeLeft(db: AccountsDatabase, me: string): Promise<boolean> {
  return db.transaction().execute((tx) => handOver(tx, NOBODY, me));
}

/**
 * Deletes the dead node's row, or adds one for an id without a row. So nobody else can take it over, and no beat comes in
 * between.
 */
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

/** Makes takeovers wait for each other: each changes rows of all operations, in no fixed order. */
async function oneAtATime(tx: Transaction<AccountsSchema>, me: string): Promise<void> {
  await tx
    .insertInto('settings')
    .values({ name: 'last_takeover_by', value: me })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: me }))
    .execute();
}

/**
 * Ends what ends with its node: slots, keys under way, running imports, and acts of list hygiene that nobody was told of.
 */
async function endOf(tx: Transaction<AccountsSchema>, id: string, now_ms: number): Promise<void> {
  await tx.deleteFrom('leases').where('node', '=', id).execute();
  await tx.deleteFrom('idempotency_keys').where('node', '=', id).execute();
  await tx
    .updateTable('imports')
    .set({ state: 'interrupted', reason: 'the service was stopped', updated_at_ms: now_ms })
    .where('node', '=', id)
    .where('state', '=', 'running')
    .execute();
  await tx
    .updateTable('hygiene_acts')
    .set({ state: 'dropped' })
    .where('node', '=', id)
    .where(IS_BEGUN)
    .execute();
}

/**
 * Hands over what another node goes on with: undos, deliveries and webhooks.
 *
 * @returns whether there was an undo or a delivery; webhooks are looked for all the time
 */
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
  await tx.updateTable('webhooks').set({ node: to }).where('node', '=', from).execute();
  return undos.numUpdatedRows + deliveries.numUpdatedRows > 0n;
}
