import { randomBytes } from 'node:crypto';
import { SESSION_LIMITS } from '@recuento/contract';
import type { AccountsStore, SessionRow } from './schema.js';
import { hashSecret } from './tokens.js';

/** Whose a session is: a token's, or the administrator's with the token of then (`AdminToken.mark`). */
export type SessionOwner =
  | { readonly kind: 'token'; readonly token_id: string }
  | { readonly kind: 'administrator'; readonly mark: string };

export interface Session {
  readonly owner: SessionOwner;
  readonly expires_at_ms: number;
}

/** Sign-ins of the console. Any node knows them. */
export class Sessions {
  readonly #db: AccountsStore;
  readonly #now_ms: () => number;

  constructor(db: AccountsStore, now_ms: () => number) {
    this.#db = db;
    this.#now_ms = now_ms;
  }

  /** Where its owner has too many, the oldest ends. @returns the secret, which is kept only as its hash */
  async create(owner: SessionOwner): Promise<{ readonly secret: string; readonly session: Session }> {
    const secret = randomBytes(32).toString('base64url');
    const created_at_ms = this.#now_ms();
    const expires_at_ms = created_at_ms + SESSION_LIMITS.lives_ms;
    const row: SessionRow = {
      secret_hash: hashSecret(secret),
      token_id: owner.kind === 'token' ? owner.token_id : null,
      administrator: owner.kind === 'administrator' ? owner.mark : null,
      created_at_ms,
      expires_at_ms,
    };
    await this.#db.insertInto('sessions').values(row).execute();
    await this.#endOldest(owner);
    return { secret, session: { owner, expires_at_ms } };
  }

  /** Undefined when there is none with this secret, or it has ended. */
  async find(secret: string): Promise<Session | undefined> {
    const row = await this.#db
      .selectFrom('sessions')
      .selectAll()
      .where('secret_hash', '=', hashSecret(secret))
      .where('expires_at_ms', '>', this.#now_ms())
      .executeTakeFirst();
    if (!row) return undefined;
    const expires_at_ms = Number(row.expires_at_ms);
    if (row.token_id !== null) return { owner: { kind: 'token', token_id: row.token_id }, expires_at_ms };
    return { owner: { kind: 'administrator', mark: row.administrator ?? '' }, expires_at_ms };
  }

  /** Takes effect at once, on every node. A session that is not there is no error. */
  async end(secret: string): Promise<void> {
    await this.#db.deleteFrom('sessions').where('secret_hash', '=', hashSecret(secret)).execute();
  }

  async #endOldest(owner: SessionOwner): Promise<void> {
    const [column, value] =
      owner.kind === 'token'
        ? (['token_id', owner.token_id] as const)
        : (['administrator', owner.mark] as const);
    const oldest = this.#db
      .selectFrom('sessions')
      .select('secret_hash')
      .where(column, '=', value)
      .orderBy('created_at_ms', 'desc')
      .orderBy('secret_hash')
      .limit(SESSION_LIMITS.each_owner);
    await this.#db
      .deleteFrom('sessions')
      .where(column, '=', value)
      .where('secret_hash', 'not in', oldest)
      .execute();
  }
}
