import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { MAX_TOKENS, RecuentoError, SCOPES, type Scope } from '@recuento/contract';
import { holdOperation, type Operation, operationOf } from './operations.js';
import type { AccountsStore, TokenRow } from './schema.js';

/** What may be shown of a token. The secret itself is shown once, when it is made. */
export interface Token {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly created_at_ms: number;
  readonly expires_at_ms: number | null;
}

/** A token that was accepted, with the operation it belongs to. */
export interface TokenHolder {
  readonly token: Token;
  readonly operation: Operation;
}

/** Longer than any secret made here; what is longer is not worth hashing. */
const SECRET_MAX_CHARS = 256;

export class Tokens {
  readonly #db: AccountsStore;
  readonly #now_ms: () => number;

  constructor(db: AccountsStore, now_ms: () => number) {
    this.#db = db;
    this.#now_ms = now_ms;
  }

  /** @throws RecuentoError conflict, when the operation has as many live tokens as it may */
  async create(
    operation_id: number,
    input: { name: string; scopes: readonly Scope[]; expires_at_ms: number | null },
  ): Promise<{ token: Token; secret: string }> {
    const secret = `rct_${randomBytes(32).toString('base64url')}`;
    const row: TokenRow = {
      id: randomUUID(),
      operation_id,
      name: input.name,
      scopes: [...new Set(input.scopes)].join(','),
      secret_hash: hashSecret(secret),
      created_at_ms: this.#now_ms(),
      expires_at_ms: input.expires_at_ms,
      revoked_at_ms: null,
    };
    await this.#add(row);
    return { token: tokenOf(row), secret };
  }

  /** @throws RecuentoError conflict */
  async #add(row: TokenRow): Promise<void> {
    const { operation_id } = row;
    await this.#db.transaction().execute(async (tx) => {
      await holdOperation(tx, operation_id); // of two that are created at once at the limit, one is refused
      await tx.insertInto('tokens').values(row).execute();
      const { live } = await tx
        .selectFrom('tokens')
        .select((eb) => eb.fn.countAll().as('live'))
        .where('operation_id', '=', operation_id)
        .where('revoked_at_ms', 'is', null)
        .executeTakeFirstOrThrow();
      if (Number(live) <= MAX_TOKENS) return;
      const reason = `THE OPERATION HAS ${MAX_TOKENS} TOKENS: REVOKE ONE FIRST`;
      throw new RecuentoError('conflict', { values: { reason } });
    });
  }

  /**
   * The holder of a live token.
   *
   * @throws RecuentoError token-invalid when it is unknown, revoked or expired: the error does not say which
   */
  async authenticate(secret: string): Promise<TokenHolder> {
    if (secret.length > SECRET_MAX_CHARS) throw new RecuentoError('token-invalid');
    return this.#holder('secret_hash', hashSecret(secret));
  }

  /** The holder of a live token, by its id. @throws RecuentoError token-invalid */
  holderOf(id: string): Promise<TokenHolder> {
    return this.#holder('id', id);
  }

  async #holder(column: 'id' | 'secret_hash', value: string): Promise<TokenHolder> {
    const row = await this.#db
      .selectFrom('tokens')
      .innerJoin('operations', 'operations.id', 'tokens.operation_id')
      .selectAll('operations')
      .select([
        'tokens.id as token_id',
        'tokens.name as token_name',
        'tokens.scopes',
        'tokens.created_at_ms as token_created_at_ms',
        'tokens.expires_at_ms',
      ])
      .where(`tokens.${column}`, '=', value)
      .where('tokens.revoked_at_ms', 'is', null)
      .executeTakeFirst();
    if (!row || this.#isExpired(row)) throw new RecuentoError('token-invalid');
    const { token_id: id, token_name: name, token_created_at_ms: created_at_ms, scopes, expires_at_ms } = row;
    return {
      token: tokenOf({ id, name, scopes, created_at_ms, expires_at_ms }),
      operation: operationOf(row),
    };
  }

  /** Tokens that are not revoked, oldest first. */
  async list(operation_id: number): Promise<Token[]> {
    const rows = await this.#db
      .selectFrom('tokens')
      .selectAll()
      .where('operation_id', '=', operation_id)
      .where('revoked_at_ms', 'is', null)
      .orderBy('created_at_ms')
      .orderBy('id')
      .execute();
    return rows.map(tokenOf);
  }

  /**
   * Takes effect at once: the next request with the token is refused.
   *
   * @throws RecuentoError unknown-resource when the operation has no such token
   */
  async revoke(id: string, operation_id: number | undefined): Promise<void> {
    let update = this.#db
      .updateTable('tokens')
      .set({ revoked_at_ms: this.#now_ms() })
      .where('id', '=', id)
      .where('revoked_at_ms', 'is', null);
    if (operation_id !== undefined) update = update.where('operation_id', '=', operation_id);
    const { numUpdatedRows } = await update.executeTakeFirst();
    if (numUpdatedRows === 0n) throw new RecuentoError('unknown-resource', { values: { resource: 'TOKEN' } });
  }

  #isExpired(token: Pick<TokenRow, 'expires_at_ms'>): boolean {
    return token.expires_at_ms !== null && Number(token.expires_at_ms) <= this.#now_ms();
  }
}

/** SHA-256, hex. A look-up by hash also gives nothing away by how long it takes. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function tokenOf(row: Pick<TokenRow, keyof Token>): Token {
  const held = new Set(row.scopes.split(','));
  return {
    id: row.id,
    name: row.name,
    scopes: SCOPES.filter((scope) => held.has(scope)),
    created_at_ms: Number(row.created_at_ms),
    expires_at_ms: row.expires_at_ms === null ? null : Number(row.expires_at_ms),
  };
}
