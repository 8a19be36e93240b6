import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { mayReachSchema } from './hygiene/webhooks/may-reach.js';
import { trunksSchema } from './imports/evidence/trunks.js';
import { LOG_LEVELS } from './telemetry/log.js';

/**
 * Configuration of the service: flags, then environment, then a file, then defaults. Read once, and a wrong value
 * stops the start with a message that names it.
 */
const fields = z.strictObject({
  /** Loopback by default: to be reachable from outside is a decision of the site. */
  host: z.string().min(1).default('127.0.0.1'),
  /** 0 lets the system choose a free port. */
  port: z.coerce.number().int().min(0).max(65_535).default(8_080),
  /** Directory of everything the service keeps. */
  data: z.string().min(1).default('./data'),
  /**
   * The ClickHouse server that has the attempts, `http(s)://user:password@host:8123/database`. Without it, the embedded engine keeps
   * them below `data`. It is set together with `database_url`.
   */
  clickhouse_url: serverUrl(/^https?$/, 'http://user:password@clickhouse:8123/recuento'),
  /** The PostgreSQL server that has the accounts, `postgres://user:password@host:5432/database`. Set together with `clickhouse_url`. */
  database_url: serverUrl(/^postgres(?:ql)?$/, 'postgres://user:password@postgres:5432/recuento'),
  /** At least 32 characters, so that it can't be guessed. */
  admin_token: z.string().min(32).max(256).optional(),
  log_level: z.enum(LOG_LEVELS).default('info'),
  /** Value of Access-Control-Allow-Origin on the documented API; the vendor's servers send `*`. */
  allow_origin: z.string().min(1).default('*'),
  /** Reports that run at once. Each takes a thread; more than a few times the cores only adds waiting. */
  read_sessions: z.coerce.number().int().min(1).max(64).default(6),
  /** Inserts that are written at once; one operation may have half of them. */
  write_sessions: z.coerce.number().int().min(1).max(16).default(4),
  /** Reports of each lane that may wait for their turn; one more is refused with 503. 64 of them are some seconds of waiting. */
  waiting_reports: z.coerce.number().int().min(1).max(10_000).default(64),
  /** Memory of all reports that run at once, in MiB. Each has an equal share, and a report that needs more fails with 503. */
  report_memory_mib: z.coerce.number().int().min(256).max(1_048_576).default(6_144),
  /** All replies that callers are reading, in MiB. An operation beyond its share is answered 503. A streamed reply counts as 8. */
  reply_memory_mib: z.coerce.number().int().min(8).max(1_048_576).default(512),
  /**
   * Kept replies, in MiB; 0 keeps none. Replies are kept of windows that are over, until their data changes. A month of a campaign
   * takes some MB, and some hundred KB compressed.
   */
  kept_reply_mib: z.coerce.number().int().min(0).max(1_048_576).default(256),
  /**
   * Bytes of all uploads under way, in MiB, without imports; further uploads wait unread. One operation alone may have half of
   * it, which is enough for the largest body and the rows made of it.
   */
  upload_memory_mib: z.coerce.number().int().min(128).max(65_536).default(256),
  /** Imports under way at once; one operation may have as many as it leaves free. Each takes up to 36 MiB. Further ones wait unread. */
  imports: z.coerce.number().int().min(1).max(64).default(8),
  /** An import that receives nothing for this long is broken off. An import that follows a quiet switch needs longer. */
  import_silence_s: z.coerce.number().int().min(5).max(86_400).default(60),
  /**
   * Connections at once. Those whose token is not known yet may be as many as they leave free, and so may those of one operation.
   * Connections beyond that are refused and come again, at 0.7 ms each time (decision 0023). So the limit lies above what a faulty
   * program opens. An idle connection holds some 4 KiB.
   */
  max_connections: z.coerce.number().int().min(16).max(65_536).default(4_096),
  /** Reserve of the disk, in MiB: writes that would take of it are refused with 503. Calls are still counted in it. */
  disk_reserve_mib: z.coerce.number().int().min(0).max(1_048_576).default(64),
  /**
   * Receivers of webhooks that are on a network of the site's own: networks, addresses and host names, separated by commas, as in
   * `10.20.0.0/16,dialer.internal`. Without it webhooks reach only the public Internet, and only with https. Every operation may then
   * have its events sent there.
   */
  webhooks_may_reach: mayReachSchema,
  /** Days that the daily counts of calls are kept: a year, and a month to look at it. Days are UTC's: with two, yesterday stays whole. */
  keep_usage_days: z.coerce.number().int().min(2).max(3_650).default(400),
  /** Days that imports and their rejects are kept: people correct rejects within days. */
  keep_imports_days: z.coerce.number().int().min(1).max(3_650).default(90),
  /** How long a stop waits for requests under way; a report may take 60 s by default. */
  stop_timeout_ms: z.coerce.number().int().min(0).max(600_000).default(65_000),
  /** Declarations of trunks, by their name in the dialer's records (docs/guide/imports.md). Only in the file. */
  trunks: trunksSchema,
  /** Auth tokens of Twilio by server code: Twilio signs its callbacks with them. They are secrets. Only in the file. */
  twilio_auth_tokens: z
    .record(
      z.string().regex(/^(?:wv)?\w{1,32}$/i, { error: 'is no server code' }),
      z.string().min(16).max(256),
    )
    .default({}),
  /**
   * The service's address as seen from outside: its pages and descriptions name it, and Twilio signs it. Links within the service
   * begin at the root (`/docs/…`), so below a path of another server they would lead nowhere.
   */
  public_url: z
    .url({ protocol: /^https?$/ })
    .max(1_024)
    .refine(isOrigin, 'is a scheme and a host alone, as in https://recuento.example.com')
    .optional(),
});

/**
 * Attempts on a server and accounts in a file, or the other way round, make no sense: several processes could not share them, and
 * a single process needs no server.
 */
const settings = fields.refine(
  ({ clickhouse_url, database_url }) => (clickhouse_url === undefined) === (database_url === undefined),
  { error: 'goes with database_url: set both, or neither', path: ['clickhouse_url'] },
);

/** The address of one server, with the database on it. Its error messages never contain the address, since it has a password. */
function serverUrl(protocol: RegExp, form: string) {
  return z
    .string()
    .max(1_024)
    .refine((url) => !url.includes(','), {
      error: 'is more than one address: that comes with a cluster',
      abort: true,
    })
    .pipe(
      z
        .url({ protocol, error: `is no address: write it as ${form}`, abort: true })
        .refine((url) => /^\/[^/]+$/.test(new URL(url).pathname), `names no database: write it as ${form}`),
    )
    .optional();
}

/** Whether a URL has a scheme and a host only: no path, query, fragment or user. Slashes at the end are allowed. */
function isOrigin(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { pathname, search, hash, username, password } = new URL(url);
  return /^\/*$/.test(pathname) && `${search}${hash}${username}${password}` === '';
}

export type Config = z.output<typeof fields>;
export type ConfigInput = z.input<typeof fields>;

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Settings that only the file can hold, since they are not single values. */
const FILE_ONLY: readonly string[] = ['trunks', 'twilio_auth_tokens'];
const NAMES = Object.keys(fields.shape).filter((name) => !FILE_ONLY.includes(name)) as (keyof Config)[];

/** The environment variable of a setting: `admin_token` is `RECUENTO_ADMIN_TOKEN`. */
function variableOf(name: string): string {
  return `RECUENTO_${name.toUpperCase()}`;
}

/** The file is the one that `RECUENTO_CONFIG` names, or `recuento.json` in the working directory. @throws ConfigError */
export function loadConfig(flags: Partial<ConfigInput>, env: NodeJS.ProcessEnv): Config {
  const fromEnv: Record<string, unknown> = {};
  for (const name of NAMES) {
    const value = env[variableOf(name)];
    if (value !== undefined && value !== '') fromEnv[name] = value;
  }
  const given = { ...fileSettings(env.RECUENTO_CONFIG), ...fromEnv, ...withoutUndefined(flags) };
  const parsed = settings.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => {
    const path = [...issue.path, ...(issue.code === 'unrecognized_keys' ? [issue.keys.join(', ')] : [])];
    const name = path.join('.');
    // A fault of a key has its text in issues of its own.
    const message =
      issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
    return FILE_ONLY.includes(String(path[0]))
      ? `  ${name}: ${message}`
      : `  ${name} (${variableOf(name)}): ${message}`;
  });
  throw new ConfigError(`These settings are not valid:\n${faults.join('\n')}`);
}

function fileSettings(path: string | undefined): Record<string, unknown> {
  const file = path ?? join(process.cwd(), 'recuento.json');
  if (path === undefined && !existsSync(file)) return {};
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof parsed === 'object' && parsed !== null) return { ...parsed };
  } catch (error) {
    throw new ConfigError(`The configuration file ${file} cannot be read as JSON`, { cause: error });
  }
  throw new ConfigError(`The configuration file ${file} does not hold a JSON object`);
}

function withoutUndefined(flags: Partial<ConfigInput>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
}
