import type { ImportState } from '@recuento/contract';
import type { Generated, Kysely } from 'kysely';

/**
 * Tables of the accounts store, as Kysely knows them. Only types and SQL that SQLite and PostgreSQL share; what one
 * of them needs for itself is in its own folder. Times are milliseconds since 1970 UTC, days are `YYYY-MM-DD` of
 * the operation's time zone.
 */
export interface AccountsSchema {
  settings: { name: string; value: string };
  operations: Omit<OperationRow, 'words' | 'numbering'> & {
    words: Generated<string>;
    numbering: Generated<string>;
  };
  tokens: TokenRow;
  campaigns: {
    operation_id: number;
    campaign_id: number;
    name: string | null;
    type: string | null;
    created_at_ms: number;
  };
  operation_usage: { operation_id: number; day: string; calls: number };
  token_usage: { token_id: string; day: string; calls: number };
  leases: { id: string; token_id: string; node: string; expires_at_ms: number };
  idempotency_keys: IdempotencyRow;
  data_versions: { operation_id: number; version: number };
  /** `hour`: hours since 1970 UTC. Campaign 0 is all of the operation's together. */
  hour_versions: { operation_id: number; campaign_id: number; hour: number; version: number };
  customer_versions: { operation_id: number; campaign_id: number; version: number };
  imports: ImportRow;
  /**
   * For each operation, the import whose turn it is to be taken back. If that import is not being taken back, nobody has the
   * turn.
   */
  undo_turns: { operation_id: number; import_id: string };
  import_rejects: { import_id: string; line: number; reason: string; raw: string };
  /** The last numbers that were given out. */
  numbers: { operation_id: number; delivery: number; import: number };
  generations: { operation_id: number; mapping: string; delivery: number };
  audit: AuditRow;
  call_claims: CallClaimRow;
  nodes: NodeRow;
  pending_deliveries: PendingDeliveryRow;
  hygiene_acts: HygieneActRow;
  hygiene_rules: HygieneRuleRow;
  webhooks: WebhookRow;
  sessions: SessionRow;
  sign_in_links: SessionRow;
}

export interface OperationRow {
  id: number;
  server: string;
  name: string;
  licences: number;
  time_zone: string;
  reply_code: string;
  reply_empty_status: number;
  /** JSON of the limits that differ from the defaults. */
  limits: string;
  created_at_ms: number;
  /** 1 when customers were ever added to it, else 0. */
  has_customers: number;
  /** JSON of the own words. */
  words: string;
  /** JSON of how telephones are written; `null` where that is not declared. */
  numbering: string;
}

export interface TokenRow {
  id: string;
  operation_id: number;
  name: string;
  /** Scopes, comma separated. */
  scopes: string;
  /** SHA-256 of the secret, hex. The secret has 256 random bits, so no slow hash is needed. */
  secret_hash: string;
  created_at_ms: number;
  expires_at_ms: number | null;
  revoked_at_ms: number | null;
}

export interface ImportRow {
  /** Ids sort by age. */
  id: string;
  operation_id: number;
  /** The node that runs it, or takes it back; '' is nobody, after a stop in order. */
  node: string;
  format: string;
  campaign_id: number;
  time_zone: string;
  time_zone_from: 'parameter' | 'operation';
  format_reason: string | null;
  state: ImportState;
  reason: string | null;
  /** JSON of ImportCounts. */
  counts: string;
  created_at_ms: number;
  updated_at_ms: number;
  /** The number that its rows carry; null for an import by an earlier version. */
  number: number | null;
  generation: number | null;
}

export interface AuditRow {
  /** Ids sort by age. */
  id: string;
  operation_id: number;
  at_ms: number;
  /** The token's id, or `admin`. */
  by: string;
  action: string;
  /** The id of what the action was done to; its kind depends on the action. */
  subject: string;
}

/** The time under which a call was taken in. A call that was dialed again hours later has another one. */
export interface CallClaimRow {
  operation_id: number;
  campaign_id: number;
  /**
   * The day of its time, in five digits, and 72 bits of the SHA-256 of what names the call, base64url: a text, as no number is
   * that exact in every driver. '' is no call: its row is locked while somebody claims calls of the campaign.
   */
  call: string;
  dialed_at_s: number;
  /** The import that claimed it; 0 for calls that come one by one. */
  import_number: number;
  claimed_at_ms: number;
}

interface IdempotencyRow {
  operation_id: number;
  key: string;
  /** SHA-256 of the body, hex. */
  fingerprint: string;
  received: number;
  /** The whole answer as JSON, where it says more than how many are stored. */
  answer: string | null;
  created_at_ms: number;
  /** The node that has it under way; null when it was answered. */
  node: string | null;
  /** Which of that node's uploads has it; null when it was answered. */
  claim: number | null;
}

/** A process that has the accounts open, or had and did not stop in order. */
interface NodeRow {
  /** A new one at each start. Ids sort by age. */
  id: string;
  /** For people: its machine and its process there. */
  name: string;
  /** Rises with each beat. */
  beats: number;
  started_at_ms: number;
}

/** Rows of attempts that are durable here until they are in the store. */
interface PendingDeliveryRow {
  /** Ids sort by age. */
  id: string;
  operation_id: number;
  /** The node that brings them to the store; '' is nobody, after a stop in order. */
  node: string;
  /** JSON of the numbers of the imports whose rows it has. */
  imports: string;
  bytes: number;
  created_at_ms: number;
  /** Why it is tried no more, for the person who has to look at it. */
  aside: string | null;
  rows: Buffer;
}

/** A receiver of an operation's events. */
export interface WebhookRow {
  /** Ids sort by age. */
  id: string;
  operation_id: number;
  url: string;
  /** What posts are signed with. A signature needs the secret itself, so it cannot be kept as a hash. */
  secret: string;
  /** Kinds of events, comma separated. */
  events: string;
  created_at_ms: number;
  /** The node that delivers; '' is nobody, after a stop in order. */
  node: string;
  /** JSON: up to where the receiver has each kind of events, as their source says it. */
  positions: string;
  /** Rises when there may be more to deliver. */
  asked: number;
  /** When to look for more, or to try again. */
  next_try_ms: number;
  /** The post that is under way or is repeated; null between two posts. */
  sending_event: string | null;
  sending_count: number | null;
  sending_since_ms: number | null;
  /** Tries in a row that failed. */
  failures: number;
  failing_since_ms: number | null;
  last_success_ms: number | null;
  last_failure_ms: number | null;
  last_failure: string | null;
  last_status: number | null;
}

interface HygieneRuleRow {
  /** Ids sort by age. */
  id: string;
  operation_id: number;
  /** JSON of the rule, its name included. */
  rule: string;
  created_at_ms: number;
  updated_at_ms: number;
}

/** An act of list hygiene: something that was done to the telephones of an operation at once. */
export interface HygieneActRow {
  operation_id: number;
  /** Rises by one with each act of the operation. */
  number: number;
  kind: HygieneActKind;
  reason: string;
  /** JSON of the rule that chose the telephones. */
  rule: string | null;
  /** The token's id, `admin`, or `recuento` where it came by itself. */
  by: string;
  at_ms: number;
  /** Until when its telephones are put aside; null is until somebody restores them, or each has a time of its own. */
  until_ms: number | null;
  /** 1 where that time ends it, 0 where the telephones are due for a re-test then. */
  ends: number;
  /** When telephones of it come up next, as far as is known; null is never. */
  due_ms: number | null;
  /** How many it changed. */
  telephones: number;
  state: HygieneActState;
  /** The node that makes it. */
  node: string;
}

export type HygieneActKind = 'quarantine' | 'restore' | 'retest';
/** `cleared` is dropped, and no row of it is left in the engine. */
type HygieneActState = 'begun' | 'done' | 'dropped' | 'cleared';

export type AccountsDatabase = Kysely<AccountsSchema>;

/** The accounts database, with commits that need not wait for the disk. */
export interface AccountsStore extends AccountsDatabase {
  /** The same database. What is committed here is seen by all at once, and is on disk later: `synced` says when. */
  readonly unsynced: AccountsDatabase;
  /** Resolves when everything that was committed before is on disk. @throws AccountsUnavailable */
  synced(): Promise<void>;
  /**
   * The same database, over connections that never wait for operations' work: for the beats that show that this process lives.
   * Absent where there is one connection for all.
   */
  readonly apart?: AccountsStore;
}

/** A sign-in of the console, or a link that signs in, of a token or of the administrator. */
export interface SessionRow {
  /** SHA-256 of the secret in the cookie or in the link, hex. */
  secret_hash: string;
  token_id: string | null;
  /** `AdminToken.mark` of then; null for a token's. */
  administrator: string | null;
  created_at_ms: number;
  expires_at_ms: number;
}
