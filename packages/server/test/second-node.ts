import { join } from 'node:path';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { type Accounts, openAccounts } from '../src/accounts/accounts.js';
import { DEAD_AFTER_LOOKS } from '../src/accounts/nodes.js';
import { openSqlite } from '../src/accounts/sqlite/open.js';
import type { Sync } from '../src/accounts/sqlite/write-ahead-log.js';
import { Admission } from '../src/admission/admission.js';
import { KeptReplies } from '../src/admission/kept-replies.js';
import { PATIENCE } from '../src/admission/patience.js';
import { CustomerStore } from '../src/attempts/customers.js';
import type { AttemptStore } from '../src/attempts/store.js';
import { createHttpServer } from '../src/http/server.js';
import type { Services } from '../src/http/services.js';
import { type ConfigInput, loadConfig, startService } from '../src/index.js';
import { CustomerUploads } from '../src/ingest/customer-uploads.js';
import { Uploads } from '../src/ingest/uploads.js';
import { ADMIN_TOKEN, type TestService } from './harness.js';
import { storesOf } from './servers/test-stores.js';

/** A node as its callers see it, and what it is made of. */
export interface Node {
  readonly url: string;
  readonly services: Services;
  inject(request: InjectOptions): Promise<LightMyRequestResponse>;
  /** What its clock shows; undefined is the time. */
  setClock(now_ms: number | undefined): void;
}

const MIB = 1024 ** 2;
/** It beats and looks when it is told to: the first is alone as far as that knows, and never beats by itself. */
const BY_HAND = { alone: false, beat_ms: 0 };
const KEPT = { usage_days: 400, imports_days: 90 };

/**
 * A second node beside a service. It stands for another process of a service whose attempts are on a server, and has of its own
 * what that process would have: its HTTP face, its connection to the accounts and all that these remember, its uploads that are
 * grouped, its kept replies, its door and its clock. It shares what such processes share: the file of the accounts, and the
 * tables of the attempts. An embedded store is one process's, so this one shares the engine and the journal as well.
 *
 * @param sync brings its accounts to the disk, where that is tried
 */
export async function openSecondNode(
  test: TestService,
  attempts: AttemptStore,
  sync?: Sync,
): Promise<Node & { close(): Promise<void> }> {
  let stands_at_ms: number | undefined;
  const now_ms = () => stands_at_ms ?? Date.now();
  const first = test.service.services;
  const database = openSqlite(join(test.directory, 'accounts.db'), sync);
  const report = (message: string, error: unknown) => first.log.warn({ err: error }, message);
  const accounts = await openAccounts(database, now_ms, BY_HAND, report, KEPT);
  await takeOverTheDead([first.accounts, accounts]);
  const deliveries = (operation_id: number, count: number) =>
    accounts.numbers.deliveries(operation_id, count);
  const customers = new CustomerStore(first.engine, deliveries, first.disk.writing);
  const services: Services = {
    ...first,
    accounts,
    uploads: new Uploads(accounts, attempts),
    customers: new CustomerUploads(accounts, customers),
    admission: new Admission({
      upload_memory_bytes: 64 * MIB,
      reply_memory_bytes: 64 * MIB,
      imports: 4,
      max_connections: 100,
      patience: PATIENCE,
    }),
    kept_replies: new KeptReplies(64 * MIB),
    now_ms,
  };
  const { app } = await createHttpServer(services);
  return {
    url: await app.listen({ host: '127.0.0.1', port: 0 }),
    services,
    inject: (request) => app.inject(request),
    setClock: (at_ms) => {
      stands_at_ms = at_ms;
    },
    close: async () => {
      await app.close();
      services.admission.close();
      await accounts.close();
    },
  };
}

/** A second service over the same servers, as another process is. */
export async function startSecondService(
  test: TestService,
  settings: Partial<ConfigInput>,
): Promise<Node & { close(): Promise<void> }> {
  let stands_at_ms: number | undefined;
  const stores = await storesOf(test.directory);
  const common = { port: 0, data: test.directory, admin_token: ADMIN_TOKEN, log_level: 'silent' as const };
  const { url, services, inject, stop } = await startService(
    loadConfig({ ...common, ...stores, ...settings }, {}),
    { now_ms: () => stands_at_ms ?? Date.now() },
  );
  return {
    url,
    services,
    inject,
    setClock: (at_ms) => {
      stands_at_ms = at_ms;
    },
    close: stop,
  };
}

/** What a second node before it left, as one that was killed, is taken over by one of those that live. */
async function takeOverTheDead(living: readonly Accounts[]): Promise<void> {
  for (let looks = 0; looks <= DEAD_AFTER_LOOKS; looks += 1) {
    for (const { nodes } of living) await nodes.look();
  }
}
