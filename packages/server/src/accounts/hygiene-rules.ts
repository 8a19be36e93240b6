import { HYGIENE_LIMITS, RecuentoError, type Rule, ruleSchema } from '@recuento/contract';
import { holdOperation } from './operations.js';
import { orderedId } from './ordered-id.js';
import type { AccountsDatabase, AccountsSchema } from './schema.js';

/** A rule of list hygiene that an operation has of its own. */
export interface KeptRule {
  /** Ids sort by age. */
  readonly id: string;
  readonly rule: Rule;
  readonly created_at_ms: number;
  readonly updated_at_ms: number;
}

export class HygieneRules {
  readonly #db: AccountsDatabase;
  readonly #now_ms: () => number;

  constructor(db: AccountsDatabase, now_ms: () => number) {
    this.#db = db;
    this.#now_ms = now_ms;
  }

  /** @throws RecuentoError conflict, when the operation has as many rules as it may */
  async create(operation_id: number, rule: Rule): Promise<KeptRule> {
    const now_ms = this.#now_ms();
    const row = {
      id: orderedId(now_ms),
      operation_id,
      rule: JSON.stringify(rule),
      created_at_ms: now_ms,
      updated_at_ms: now_ms,
    };
    await this.#db.transaction().execute(async (tx) => {
      await holdOperation(tx, operation_id); // of two that are created at once at the limit, one is refused
      await tx.insertInto('hygiene_rules').values(row).execute();
      const { rules } = await tx
        .selectFrom('hygiene_rules')
        .select((eb) => eb.fn.countAll().as('rules'))
        .where('operation_id', '=', operation_id)
        .executeTakeFirstOrThrow();
      if (Number(rules) <= HYGIENE_LIMITS.rules_max) return;
      const reason = `THE OPERATION HAS ${HYGIENE_LIMITS.rules_max} RULES: DELETE ONE FIRST`;
      throw new RecuentoError('conflict', { values: { reason } });
    });
    return keptRule(row);
  }

  /** The oldest first, younger than the id `after` where that is given. */
  async list(operation_id: number, after: string | undefined, limit: number): Promise<KeptRule[]> {
    let query = this.#db.selectFrom('hygiene_rules').selectAll().where('operation_id', '=', operation_id);
    if (after !== undefined) query = query.where('id', '>', after);
    const rows = await query.orderBy('id').limit(limit).execute();
    return rows.map(keptRule);
  }

  /** @throws RecuentoError unknown-resource */
  async find(operation_id: number, id: string): Promise<KeptRule> {
    const row = await this.#db
      .selectFrom('hygiene_rules')
      .selectAll()
      .where('operation_id', '=', operation_id)
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) throw unknownRule();
    return keptRule(row);
  }

  /** Replaces the rule as a whole. @throws RecuentoError unknown-resource */
  async replace(operation_id: number, id: string, rule: Rule): Promise<KeptRule> {
    const row = await this.#db
      .updateTable('hygiene_rules')
      .set({ rule: JSON.stringify(rule), updated_at_ms: this.#now_ms() })
      .where('operation_id', '=', operation_id)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst();
    if (!row) throw unknownRule();
    return keptRule(row);
  }

  /** @throws RecuentoError unknown-resource */
  async delete(operation_id: number, id: string): Promise<void> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('hygiene_rules')
      .where('operation_id', '=', operation_id)
      .where('id', '=', id)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw unknownRule();
  }
}

function unknownRule(): RecuentoError {
  return new RecuentoError('unknown-resource', { values: { resource: 'RULE' } });
}

function keptRule(row: AccountsSchema['hygiene_rules']): KeptRule {
  return {
    id: row.id,
    rule: ruleSchema.parse(JSON.parse(row.rule)),
    created_at_ms: Number(row.created_at_ms),
    updated_at_ms: Number(row.updated_at_ms),
  };
}
