import { Audit } from './audit.js';
import { CallClaims } from './call-claims.js';
import { Calls } from './calls.js';
import { Campaigns } from './campaigns.js';
import { DataVersions } from './data-versions.js';
import { Housekeeping, type Kept } from './housekeeping.js';
import { IdempotencyKeys } from './idempotency.js';
import { ImportUndos } from './import-undos.js';
import { Imports } from './imports.js';
import { migrateAccounts } from './migrate.js';
import { Numbers } from './numbers.js';
import { Operations } from './operations.js';
import { Owed, type Report } from './owed.js';
import type { AccountsStore } from './schema.js';
import { Tokens } from './tokens.js';

/** Everything that is known about operations, apart from their attempts. */
export interface Accounts {
  readonly operations: Operations;
  readonly tokens: Tokens;
  readonly campaigns: Campaigns;
  readonly calls: Calls;
  readonly callClaims: CallClaims;
  readonly idempotency: IdempotencyKeys;
  readonly dataVersions: DataVersions;
  readonly imports: Imports;
  readonly importUndos: ImportUndos;
  readonly numbers: Numbers;
  readonly audit: Audit;
  readonly housekeeping: Housekeeping;
  /** Rejects when the store can't be asked. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Over a database of either kind. `node` names this process among those that share the database; `report` is told of
 * what fails while nobody waits for it.
 */
export async function openAccounts(
  db: AccountsStore,
  now_ms: () => number,
  node: string,
  report: Report,
  kept: Kept,
): Promise<Accounts> {
  await migrateAccounts(db);
  const owed = new Owed(report);
  const numbers = new Numbers(db);
  const accounts: Accounts = {
    operations: new Operations(db, now_ms),
    tokens: new Tokens(db, now_ms),
    campaigns: new Campaigns(db, now_ms),
    calls: new Calls(db, now_ms, node, owed),
    callClaims: new CallClaims(db, now_ms),
    idempotency: new IdempotencyKeys(db, now_ms),
    dataVersions: new DataVersions(db),
    imports: new Imports(db, now_ms, node, owed, numbers),
    importUndos: new ImportUndos(db, now_ms),
    numbers,
    audit: new Audit(db),
    housekeeping: new Housekeeping(db, now_ms, report, kept),
    ping: async () => {
      await db.selectFrom('settings').select('name').limit(1).execute();
    },
    close: async () => {
      await accounts.housekeeping.close();
      await owed.close();
      await db.destroy();
    },
  };
  await accounts.calls.forgetOwnLeases();
  await accounts.imports.interruptOwn();
  await accounts.dataVersions.start();
  accounts.housekeeping.start();
  return accounts;
}
