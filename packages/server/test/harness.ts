import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Scope } from '@recuento/contract';
import { type ConfigInput, loadConfig, type Service, type StartOptions, startService } from '../src/index.js';
import { dropStores, storesOf, TEST_ENGINE, TEST_NODES } from './servers/test-stores.js';

export const ADMIN_TOKEN = 'administrator-token-for-tests-0123456789';

/** An attempt as a caller sends it. */
export interface SentAttempt {
  attempt_id: string;
  campaign_id: number;
  telephone: string;
  dialed_at: string;
  result: string;
  [field: string]: unknown;
}

export interface VendorReply {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: string;
  readonly json: {
    code: number | string;
    error: string | null;
    msg: string;
    data: Record<string, string>[];
    next_cursor?: string | null;
  };
}

/** A real service on real stores of its own: in a directory, or on servers (`servers/test-stores.ts`). One for each test file. */
export class TestService {
  readonly directory: string;
  readonly #nodes: Service[];
  #turn = 0;
  readonly #input: Partial<ConfigInput>;
  readonly #options: StartOptions;
  /** What the service's clock is ahead of the real one. */
  ahead_ms = 0;
  /** What the service's clock shows where it shall stand still. */
  stands_at_ms: number | undefined;

  private constructor(
    directory: string,
    nodes: Service[],
    input: Partial<ConfigInput>,
    options: StartOptions,
  ) {
    this.directory = directory;
    this.#nodes = nodes;
    this.#input = input;
    this.#options = options;
  }

  static async start(
    input: Partial<ConfigInput> = {},
    patience: StartOptions['patience'] = {},
    more: Omit<StartOptions, 'patience' | 'now_ms'> = {},
  ): Promise<TestService> {
    const directory = await mkdtemp(join(tmpdir(), 'recuento-'));
    const config = {
      port: 0,
      data: directory,
      admin_token: ADMIN_TOKEN,
      log_level: 'silent' as const,
      // What the store says is tried, and not what it said before; tests of kept replies ask for them.
      kept_reply_mib: 0,
      ...(await storesOf(directory)),
      ...input,
    };
    let made: TestService | undefined;
    const now_ms = () => made?.stands_at_ms ?? Date.now() + (made?.ahead_ms ?? 0);
    const options = { ...more, now_ms, patience };
    made = new TestService(directory, await startNodes(config, options), config, options);
    return made;
  }

  /** The service; where there are two over one pair of servers, each in turn. */
  get service(): Service {
    this.#turn = (this.#turn + 1) % this.#nodes.length;
    const next = this.#nodes[this.#turn];
    if (!next) throw new Error('no service runs');
    return next;
  }

  /** With other settings than it was started with where some are given, for this once. */
  async restart(settings: Partial<ConfigInput> = {}): Promise<void> {
    await this.#stopNodes();
    this.#nodes.push(...(await startNodes({ ...this.#input, ...settings }, this.#options)));
  }

  async stop(): Promise<void> {
    await this.#stopNodes();
    const kept = await readdir(this.directory);
    await rm(this.directory, { recursive: true, force: true });
    if (TEST_ENGINE === 'embedded') return;
    await dropStores(this.directory);
    // All of it was on the servers.
    if (kept.length > 0) throw new Error(`a service on servers kept ${kept.join(', ')} on its disk`);
  }

  /** One more service over the same stores, which only those on servers can have. To be stopped by whoever started it. */
  another(options: StartOptions = {}): Promise<Service> {
    return startService(loadConfig(this.#input, {}), { ...this.#options, ...options });
  }

  async #stopNodes(): Promise<void> {
    for (const node of this.#nodes.splice(0)) await node.stop();
  }

  /** A request to the native API over a real socket. */
  async v1(method: string, path: string, token: string, body?: unknown): Promise<Response> {
    return fetch(`${this.service.url}/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  /** A new operation with a token of all scopes. */
  async operation({ server: named, ...settings }: OperationSettings = {}): Promise<TestOperation> {
    operations += 1;
    const server = named ?? String(operations).padStart(4, '0');
    const created = await this.v1('POST', '/operations', ADMIN_TOKEN, {
      server,
      name: server,
      licences: 100,
      ...settings,
    });
    if (created.status !== 201) throw new Error(await created.text());
    const operation = new TestOperation(this, server);
    operation.token = await operation.newToken(['report', 'ingest', 'admin']);
    return operation;
  }
}

/** As many as the run has (`servers/test-stores.ts`), over the same stores. */
async function startNodes(input: Partial<ConfigInput>, options: StartOptions): Promise<Service[]> {
  const nodes: Service[] = [];
  while (nodes.length < TEST_NODES) nodes.push(await startService(loadConfig(input, {}), options));
  return nodes;
}

/** What an operation is created with; its server code is a number of its own unless one is given. */
interface OperationSettings extends Record<string, unknown> {
  readonly server?: string;
}

let operations = 0;

export class TestOperation {
  token = '';
  readonly test: TestService;
  readonly server: string;

  constructor(test: TestService, server: string) {
    this.test = test;
    this.server = server;
  }

  async newToken(scopes: Scope[], expires_at: string | null = null): Promise<string> {
    const body = { operation: this.server, name: 'test', scopes, expires_at };
    const reply = await this.test.v1('POST', '/tokens', ADMIN_TOKEN, body);
    const json = (await reply.json()) as { token: string };
    return json.token;
  }

  async change(settings: Record<string, unknown>): Promise<void> {
    const reply = await this.test.v1('PATCH', `/operations/${this.server}`, ADMIN_TOKEN, settings);
    if (reply.status !== 200) throw new Error(await reply.text());
  }

  /** Uploads and expects 201. */
  async upload(attempts: readonly SentAttempt[]): Promise<void> {
    const reply = await this.test.v1('POST', '/attempts', this.token, attempts);
    if (reply.status !== 201) throw new Error(`${reply.status} ${await reply.text()}`);
  }

  /** `reports_manager.php` in memory, with the query string as given. */
  async get(
    query: Record<string, string> | string,
    headers: Record<string, string> = {},
  ): Promise<VendorReply> {
    const search = typeof query === 'string' ? query : new URLSearchParams(query).toString();
    const reply = await this.test.service.inject({
      url: `/api/v2/reports_manager.php?${search}`,
      headers: { 'wolkvox-token': this.token, ...headers },
    });
    return {
      status: reply.statusCode,
      headers: reply.headers,
      body: reply.body,
      json: reply.body === '' ? undefined : JSON.parse(reply.body),
    } as VendorReply;
  }

  /** `campaign_8` of a window in wall time (`YYYYmmddHHiiss`). */
  async campaign8(
    campaign: number | string,
    date_ini: string,
    date_end: string,
    more: Record<string, string> = {},
    headers: Record<string, string> = {},
  ): Promise<VendorReply> {
    return this.get(
      { api: 'campaign_8', campaign_id: String(campaign), date_ini, date_end, ...more },
      headers,
    );
  }
}

let attempts = 0;

/** An attempt with sensible defaults; each has an attempt_id of its own unless one is given. */
export function attempt(fields: Partial<SentAttempt> = {}): SentAttempt {
  attempts += 1;
  return {
    attempt_id: `a-${attempts}`,
    campaign_id: 1001,
    telephone: '573001234567',
    dialed_at: '2026-11-03T12:00:00-05:00',
    result: 'no_answer',
    ...fields,
  };
}

/** November 2026 in Bogota, where no clock ever changes. */
export const NOVEMBER = ['20261101000000', '20261130235959'] as const;
