import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { stripServerPrefix } from '@recuento/contract';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import type { Logger } from 'pino';
import { openAccounts } from './accounts/accounts.js';
import { AdminToken } from './accounts/admin-token.js';
import { lockDirectory } from './accounts/sqlite/directory-lock.js';
import { openSqlite } from './accounts/sqlite/open.js';
import { AccountsUnavailable } from './accounts/unavailable.js';
import { Admission } from './admission/admission.js';
import { PATIENCE, type Patience } from './admission/patience.js';
import { CustomerStore } from './attempts/customers.js';
import { DoNotCallStore } from './attempts/do-not-call.js';
import { EmbeddedEngine } from './attempts/engine/embedded.js';
import { migrateAttempts } from './attempts/engine/migrate.js';
import { TimeZones } from './attempts/engine/time-zones.js';
import { AttemptStore } from './attempts/store.js';
import type { JournalEvent } from './attempts/unsettled.js';
import type { Config } from './config.js';
import { assertStartRoom, prepareDataDirectory } from './disk/data-directory.js';
import { isNoSpace } from './disk/disk-full.js';
import { DiskWatch } from './disk/disk-watch.js';
import { createHttpServer, type HttpServer } from './http/server.js';
import type { Services } from './http/services.js';
import { Trunks } from './imports/trunks.js';
import { CustomerUploads } from './ingest/customer-uploads.js';
import { Uploads } from './ingest/uploads.js';
import { Opened } from './opened.js';
import { asStartError } from './start-error.js';
import { createLog } from './telemetry/log.js';

export interface StartOptions {
  /** Gets the administrator's secret when the service makes one: the only time it can be read. */
  readonly announceAdminToken?: (secret: string) => void;
  /** The clock; tests set it. */
  readonly now_ms?: () => number;
  /** How long others are waited for; tests are less patient. */
  readonly patience?: Partial<Patience>;
}

/** A running service. */
export interface Service {
  readonly url: string;
  /** What it is made of, for those who embed it: the demo, benchmarks and tests. */
  readonly services: Services;
  /** How long a stop waits for requests under way. */
  readonly stop_timeout_ms: number;
  /** A request without a socket, for tests. */
  inject(request: InjectOptions): Promise<LightMyRequestResponse>;
  /** Finishes what is under way, refuses the rest, and resolves when everything is on disk and closed. */
  stop(): Promise<void>;
}

/**
 * The composition root: opens the stores, finishes what a kill left half done, and listens. What was opened is closed
 * again when something behind it cannot be.
 *
 * @throws StartError where a person can mend it
 */
export async function startService(config: Config, options: StartOptions = {}): Promise<Service> {
  const log = createLog(config.log_level);
  const opened = new Opened();
  try {
    return await open(config, options, log, opened);
  } catch (error) {
    await opened.close((what, failure) => log.warn({ err: failure }, `${what} could not be closed`));
    throw asStartError(error, config);
  }
}

async function open(config: Config, options: StartOptions, log: Logger, opened: Opened): Promise<Service> {
  const now_ms = options.now_ms ?? Date.now;
  const data = resolve(config.data);
  const others_may_read = await prepareDataDirectory(data);
  if (others_may_read !== undefined) log.warn({ data }, others_may_read);
  const lock = lockDirectory(data);
  opened.add('the lock', () => lock.release());
  await assertStartRoom(data);
  const disk = await DiskWatch.open(data, {
    reserve_bytes: config.disk_reserve_mib * 1024 ** 2,
    report: (fault, free_bytes, error) => {
      if (fault) log.error({ err: error, fault, free_bytes }, 'the disk is not well: writes may be refused');
      else log.info({ free_bytes }, 'the disk is well again');
    },
  });
  opened.add('the disk watch', () => disk.close());
  const engine = new EmbeddedEngine({
    path: join(data, 'attempts'),
    read_sessions: config.read_sessions,
    write_sessions: config.write_sessions,
    waiting_reads: config.waiting_reports,
    read_memory_bytes: config.report_memory_mib * 1024 ** 2,
  });
  opened.add('the engine', () => engine.close());
  await migrateAttempts(engine);
  const database = openSqlite(join(data, 'accounts.db'));
  opened.add('the accounts file', () => database.destroy());
  // Before the attempts: what is stored again at a start raises the data versions of its operations.
  const report = (message: string, error: unknown) => log.warn({ err: error }, message);
  const kept = { usage_days: config.keep_usage_days, imports_days: config.keep_imports_days };
  const accounts = await openAccounts(database, now_ms, 'local', report, kept);
  opened.add('the accounts', () => accounts.close());
  const time_zones = await TimeZones.open(engine);
  for (const { server, time_zone } of await accounts.operations.mendTimeZones((name) =>
    time_zones.settle(name),
  )) {
    log.error({ server, time_zone }, 'the time zone of an operation is unknown: give it another with PATCH');
  }
  const store = await AttemptStore.open(engine, {
    journal: join(data, 'journal'),
    now_ms,
    writing: disk.writing,
    onStored: (operation_id) => accounts.dataVersions.raise(operation_id),
    isUnavailable: (error) => error instanceof AccountsUnavailable || isNoSpace(error),
    report: (event) => logJournal(log, event),
  });
  opened.add('the attempts', async () => {
    await store.close();
    await accounts.dataVersions.stop();
  });
  const admin = await AdminToken.open(
    database,
    config.admin_token,
    options.announceAdminToken ?? (() => undefined),
  );
  const admission = new Admission({
    upload_memory_bytes: config.upload_memory_mib * 1024 ** 2,
    reply_memory_bytes: config.reply_memory_mib * 1024 ** 2,
    imports: config.imports,
    max_connections: config.max_connections,
    patience: { ...PATIENCE, import_silence_ms: config.import_silence_s * 1_000, ...options.patience },
  });
  opened.add('the door', async () => {
    admission.close();
    log.debug({ admission: { ...admission.figures(), ...engine.figures() } }, 'who was let in');
  });
  const services: Services = {
    engine,
    disk,
    time_zones,
    accounts,
    admin,
    uploads: new Uploads(accounts, store),
    customers: new CustomerUploads(accounts, await CustomerStore.open(engine, now_ms, disk.writing)),
    do_not_call: await DoNotCallStore.open(engine, now_ms, disk.writing),
    trunks: new Trunks(config.trunks),
    twilio_auth_tokens: new Map(
      Object.entries(config.twilio_auth_tokens).map(([server, token]) => [stripServerPrefix(server), token]),
    ),
    public_url: config.public_url?.replace(/\/+$/, ''),
    admission,
    log,
    now_ms,
    allow_origin: config.allow_origin,
  };
  const server = await createHttpServer(services);
  opened.add('the connections', () => endConnections(server, config, log));
  await server.app.listen({ host: config.host, port: config.port });
  const { port } = server.app.server.address() as AddressInfo;
  const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
  log.info({ url, data }, 'serving');
  return {
    url,
    services,
    stop_timeout_ms: config.stop_timeout_ms,
    inject: (request) => server.app.inject(request),
    stop: once(async () => {
      log.info('stopping');
      await opened.close((what, error) => log.error({ err: error }, `${what} could not be closed in order`));
      log.info('stopped');
    }),
  };
}

async function endConnections(server: HttpServer, config: Config, log: Logger): Promise<void> {
  server.refuseNew();
  const overdue = setTimeout(() => {
    log.warn('requests were still under way at the end of stop_timeout_ms');
    server.app.server.closeAllConnections();
  }, config.stop_timeout_ms);
  await server.app.close();
  clearTimeout(overdue);
}

const SEE_DAMAGED = 'see "A damaged journal entry" in docs/guide/operations.md';

function logJournal(log: Logger, event: JournalEvent): void {
  switch (event.kind) {
    case 'settled':
      log.info({ entry: event.entry }, 'an upload that was left half done is stored');
      return;
    case 'waits':
      log.warn({ err: event.error, entry: event.entry }, 'an upload could not be stored, and is tried again');
      return;
    case 'strange':
      log.warn({ entry: event.entry }, 'something in the journal is no file, and was passed over');
      return;
    case 'aside':
      log.warn(event.held, `damaged journal entries are set aside: ${SEE_DAMAGED}`);
      return;
    case 'aside full':
      log.error({ err: event.error }, `no more damaged journal entries can be set aside: ${SEE_DAMAGED}`);
      return;
    case 'damaged':
      log.error(
        { err: event.error, path: event.path },
        `a journal entry is damaged, and was set aside: ${SEE_DAMAGED}`,
      );
  }
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}
