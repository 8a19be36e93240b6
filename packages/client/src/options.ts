import { RequestError } from './errors.js';
import type { Fetch } from './exchange.js';
import { DEFAULT_MAX_ROWS } from './merge.js';

/** The server, the token, and the limits that the client keeps. */
export interface ReportsManagerOptions {
  /** Address before `/api/v2`, such as `https://reports.example.com`; `/api/v2` itself may follow. Give this or `server`. */
  readonly baseUrl?: string;
  /** Code of an operation on the vendor's servers: `0042` means `https://wv0042.wolkvox.com`. */
  readonly server?: string;
  readonly token: string;
  /** Requests with the token at once, by all programs of this user on this machine. Default 2, the API's limit. */
  readonly maxSimultaneous?: number;
  /** Calls with the token a day, by the same programs. Default 1,000: the quota of an operation with one licence. */
  readonly callsPerDay?: number;
  /** Time zone at whose midnight a day of calls begins. Default `America/Bogota`. */
  readonly timeZone?: string;
  /** For one request, including its body. Default 120,000: a report may run for 60 s, and then it must be transferred. */
  readonly timeoutMs?: number;
  /** Tries after the first one, if a retry may help. Default 5. */
  readonly retries?: number;
  /** The longest `Retry-After` to wait for. Default 120,000. */
  readonly maxRetryAfterMs?: number;
  /** A reply with this many rows may have been cut, if the server has no `cursor`. Default 60,000. */
  readonly rowLimit?: number;
  /** The most rows in memory at once. Default 3,000,000. */
  readonly maxRows?: number;
  /** Used instead of the global `fetch`. */
  readonly fetch?: Fetch;
  /** Node: where slots and counts are kept. Default: a directory of the user below the system's temporary one. */
  readonly stateDirectory?: string;
}

export interface Settings {
  readonly base_url: string;
  readonly server: string | undefined;
  readonly max_simultaneous: number;
  readonly calls_per_day: number;
  readonly time_zone: string;
  readonly timeout_ms: number;
  readonly retries: number;
  readonly max_retry_after_ms: number;
  readonly row_limit: number;
  readonly max_rows: number;
}

const HOUR_MS = 3_600_000;

/** @throws RequestError when an option does not have its form */
export function readOptions(options: ReportsManagerOptions): Settings {
  if (typeof options.token !== 'string' || !/^[\x21-\x7e]{1,4096}$/.test(options.token)) {
    throw new RequestError('token is missing, or has characters that no header can carry');
  }
  return {
    base_url: baseUrl(options),
    server: options.server === undefined ? undefined : serverCode(options.server),
    max_simultaneous: whole('maxSimultaneous', options.maxSimultaneous, 2, 1, 64),
    calls_per_day: whole('callsPerDay', options.callsPerDay, 1_000, 1, 100_000_000),
    time_zone: timeZone(options.timeZone ?? 'America/Bogota'),
    timeout_ms: whole('timeoutMs', options.timeoutMs, 120_000, 1, HOUR_MS),
    retries: whole('retries', options.retries, 5, 0, 100),
    max_retry_after_ms: whole('maxRetryAfterMs', options.maxRetryAfterMs, 120_000, 0, 24 * HOUR_MS),
    row_limit: whole('rowLimit', options.rowLimit, 60_000, 2, 10_000_000),
    max_rows: whole('maxRows', options.maxRows, DEFAULT_MAX_ROWS, 1, 16_000_000),
  };
}

function baseUrl({ baseUrl: url, server }: ReportsManagerOptions): string {
  if (url === undefined && server !== undefined) return `https://wv${serverCode(server)}.wolkvox.com`;
  if (url === undefined || !/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw new RequestError(
      'baseUrl is not an address such as https://reports.example.com, and no server is given',
    );
  }
  const { username, password, search, hash } = new URL(url);
  if (username || password || search || hash) {
    throw new RequestError('baseUrl has more than an address: no user, query or fragment belongs there');
  }
  return addressBefore(url);
}

/** The address before `/api/v2`. The given address may end with `/api/v2`, or with one of its scripts. */
export function addressBefore(url: string): string {
  return url
    .replace(/\/+$/, '')
    .replace(/\/+api\/+v2(?:\/+\w+\.php)?$/i, '')
    .replace(/\/+$/, '');
}

function serverCode(server: string): string {
  const [, code] = /^(?:wv)?([a-z0-9]{1,32})$/i.exec(server) ?? [];
  if (code === undefined) throw new RequestError(`server is not a code such as 0042: ${server}`);
  return code;
}

function timeZone(zone: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    throw new RequestError(`timeZone is not the name of a zone: ${zone}`);
  }
}

function whole(
  name: string,
  given: number | undefined,
  otherwise: number,
  least: number,
  most: number,
): number {
  const value = given ?? otherwise;
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new RequestError(`${name} is not a whole number from ${least} to ${most}: ${value}`);
}
