import type { Logger } from 'pino';
import type { Accounts } from '../accounts/accounts.js';
import type { AdminToken } from '../accounts/admin-token.js';
import type { Admission } from '../admission/admission.js';
import type { KeptReplies } from '../admission/kept-replies.js';
import type { Engine } from '../attempts/engine/engine.js';
import type { TimeZones } from '../attempts/engine/time-zones.js';
import type { Disk } from '../disk/no-disk.js';
import type { KeptKnowledge } from '../hygiene/knowledge/kept-knowledge.js';
import type { Quarantine } from '../hygiene/quarantine/quarantine.js';
import type { CampaignRecords } from '../hygiene/quarantine/records/records.js';
import type { Retests } from '../hygiene/quarantine/retests.js';
import type { KeptWatches } from '../hygiene/watch/kept-watches.js';
import type { WebhookDeliverer } from '../hygiene/webhooks/webhook-deliverer.js';
import type { Trunks } from '../imports/evidence/trunks.js';
import type { CustomerUploads } from '../ingest/customer-uploads.js';
import type { Uploads } from '../ingest/uploads.js';
import type { FoundTelephones } from '../reports/tables/sorted-telephones.js';
import type { EncodedBody } from './compress.js';
import type { TwilioAuthTokens } from './v1/twilio-auth-tokens.js';

/** Everything that the HTTP server needs from the rest of the service. */
export interface Services {
  readonly engine: Engine;
  /** Free space of the disk, and whether it can be written. */
  readonly disk: Disk;
  readonly time_zones: TimeZones;
  readonly accounts: Accounts;
  readonly admin: AdminToken;
  readonly uploads: Uploads;
  readonly customers: CustomerUploads;
  readonly webhooks: WebhookDeliverer;
  readonly quarantine: Quarantine;
  /** Removes customers of campaigns from dialing, and recalls them. */
  readonly campaign_records: CampaignRecords;
  /** Lets telephones that are put aside come up again, by itself. */
  readonly retests: Retests;
  /** The declarations about trunks in the configuration. */
  readonly trunks: Trunks;
  readonly twilio_auth_tokens: TwilioAuthTokens;
  /**
   * The address of the service as seen from outside, without a trailing slash; undefined: the address that the request
   * was sent to.
   */
  readonly public_url: string | undefined;
  /** Decides which requests are let in, wait, or are told to come back later. */
  readonly admission: Admission;
  /** Replies that may be sent again while the data that they depend on are unchanged. */
  readonly kept_replies: KeptReplies<EncodedBody>;
  /** Sorted telephones of tables, kept while the data that they depend on are unchanged. */
  readonly kept_telephones: KeptReplies<FoundTelephones>;
  /** What operations' attempts say of their trunks and lines as a whole. */
  readonly knowledge: KeptKnowledge;
  /** What is unusual in operations. */
  readonly watches: KeptWatches;
  readonly log: Logger;
  readonly now_ms: () => number;
  /** Value of `Access-Control-Allow-Origin` for the documented API. */
  readonly allow_origin: string;
}
