import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import type { Logger } from 'pino';
import { Admission } from './admission/admission.js';
import { KeptReplies } from './admission/kept-replies.js';
import { connectionsWithin } from './admission/open-files.js';
import { PATIENCE, type Patience } from './admission/patience.js';
import type { Config } from './config.js';
import { Acceptors } from './http/acceptors.js';
import { keyOfOperation } from './http/door.js';
import { createHttpServer, type HttpServer } from './http/server.js';
import type { Services } from './http/services.js';
import { TwilioAuthTokens } from './http/v1/twilio-auth-tokens.js';
import { KeptKnowledge } from './hygiene/knowledge/kept-knowledge.js';
import { Acts } from './hygiene/quarantine/acts.js';
import { ChangeEvents } from './hygiene/quarantine/change-events.js';
import { Quarantine } from './hygiene/quarantine/quarantine.js';
import { CampaignRecords } from './hygiene/quarantine/records/records.js';
import { Retests } from './hygiene/quarantine/retests.js';
import { AlarmEvents } from './hygiene/watch/alarm-events.js';
import { KeptWatches } from './hygiene/watch/kept-watches.js';
import type { EventSource } from './hygiene/webhooks/event-source.js';
import type { Waits } from './hygiene/webhooks/waits.js';
import { WebhookDeliverer } from './hygiene/webhooks/webhook-deliverer.js';
import { WhereToSend } from './hygiene/webhooks/where-to.js';
import { Trunks } from './imports/evidence/trunks.js';
import { CustomerUploads } from './ingest/customer-uploads.js';
import { Uploads } from './ingest/uploads.js';
import { Opened } from './opened.js';
import { asStartError } from './start-error.js';
import { reportTo } from './stores/common.js';
import { openStores } from './stores/open-stores.js';
import type { Start, Stores } from './stores/start.js';
import { createLog } from './telemetry/log.js';

export interface StartOptions {
  /** Is given the administrator's secret when the service makes one. It cannot be read at any other time. */
  readonly announceAdminToken?: (secret: string) => void;
  /** The clock; tests set it. */
  readonly now_ms?: () => number;
  /** How long the service waits for callers; tests are less patient. */
  readonly patience?: Partial<Patience>;
  /** Sources of events for webhooks; tests have their own. */
  readonly event_sources?: readonly EventSource[];
  /** When webhooks are tried again; tests are less patient. */
  readonly webhook_waits?: Partial<Waits>;
}

/** A running service. */
export interface Service {
  readonly url: string;
  /** Its parts, for programs that embed it: the demo, benchmarks and tests. */
  readonly services: Services;
  /** How long a stop waits for requests under way. */
  readonly stop_timeout_ms: number;
  /** A request without a socket, for tests. */
  inject(request: InjectOptions): Promise<LightMyRequestResponse>;
  /** Finishes what is under way, refuses the rest, and resolves when everything is on disk and closed. */
  stop(): Promise<void>;
}

/**
 * The composition root: opens the stores, finishes what a kill left half done, and listens. When a step fails, everything that was
 * opened before it is closed again.
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
  const start: Start = {
    config,
    data: resolve(config.data),
    now_ms: options.now_ms ?? Date.now,
    announceAdminToken: options.announceAdminToken ?? (() => undefined),
    log,
    opened,
  };
  const stores = await openStores(start);
  const admission = openAdmission(start, stores, options);
  const watches = new KeptWatches({ engine: stores.engine, accounts: stores.accounts, admission });
  const acts = new Acts(stores.accounts.hygieneActs, stores.engine, stores.disk.writing);
  const webhooks = openWebhooks(start, stores, { watches, acts }, options);
  const services = servicesOf(start, stores, admission, { watches, webhooks, acts });
  const server = await createHttpServer(services);
  const acceptors = new Acceptors(server.app.server, BACKLOG, (error) => {
    log.warn({ err: error }, 'a new connection could not be taken');
  });
  opened.add('the connections', () => endConnections(server, acceptors, config, log));
  const url = await listen(server, config);
  acceptors.open().catch((error: unknown) => {
    log.warn(
      { err: error },
      'new connections are taken one at a time: beside a flood of them, others wait longer',
    );
  });
  const keeps_files = config.clickhouse_url === undefined;
  log.info({ url, ...(keeps_files && { data: start.data }) }, 'serving');
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

function openAdmission({ config, log, opened }: Start, { engine }: Stores, options: StartOptions): Admission {
  const max_connections = connectionsWithin(config.max_connections);
  if (max_connections < config.max_connections) {
    const wanted = config.max_connections;
    log.warn(
      { max_connections, wanted },
      'max_connections is half of the files that may be open (ulimit -n)',
    );
  }
  const admission = new Admission({
    upload_memory_bytes: config.upload_memory_mib * 1024 ** 2,
    reply_memory_bytes: config.reply_memory_mib * 1024 ** 2,
    imports: config.imports,
    max_connections,
    patience: { ...PATIENCE, import_silence_ms: config.import_silence_s * 1_000, ...options.patience },
  });
  opened.add('the door', async () => {
    admission.close();
    log.debug({ admission: { ...admission.figures(), ...engine.figures() } }, 'figures of the whole run');
  });
  return admission;
}

function openWebhooks(
  start: Start,
  { accounts, engine }: Stores,
  { watches, acts }: { readonly watches: KeptWatches; readonly acts: Acts },
  options: StartOptions,
): WebhookDeliverer {
  const { config, now_ms, opened } = start;
  const alarms = new AlarmEvents({ watches, operations: accounts.operations, now_ms });
  const changes = new ChangeEvents({ engine, acts, now_ms });
  const webhooks = new WebhookDeliverer({
    accounts,
    sources: options.event_sources ?? [changes, alarms],
    where: new WhereToSend(config.webhooks_may_reach),
    now_ms,
    keyOf: keyOfOperation,
    report: reportTo(start),
    ...(options.webhook_waits && { waits: options.webhook_waits }),
  });
  opened.add('the webhooks', () => webhooks.close());
  webhooks.start();
  return webhooks;
}

/** Part of the memory for kept replies that sorted telephones have: they take some 500 KB a table, and replies up to 15 MB. */
const PART_OF_TELEPHONES = 1 / 8;

/** Everything that `http/` works with. */
function servicesOf(
  { config, log, now_ms, opened }: Start,
  stores: Stores,
  admission: Admission,
  { watches, webhooks, acts }: Pick<Services, 'watches' | 'webhooks'> & { readonly acts: Acts },
): Services {
  const { engine, disk, time_zones, accounts, admin } = stores;
  const report = (error: unknown) =>
    log.warn({ err: error }, 'telephones that are due could not come up, which is tried again');
  const retests = new Retests({ engine, accounts, acts, now_ms, report });
  opened.add('the re-tests', () => retests.close());
  retests.start();
  const quarantine = new Quarantine(acts, accounts, now_ms);
  return {
    engine,
    disk,
    time_zones,
    accounts,
    admin,
    uploads: new Uploads(accounts, stores.attempts),
    customers: new CustomerUploads(accounts, stores.customers),
    quarantine,
    campaign_records: new CampaignRecords(engine, quarantine),
    retests,
    webhooks,
    trunks: new Trunks(config.trunks),
    twilio_auth_tokens: new TwilioAuthTokens(config.twilio_auth_tokens),
    public_url: config.public_url?.replace(/\/+$/, ''),
    admission,
    kept_replies: new KeptReplies(config.kept_reply_mib * 1024 ** 2 * (1 - PART_OF_TELEPHONES)),
    kept_telephones: new KeptReplies(config.kept_reply_mib * 1024 ** 2 * PART_OF_TELEPHONES),
    knowledge: new KeptKnowledge({ engine, accounts, admission }),
    watches,
    log,
    now_ms,
    allow_origin: config.allow_origin,
  };
}

/**
 * Connections that have come and were not accepted yet. A caller that finds this queue full tries again in one second, then in three
 * and seven; a queue of 4,096 is worked off sooner (decision 0023). Systems may allow less than is asked for (Linux as much as
 * `net.core.somaxconn` says, which is 4,096 by default).
 */
const BACKLOG = 4_096;

/** @returns the address, with the port that the system chose where the configured port is 0 */
async function listen({ app }: HttpServer, { host, port }: Config): Promise<string> {
  await app.listen({ host, port, backlog: BACKLOG });
  const address = app.server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}

async function endConnections(
  server: HttpServer,
  acceptors: Acceptors,
  config: Config,
  log: Logger,
): Promise<void> {
  server.refuseNew();
  const overdue = setTimeout(() => {
    log.warn('requests were still under way at the end of stop_timeout_ms');
    server.app.server.closeAllConnections();
  }, config.stop_timeout_ms);
  await Promise.all([server.app.close(), acceptors.close()]);
  clearTimeout(overdue);
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}
