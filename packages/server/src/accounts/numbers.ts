import type { Transaction } from 'kysely';
import type { AccountsDatabase, AccountsSchema } from './schema.js';

/**
 * Delivery numbers begin above this, so that all have 16 digits: enough for ten thousand a second for 28,000 years. Attempts that
 * an earlier version stored have this very number.
 */
export const FIRST_DELIVERY = 10 ** 15;
/**
 * More numbers than can have been given out and used elsewhere in one sync of the disk: a power cut takes those back here, and no
 * number may be given out twice.
 */
const PASSED_OVER_AT_A_START = 10 ** 8;
const FLOOR = 'delivery_floor';

/**
 * The numbers that say which of two deliveries of an operation came later, whichever process took them in: they are given
 * out here, one after another. Imports are numbered here too, and so are the generations that they belong to.
 */
export class Numbers {
  readonly #db: AccountsDatabase;

  constructor(db: AccountsDatabase) {
    this.#db = db;
  }

  /**
   * The first of `count` numbers in a row, all of them above those that were given out before.
   *
   * @throws AccountsUnavailable
   */
  async deliveries(operation_id: number, count = 1): Promise<number> {
    return (await nextDelivery(this.#db, operation_id, count)) - count + 1;
  }

  /**
   * An import's number, and the generation of what it brings.
   *
   * @param mapping what was declared about how to read the file; '' is nothing. Each mapping has a generation of its own.
   * @param replaces begins a new generation of that mapping, which this import and later ones belong to
   */
  async import(
    operation_id: number,
    mapping: string,
    replaces: boolean,
  ): Promise<{ readonly number: number; readonly generation: number }> {
    return this.#db.transaction().execute(async (tx) => {
      const generation = await generationIn(tx, operation_id, mapping, replaces);
      const row = await tx
        .updateTable('numbers')
        .set((eb) => ({ import: eb('import', '+', 1) }))
        .where('operation_id', '=', operation_id)
        .returning('import')
        .executeTakeFirstOrThrow();
      return { number: Number(row.import), generation };
    });
  }

  /** The generation of attempts that come call by call. */
  async generation(operation_id: number, mapping: string): Promise<number> {
    const known = await this.#db
      .selectFrom('generations')
      .select('delivery')
      .where('operation_id', '=', operation_id)
      .where('mapping', '=', mapping)
      .executeTakeFirst();
    if (known) return Number(known.delivery);
    return this.#db.transaction().execute((tx) => generationIn(tx, operation_id, mapping, false));
  }

  /** Once, for a store that numbered its deliveries by the clock: numbers given out from now on are above `highest`. */
  async beginAbove(highest: bigint): Promise<void> {
    const value = String(highest);
    await this.#db
      .insertInto('settings')
      .values({ name: FLOOR, value })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  /** Whether it is known where the numbers begin. */
  async haveBegun(): Promise<boolean> {
    const row = await this.#db
      .selectFrom('settings')
      .select('name')
      .where('name', '=', FLOOR)
      .executeTakeFirst();
    return row !== undefined;
  }
}

/** Goes on well above the last numbers: after a kill, some of those given out may be in use elsewhere and forgotten here. */
export async function passOverNumbers(tx: Transaction<AccountsSchema>): Promise<void> {
  await tx
    .updateTable('numbers')
    .set((eb) => ({ delivery: eb('delivery', '+', PASSED_OVER_AT_A_START) }))
    .execute();
}

/** @returns the last of `count` numbers */
async function nextDelivery(db: AccountsDatabase, operation_id: number, count: number): Promise<number> {
  const risen = await db
    .updateTable('numbers')
    .set((eb) => ({ delivery: eb('delivery', '+', count) }))
    .where('operation_id', '=', operation_id)
    .returning('delivery')
    .executeTakeFirst();
  if (risen) return Number(risen.delivery);
  await begin(db, operation_id);
  return nextDelivery(db, operation_id, count);
}

async function begin(db: AccountsDatabase, operation_id: number): Promise<void> {
  const floor = await db.selectFrom('settings').select('value').where('name', '=', FLOOR).executeTakeFirst();
  const delivery = Math.max(FIRST_DELIVERY, Number(floor?.value ?? 0));
  await db
    .insertInto('numbers')
    .values({ operation_id, delivery, import: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function generationIn(
  tx: Transaction<AccountsSchema>,
  operation_id: number,
  mapping: string,
  replaces: boolean,
): Promise<number> {
  // Also where the generation is known: this makes sure of the row from which the import's own number is taken.
  const delivery = await nextDelivery(tx, operation_id, 1);
  const added = tx.insertInto('generations').values({ operation_id, mapping, delivery });
  const columns = ['operation_id', 'mapping'] as const;
  await (replaces
    ? added.onConflict((conflict) => conflict.columns(columns).doUpdateSet({ delivery }))
    : added.onConflict((conflict) => conflict.doNothing())
  ).execute();
  await forgetOldest(tx, operation_id, mapping);
  const row = await tx
    .selectFrom('generations')
    .select('delivery')
    .where('operation_id', '=', operation_id)
    .where('mapping', '=', mapping)
    .executeTakeFirstOrThrow();
  return Number(row.delivery);
}

/**
 * Mappings that an operation may have: more than anybody declares. An import with a mapping that was forgotten begins a new
 * generation.
 */
const MAPPINGS_MAX = 1_000;

/** @param kept the mapping that is never forgotten */
async function forgetOldest(
  tx: Transaction<AccountsSchema>,
  operation_id: number,
  kept: string,
): Promise<void> {
  const oldest = await tx
    .selectFrom('generations')
    .select('delivery')
    .where('operation_id', '=', operation_id)
    .where('mapping', '!=', '') // imports that declare nothing
    .orderBy('delivery', 'desc')
    .offset(MAPPINGS_MAX)
    .limit(1)
    .executeTakeFirst();
  if (!oldest) return;
  await tx
    .deleteFrom('generations')
    .where('operation_id', '=', operation_id)
    .where('delivery', '<=', oldest.delivery)
    .where('mapping', 'not in', ['', kept])
    .execute();
}
