import type { Logger } from 'pino';
import type { Accounts } from '../accounts/accounts.js';
import type { AdminToken } from '../accounts/admin-token.js';
import type { Admission } from '../admission/admission.js';
import type { KeptReplies } from '../admission/kept-replies.js';
import type { DoNotCallStore } from '../attempts/do-not-call.js';
import type { Engine } from '../attempts/engine/engine.js';
import type { TimeZones } from '../attempts/engine/time-zones.js';
import type { Disk } from '../disk/no-disk.js';
import type { Trunks } from '../imports/evidence/trunks.js';
import type { CustomerUploads } from '../ingest/customer-uploads.js';
import type { Uploads } from '../ingest/uploads.js';
import type { FoundTelephones } from '../reports/tables/sorted-telephones.js';
import type { EncodedBody } from './compress.js';
import type { TwilioAuthTokens } from './v1/twilio-auth-tokens.js';

/** What the HTTP face needs from the rest of the service. */
export interface Services {
  readonly engine: Engine;
  /** What is free of the disk, and whether it can be written. */
  readonly disk: Disk;
  readonly time_zones: TimeZones;
  readonly accounts: Accounts;
  readonly admin: AdminToken;
  readonly uploads: Uploads;
  readonly customers: CustomerUploads;
  readonly do_not_call: DoNotCallStore;
  /** What the configuration declares of trunks. */
  readonly trunks: Trunks;
  readonly twilio_auth_tokens: TwilioAuthTokens;
  /** What the service is called from outside, without a slash at its end; undefined is what a request says. */
  readonly public_url: string | undefined;
  /** Who is let in, waits, or is told to come again. */
  readonly admission: Admission;
  /** Replies that may be sent again while nothing has changed that they stand on. */
  readonly kept_replies: KeptReplies<EncodedBody>;
  /** Telephones of tables as they were sorted, while nothing has changed that they stand on. */
  readonly kept_telephones: KeptReplies<FoundTelephones>;
  readonly log: Logger;
  readonly now_ms: () => number;
  /** Value of `Access-Control-Allow-Origin` for the documented API. */
  readonly allow_origin: string;
}
