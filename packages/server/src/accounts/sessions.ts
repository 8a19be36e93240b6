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

interface Kind {
  readonly table: 'sessions' | 'sign_in_links';
  readonly lives_ms: number;
  /** What its secrets begin with, so that none is taken for another. */
  readonly prefix: string;
}

/** Sign-ins: their secrets are in cookies. */
export const SESSIONS: Kind = { table: 'sessions', lives_ms: SESSION_LIMITS.lives_ms, prefix: '' };

/** What the secret of a link that signs in begins with. */
export const LINK_PREFIX = 'rcl_';

/** Links that sign in, once. */
export const SIGN_IN_LINKS: Kind = {
  table: 'sign_in_links',
  lives_ms: SESSION_LIMITS.link_lives_ms,
  prefix: LINK_PREFIX,
};

/** Sign-ins of the console, or links that sign in. Any node knows them. */
export class Sessions {
  readonly #db: AccountsStore;
  readonly #now_ms: () => number;
  readonly #kind: Kind;

  constructor(db: AccountsStore, now_ms: () => number, kind: Kind) {
    this.#db = db;
    this.#now_ms = now_ms;
    this.#kind = kind;
  }

  /** Where its owner has too many, the oldest ends. @returns the secret, which is kept only as its hash */
  async create(owner: SessionOwner): Promise<{ readonly secret: string; readonly session: Session }> {
    const secret = `${this.#kind.prefix}${randomBytes(32).toString('base64url')}`;
    const created_at_ms = this.#now_ms();
    const expires_at_ms = created_at_ms + this.#kind.lives_ms;
    const row: SessionRow = {
      secret_hash: hashSecret(secret),
      token_id: owner.kind === 'token' ? owner.token_id : null,
      administrator: owner.kind === 'administrator' ? owner.mark : null,
      created_at_ms,
      expires_at_ms,
    };
    await this.#db.insertInto(this.#kind.table).values(row).execute();
    await this.#endOldest(owner);
    return { secret, session: { owner, expires_at_ms } };
  }

  /** Undefined when there is none with this secret, or it has ended. */
  async find(secret: string): Promise<Session | undefined> {
    const row = await this.#db
      .selectFrom(this.#kind.table)
      .selectAll()
      .where('secret_hash', '=', hashSecret(secret))
      .where('expires_at_ms', '>', this.#now_ms())
      .executeTakeFirst();
    return row && sessionOf(row);
  }

  /** As `find`, and ends it: of two who ask at once, one gets it. */
  async take(secret: string): Promise<Session | undefined> {
    const row = await this.#db
      .deleteFrom(this.#kind.table)
      .where('secret_hash', '=', hashSecret(secret))
      .returningAll()
      .executeTakeFirst();
    return row && Number(row.expires_at_ms) > this.#now_ms() ? sessionOf(row) : undefined;
  }

  /** Takes effect at once, on every node. A session that is not there is no error. */
  async end(secret: string): Promise<void> {
    await this.#db.deleteFrom(this.#kind.table).where('secret_hash', '=', hashSecret(secret)).execute();
  }

  async #endOldest(owner: SessionOwner): Promise<void> {
    const [column, value] =
      owner.kind === 'token'
        ? (['token_id', owner.token_id] as const)
        : (['administrator', owner.mark] as const);
    const oldest = this.#db
      .selectFrom(this.#kind.table)
      .select('secret_hash')
      .where(column, '=', value)
      .orderBy('created_at_ms', 'desc')
      .orderBy('secret_hash')
      .limit(SESSION_LIMITS.each_owner);
    await this.#db
      .deleteFrom(this.#kind.table)
      .where(column, '=', value)
      .where('secret_hash', 'not in', oldest)
      .execute();
  }
}

function sessionOf({ token_id, administrator, expires_at_ms }: SessionRow): Session {
  const owner: SessionOwner =
    token_id === null ? { kind: 'administrator', mark: administrator ?? '' } : { kind: 'token', token_id };
  return { owner, expires_at_ms: Number(expires_at_ms) };
}
