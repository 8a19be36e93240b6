import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { AccountsDatabase } from './schema.js';
import { hashSecret } from './tokens.js';

const SETTING = 'admin_token_hash';

/** The administrator's token: it creates operations. Kept hashed; a configured one is never stored. */
export class AdminToken {
  readonly #hash: Buffer;

  private constructor(hash: string) {
    this.#hash = Buffer.from(hash, 'hex');
  }

  /**
   * The configured token, else the one of an earlier start, else a new one. `announce` gets a new one's secret:
   * the only time it can be read.
   */
  static async open(
    db: AccountsDatabase,
    configured: string | undefined,
    announce: (secret: string) => void,
  ): Promise<AdminToken> {
    if (configured !== undefined) return new AdminToken(hashSecret(configured));
    const kept = await db
      .selectFrom('settings')
      .select('value')
      .where('name', '=', SETTING)
      .executeTakeFirst();
    if (kept) return new AdminToken(kept.value);
    const secret = `rca_${randomBytes(32).toString('base64url')}`;
    const hash = hashSecret(secret);
    const made = await db
      .insertInto('settings')
      .values({ name: SETTING, value: hash })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    // Another node may have made one meanwhile, and has announced it.
    if (made.numInsertedOrUpdatedRows === 0n) return AdminToken.open(db, configured, announce);
    announce(secret);
    return new AdminToken(hash);
  }

  /** Tells this token from another, and nothing of it. A session of the administrator ends with the token. */
  get mark(): string {
    return hashSecret(`session of ${this.#hash.toString('hex')}`);
  }

  matches(secret: string): boolean {
    return timingSafeEqual(Buffer.from(hashSecret(secret), 'hex'), this.#hash);
  }
}
