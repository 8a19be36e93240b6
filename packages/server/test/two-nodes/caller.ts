import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import type { ImportDocument } from '@recuento/contract';
import { ADMIN_TOKEN, type SentAttempt } from '../harness.js';
import { until } from './nodes.js';

/** A node, as its callers know it. */
export interface Address {
  readonly url: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** The machine name of a failure; undefined where it did well. */
  readonly error_id: string | undefined;
}

/** Whatever is asked of a node that is killed meanwhile ends without an answer. */
export type MaybeAnswer = Answer | undefined;

interface NewOperation extends Record<string, unknown> {
  /** A code of its own where none is given. */
  readonly server?: string;
}

/** An operation and its programs, which ask and tell any node. */
export class Caller {
  readonly server: string;
  readonly token: string;

  private constructor(server: string, token: string) {
    this.server = server;
    this.token = token;
  }

  /** A new operation. @param settings as of `POST /v1/operations` */
  static async create(
    node: Address,
    { server = `s${randomUUID().replaceAll('-', '').slice(0, 12)}`, ...settings }: NewOperation = {},
  ): Promise<Caller> {
    const created = { server, name: server, licences: 100, ...settings };
    await expectDone(sent(node, 'POST', '/v1/operations', ADMIN_TOKEN, JSON.stringify(created)));
    const asked = { operation: server, name: 'test', scopes: ['report', 'ingest', 'admin'] };
    const { body } = await expectDone(sent(node, 'POST', '/v1/tokens', ADMIN_TOKEN, JSON.stringify(asked)));
    const { token }: { token: string } = JSON.parse(body);
    return new Caller(server, token);
  }

  /** @throws TypeError when the node ends meanwhile */
  call(
    node: Address,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    return sent(
      node,
      method,
      path,
      this.token,
      body === undefined ? undefined : JSON.stringify(body),
      headers,
    );
  }

  /** `campaign_8` of 2026, a month at a time where it is asked for all. */
  report(
    node: Address,
    query: Record<string, string> = {},
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const asked = new URLSearchParams({ api: 'campaign_8', campaign_id: 'all', ...OCTOBER, ...query });
    return this.call(node, 'GET', `/api/v2/reports_manager.php?${asked}`, undefined, headers);
  }

  upload(
    node: Address,
    attempts: readonly SentAttempt[],
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    return this.call(node, 'POST', '/v1/attempts', attempts, headers);
  }

  /** Lets the node end meanwhile. */
  tryUpload(
    node: Address,
    attempts: readonly SentAttempt[],
    headers: Record<string, string> = {},
  ): Promise<MaybeAnswer> {
    return this.upload(node, attempts, headers).catch(() => undefined);
  }

  /** A whole file at once. */
  async import(
    node: Address,
    lines: readonly string[],
    more: Record<string, string> = {},
  ): Promise<ImportDocument> {
    const file = `${IMPORT_HEADING}${lines.join('')}`;
    const { body } = await expectDone(sent(node, 'POST', importPath(more), this.token, file));
    return JSON.parse(body);
  }

  /** A file that comes piece by piece, and so is under way for as long as a test likes. */
  openImport(node: Address, more: Record<string, string> = {}): OpenImport {
    return new OpenImport(node, importPath(more), this.token);
  }

  async imports(node: Address): Promise<readonly ImportDocument[]> {
    const { body } = await expectDone(this.call(node, 'GET', '/v1/imports'));
    const { imports }: { imports: readonly ImportDocument[] } = JSON.parse(body);
    return imports;
  }

  async importOf(node: Address, id: string): Promise<ImportDocument> {
    const { body } = await expectDone(this.call(node, 'GET', `/v1/imports/${id}`));
    return JSON.parse(body);
  }

  /** Resolves when it is in this state. */
  async becomes(node: Address, id: string, state: ImportDocument['state']): Promise<void> {
    await until(async () => (await this.importOf(node, id)).state === state);
  }

  async callsUsed(node: Address): Promise<number> {
    const { body } = await expectDone(this.call(node, 'GET', '/v1/usage'));
    const { calls_used }: { calls_used: number } = JSON.parse(body);
    return calls_used;
  }
}

export const OCTOBER = { date_ini: '20261001000000', date_end: '20261031235959' } as const;

const IMPORT_HEADING = 'telephone,dialed_at,result,attempt_id\n';
const MAP = 'telephone=telephone,dialed_at=dialed_at,result=result,attempt_id=attempt_id';

export function importLine(telephone: string, dialed_at: string, result = 'busy', attempt_id = 'a'): string {
  return `${telephone},${dialed_at},${result},${attempt_id}\n`;
}

function importPath(more: Record<string, string>): string {
  return `/v1/imports?${new URLSearchParams({ format: 'csv', campaign_id: '1', map: MAP, ...more })}`;
}

/** An import whose file is still being sent. */
export class OpenImport {
  readonly #request: ReturnType<typeof request>;
  /** How it ended; undefined where its node did. */
  readonly ended: Promise<{ readonly status: number; readonly body: string } | undefined>;

  constructor({ url }: Address, path: string, token: string) {
    this.#request = request(`${url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });
    this.ended = new Promise((resolve) => {
      this.#request.once('error', () => resolve(undefined));
      this.#request.once('response', (reply) => {
        let body = '';
        reply.setEncoding('utf8').on('data', (text: string) => {
          body += text;
        });
        reply.once('end', () => resolve({ status: reply.statusCode ?? 0, body }));
        reply.once('error', () => resolve(undefined));
      });
    });
    this.#request.write(IMPORT_HEADING);
  }

  send(lines: string): void {
    this.#request.write(lines);
  }

  finish(): void {
    this.#request.end();
  }
}

async function sent(
  { url }: Address,
  method: string,
  path: string,
  token: string,
  body?: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const reply = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(path.startsWith('/api/') ? { 'wolkvox-token': token } : { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body }),
  });
  const text = await reply.text();
  return { status: reply.status, headers: reply.headers, body: text, error_id: errorIn(reply.headers) };
}

/** Each failure links to its page in the documentation. */
function errorIn(headers: Headers): string | undefined {
  return /\/docs\/errors\/([a-z-]+)/.exec(headers.get('link') ?? '')?.[1];
}

/** @throws Error with what came instead of 2xx */
export async function expectDone(answer: Promise<Answer>): Promise<Answer> {
  const { status, body } = await answer;
  if (status < 200 || status > 299) throw new Error(`${status} ${body}`);
  return answer;
}
