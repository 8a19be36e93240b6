import { Audit } from './audit.js';
import { CallClaims } from './call-claims.js';
import { Calls } from './calls.js';
import { Campaigns } from './campaigns.js';
import { DataVersions } from './data-versions.js';
import { Housekeeping, type Kept } from './housekeeping.js';
import { HygieneActs } from './hygiene-acts.js';
import { HygieneRules } from './hygiene-rules.js';
import { IdempotencyKeys } from './idempotency.js';
import { ImportUndos } from './import-undos.js';
import { Imports } from './imports.js';
import { migrateAccounts } from './migrate.js';
import { type NodeOptions, Nodes } from './nodes.js';
import { Numbers } from './numbers.js';
import { Operations } from './operations.js';
import { Owed, type Report } from './owed.js';
import { PendingDeliveries } from './pending-deliveries.js';
import type { AccountsStore } from './schema.js';
import { SESSIONS, Sessions, SIGN_IN_LINKS } from './sessions.js';
import { Tokens } from './tokens.js';
import { WebhookDeliveries } from './webhook-deliveries.js';
import { Webhooks } from './webhooks.js';

/** Everything that is known about operations, apart from their attempts. */
export interface Accounts {
  readonly operations: Operations;
  readonly tokens: Tokens;
  readonly sessions: Sessions;
  readonly signInLinks: Sessions;
  readonly campaigns: Campaigns;
  readonly calls: Calls;
  readonly callClaims: CallClaims;
  readonly idempotency: IdempotencyKeys;
  readonly dataVersions: DataVersions;
  readonly imports: Imports;
  readonly importUndos: ImportUndos;
  readonly hygieneActs: HygieneActs;
  readonly numbers: Numbers;
  readonly pendingDeliveries: PendingDeliveries;
  readonly webhooks: Webhooks;
  readonly webhookDeliveries: WebhookDeliveries;
  readonly nodes: Nodes;
  readonly audit: Audit;
  readonly hygieneRules: HygieneRules;
  readonly housekeeping: Housekeeping;
  /** Rejects when the store can't be asked. */
  ping(): Promise<void>;
  /**
   * Stops this node in order. To be called before `close`, when no call, upload, import or undo is under way any more. Without
   * it, or where versions are owed, the node ends like one that was killed.
   *
   * @throws AccountsUnavailable
   */
  stop(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the accounts over a database of either kind. This process becomes one of the nodes that share it.
 *
 * @param report called with failures that no caller waits for
 */
export async function openAccounts(
  db: AccountsStore,
  now_ms: () => number,
  options: NodeOptions,
  report: Report,
  kept: Kept,
): Promise<Accounts> {
  await migrateAccounts(db);
  // Connections of their own, where the database has such: however busy the operations are, the other nodes must not take this
  // node for dead, nor this node the database for unreachable.
  const apart = db.apart ?? db;
  const nodes = new Nodes(apart, now_ms, options, report);
  const owed = new Owed(report);
  const numbers = new Numbers(db);
  const accounts: Accounts = {
    operations: new Operations(db, now_ms),
    tokens: new Tokens(db, now_ms),
    sessions: new Sessions(db, now_ms, SESSIONS),
    signInLinks: new Sessions(db, now_ms, SIGN_IN_LINKS),
    campaigns: new Campaigns(db, now_ms),
    calls: new Calls(db, now_ms, nodes.id, owed),
    callClaims: new CallClaims(db, now_ms),
    idempotency: new IdempotencyKeys(db, now_ms, nodes.id, owed),
    dataVersions: new DataVersions(db),
    imports: new Imports(db, now_ms, nodes.id, owed, numbers),
    importUndos: new ImportUndos(db, now_ms, nodes.id),
    hygieneActs: new HygieneActs(db, now_ms, nodes.id, owed),
    numbers,
    pendingDeliveries: new PendingDeliveries(db, now_ms, nodes.id),
    webhooks: new Webhooks(db, now_ms, nodes.id),
    webhookDeliveries: new WebhookDeliveries(db, now_ms, nodes.id),
    nodes,
    audit: new Audit(db),
    hygieneRules: new HygieneRules(db, now_ms),
    housekeeping: new Housekeeping(db, now_ms, report, kept),
    ping: async () => {
      await apart.selectFrom('settings').select('name').limit(1).execute();
    },
    stop: async () => {
      await owed.close(); // the last work of this node
      if (!accounts.dataVersions.areOwed) await nodes.stop();
    },
    close: async () => {
      await nodes.close();
      await accounts.housekeeping.close();
      await owed.close();
      await db.destroy();
    },
  };
  await nodes.open();
  accounts.housekeeping.start();
  return accounts;
}
