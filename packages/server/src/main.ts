import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { stripServerPrefix } from '@recuento/contract';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { openAccounts } from './accounts/accounts.js';
import { AdminToken } from './accounts/admin-token.js';
import { openSqlite } from './accounts/sqlite/open.js';
import { Admission } from './admission/admission.js';
import { PATIENCE, type Patience } from './admission/patience.js';
import { CustomerStore } from './attempts/customers.js';
import { DoNotCallStore } from './attempts/do-not-call.js';
import { EmbeddedEngine } from './attempts/engine/embedded.js';
import { migrateAttempts } from './attempts/engine/migrate.js';
import { AttemptStore } from './attempts/store.js';
import type { Config } from './config.js';
import { createHttpServer, type HttpServer } from './http/server.js';
import type { Services } from './http/services.js';
import { Trunks } from './imports/trunks.js';
import { CustomerUploads } from './ingest/customer-uploads.js';
import { Uploads } from './ingest/uploads.js';
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
  /** A request without a socket, for tests. */
  inject(request: InjectOptions): Promise<LightMyRequestResponse>;
  /** Finishes what is under way, refuses the rest, and resolves when everything is on disk and closed. */
  stop(): Promise<void>;
}

/** The composition root: opens the stores, finishes what a kill left half done, and listens. */
export async function startService(config: Config, options: StartOptions = {}): Promise<Service> {
  const now_ms = options.now_ms ?? Date.now;
  const data = resolve(config.data);
  await mkdir(data, { recursive: true, mode: 0o700 });
  const log = createLog(config.log_level);
  const engine = new EmbeddedEngine({
    path: join(data, 'attempts'),
    read_sessions: config.read_sessions,
    write_sessions: config.write_sessions,
    waiting_reads: config.waiting_reports,
    read_memory_bytes: config.report_memory_mib * 1024 ** 2,
  });
  await migrateAttempts(engine);
  const store = await AttemptStore.open(engine, join(data, 'journal'), now_ms);
  const database = openSqlite(join(data, 'accounts.db'));
  const accounts = await openAccounts(database, now_ms, 'local');
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
    patience: { ...PATIENCE, ...options.patience },
  });
  const services: Services = {
    engine,
    accounts,
    admin,
    uploads: new Uploads(accounts, store),
    customers: new CustomerUploads(accounts, await CustomerStore.open(engine, now_ms)),
    do_not_call: await DoNotCallStore.open(engine, now_ms),
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
  await server.app.listen({ host: config.host, port: config.port });
  const { port } = server.app.server.address() as AddressInfo;
  const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
  log.info({ url, data }, 'serving');
  return {
    url,
    services,
    inject: (request) => server.app.inject(request),
    stop: once(() => stop(server, engine, services, config)),
  };
}

async function stop(
  server: HttpServer,
  engine: EmbeddedEngine,
  { accounts, admission, log }: Services,
  config: Config,
): Promise<void> {
  log.info('stopping');
  server.refuseNew();
  const overdue = setTimeout(() => {
    log.warn('requests were still under way at the end of stop_timeout_ms');
    server.app.server.closeAllConnections();
  }, config.stop_timeout_ms);
  await server.app.close();
  clearTimeout(overdue);
  admission.close();
  log.debug({ admission: admission.figures() }, 'who was let in');
  await accounts.dataVersions.stop();
  await accounts.close();
  await engine.close();
  log.info('stopped');
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}
