import {
  changedWords,
  DEFAULT_LIMITS,
  type NewOperation,
  type Numbering,
  type OperationLimits,
  type OperationPatch,
  OWN_WORDS_MAX,
  type OwnWord,
  type OwnWordChange,
  RecuentoError,
  type ReplyProfile,
} from '@recuento/contract';
import { sql, type Transaction } from 'kysely';
import type { AccountsDatabase, AccountsSchema, OperationRow } from './schema.js';

/** One contact-centre account. `limits` are complete: what was not set for it is the default. */
export interface Operation {
  readonly id: number;
  readonly server: string;
  readonly name: string;
  readonly licences: number;
  readonly time_zone: string;
  readonly reply_profile: ReplyProfile;
  readonly limits: OperationLimits;
  /** Whether customers were ever added to its campaigns. */
  readonly has_customers: boolean;
  /** Its own words: results as its dialers name them, where the tables of `outcomes/` say something else or nothing. */
  readonly words: readonly OwnWord[];
  /** How its telephones are written; null where that is not declared. */
  readonly numbering: Numbering | null;
}

export class Operations {
  readonly #db: AccountsDatabase;
  readonly #now_ms: () => number;

  constructor(db: AccountsDatabase, now_ms: () => number) {
    this.#db = db;
    this.#now_ms = now_ms;
  }

  /** @throws RecuentoError conflict, when the server code is taken */
  async create(input: NewOperation): Promise<Operation> {
    return this.#db.transaction().execute(async (tx) => {
      await holdCreation(tx);
      const taken = await rowOf(tx, input.server);
      if (taken)
        throw new RecuentoError('conflict', { values: { reason: `OPERATION ${taken.server} EXISTS` } });
      const { id } = await tx
        .selectFrom('operations')
        // Operations are never deleted, so the next number is free.
        .select((eb) => eb.fn.coalesce(eb.fn.max('id'), eb.lit(0)).as('id'))
        .executeTakeFirstOrThrow();
      const row: OperationRow = {
        id: Number(id) + 1,
        server: input.server,
        name: input.name,
        licences: input.licences,
        time_zone: input.time_zone,
        reply_code: input.reply_profile.code,
        reply_empty_status: input.reply_profile.empty_status,
        limits: JSON.stringify(input.limits),
        created_at_ms: this.#now_ms(),
        has_customers: 0,
        words: JSON.stringify(input.words ?? []),
        numbering: JSON.stringify(input.numbering ?? null),
      };
      await tx.insertInto('operations').values(row).execute();
      return operationOf(row);
    });
  }

  /** @throws RecuentoError unknown-resource, invalid-records when it would have too many words */
  async change(server: string, patch: OperationPatch): Promise<Operation> {
    return this.#db.transaction().execute(async (tx) => {
      const found = await rowOf(tx, server);
      if (!found) throw unknownOperation();
      const row = await holdOperation(tx, found.id);
      const words = patch.words && changedWords(wordsOf(row), patch.words);
      if (words && words.length > OWN_WORDS_MAX) throw tooManyWords(words);
      const changed: OperationRow = {
        ...row,
        name: patch.name ?? row.name,
        licences: patch.licences ?? row.licences,
        time_zone: patch.time_zone ?? row.time_zone,
        reply_code: patch.reply_profile?.code ?? row.reply_code,
        reply_empty_status: patch.reply_profile?.empty_status ?? row.reply_empty_status,
        limits: JSON.stringify({ ...JSON.parse(row.limits), ...patch.limits }),
        words: words ? JSON.stringify(words) : row.words,
        numbering: patch.numbering === undefined ? row.numbering : JSON.stringify(patch.numbering),
      };
      // What is not changed here may have changed meanwhile.
      const { has_customers: _, ...settings } = changed;
      await tx.updateTable('operations').set(settings).where('id', '=', row.id).execute();
      return operationOf(changed);
    });
  }

  /**
   * Own words that came with an import or an upload: from now on they are the operation's.
   *
   * @returns all own words that it has then
   * @throws RecuentoError bad-parameter when they are too many
   */
  async keepWords(id: number, declared: readonly OwnWordChange[]): Promise<readonly OwnWord[]> {
    return this.#db.transaction().execute(async (tx) => {
      const row = await holdOperation(tx, id);
      const words = changedWords(wordsOf(row), declared);
      if (words.length > OWN_WORDS_MAX) {
        const form = `${OWN_WORDS_MAX} WORDS AT MOST, AND WITH THESE THE OPERATION WOULD HAVE ${words.length}`;
        throw new RecuentoError('bad-parameter', { values: { parameter: 'words', form } });
      }
      const text = JSON.stringify(words);
      if (text !== row.words) {
        await tx.updateTable('operations').set({ words: text }).where('id', '=', id).execute();
      }
      return words;
    });
  }

  /**
   * Renames the time zone of each operation to what `settle` returns for it: an earlier version took any spelling.
   *
   * @returns operations whose zone has no such name
   */
  async mendTimeZones(settle: (name: string) => string | undefined): Promise<Operation[]> {
    const lost: Operation[] = [];
    for (const operation of await this.list()) {
      const time_zone = settle(operation.time_zone);
      if (time_zone === undefined) lost.push(operation);
      else if (time_zone !== operation.time_zone) {
        await this.#db
          .updateTable('operations')
          .set({ time_zone })
          .where('id', '=', operation.id)
          .where('time_zone', '=', operation.time_zone) // another node may have given it one meanwhile
          .execute();
      }
    }
    return lost;
  }

  /** From now on its reports look for customers. */
  async rememberCustomers(id: number): Promise<void> {
    await this.#db.updateTable('operations').set({ has_customers: 1 }).where('id', '=', id).execute();
  }

  /** In the order of their server codes. */
  async list(): Promise<Operation[]> {
    const rows = await this.#db.selectFrom('operations').selectAll().execute();
    // Sorted here: a database may sort by the rules of a language, which is another order.
    return rows.map(operationOf).sort((a, b) => (a.server < b.server ? -1 : 1));
  }

  /** @throws RecuentoError unknown-resource */
  async byServer(server: string): Promise<Operation> {
    const row = await rowOf(this.#db, server);
    if (!row) throw unknownOperation();
    return operationOf(row);
  }

  /** The operation with a number that the service itself has kept. */
  async byId(id: number): Promise<Operation> {
    const query = this.#db.selectFrom('operations').selectAll().where('id', '=', id);
    return operationOf(await query.executeTakeFirstOrThrow());
  }
}

/**
 * Locks an operation until the transaction ends. Meanwhile nobody else who locks it changes its row, or what is counted for it.
 *
 * @returns its row as it is by now
 */
export function holdOperation(tx: Transaction<AccountsSchema>, id: number): Promise<OperationRow> {
  return tx
    .updateTable('operations')
    .set({ id })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Lets nobody else create an operation until the transaction ends. (There is no row yet that could be locked.) */
async function holdCreation(tx: Transaction<AccountsSchema>): Promise<void> {
  const row = { name: 'operations_created', value: '' };
  await tx
    .insertInto('settings')
    .values(row)
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: row.value }))
    .execute();
}

export function operationOf(row: OperationRow): Operation {
  const limits: Partial<OperationLimits> = JSON.parse(row.limits);
  return {
    id: row.id,
    server: row.server,
    name: row.name,
    licences: row.licences,
    time_zone: row.time_zone,
    reply_profile: {
      code: row.reply_code === 'string' ? 'string' : 'number',
      empty_status: row.reply_empty_status === 200 ? 200 : 404,
    },
    limits: { ...DEFAULT_LIMITS, ...limits },
    has_customers: row.has_customers !== 0,
    words: wordsOf(row),
    numbering: JSON.parse(row.numbering),
  };
}

function wordsOf({ words }: Pick<OperationRow, 'words'>): readonly OwnWord[] {
  return words === '[]' ? NO_WORDS : JSON.parse(words);
}

const NO_WORDS: readonly OwnWord[] = [];

function tooManyWords({ length }: readonly OwnWord[]): RecuentoError {
  const reason = `would be ${length}, and ${OWN_WORDS_MAX} is the limit`;
  return new RecuentoError('invalid-records', { values: { count: 1 }, faults: [{ field: 'words', reason }] });
}

/**
 * The operation of a server code. A number means the same without its leading zeros. Earlier versions took those for different
 * codes, so an exact match comes first.
 */
async function rowOf(db: AccountsDatabase, server: string): Promise<OperationRow | undefined> {
  const operations = db.selectFrom('operations').selectAll();
  const exact = await operations.where('server', '=', server).executeTakeFirst();
  if (exact || !/^\d+$/.test(server)) return exact;
  return operations
    .where(sql`ltrim(server, '0')`, '=', server.replace(/^0+/, ''))
    .orderBy('id')
    .executeTakeFirst();
}

function unknownOperation(): RecuentoError {
  return new RecuentoError('unknown-resource', { values: { resource: 'OPERATION' } });
}
