import type { Logger } from 'pino';
import type { Accounts } from '../accounts/accounts.js';
import type { AdminToken } from '../accounts/admin-token.js';
import type { CustomerStore } from '../attempts/customers.js';
import type { EmbeddedEngine } from '../attempts/engine/embedded.js';
import type { ServerEngine } from '../attempts/engine/server.js';
import type { TimeZones } from '../attempts/engine/time-zones.js';
import type { AttemptStore } from '../attempts/store.js';
import type { Config } from '../config.js';
import type { Disk } from '../disk/no-disk.js';
import type { Opened } from '../opened.js';

/** Everything that the steps of a start have in common. */
export interface Start {
  readonly config: Config;
  /** The data directory, absolute. */
  readonly data: string;
  readonly now_ms: () => number;
  readonly announceAdminToken: (secret: string) => void;
  readonly log: Logger;
  /** Each step adds here how to close what it opened. */
  readonly opened: Opened;
}

/** The opened stores. */
export interface Stores {
  readonly disk: Disk;
  readonly engine: EmbeddedEngine | ServerEngine;
  readonly accounts: Accounts;
  readonly admin: AdminToken;
  readonly time_zones: TimeZones;
  readonly attempts: AttemptStore;
  readonly customers: CustomerStore;
}
