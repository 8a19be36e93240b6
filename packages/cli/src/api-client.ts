import type { IncomingHttpHeaders } from 'node:http';
import { exchange, type HttpReply, opened, whole } from './http-exchange.js';
import { UsageError } from './usage-error.js';

const DEFAULT_URL = 'http://127.0.0.1:8080';

/** A request to `/v1`. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path below `/v1`, with the query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: ReadableStream<Uint8Array> | Uint8Array | string;
  /** Time limit of the whole exchange; absent: no limit. */
  readonly timeout_ms?: number;
}

/** The server refused the request. */
export class ServerRefusal extends UsageError {
  override readonly name = 'ServerRefusal';
  /** HTTP status. */
  readonly status: number;
  /** How long the server asks to wait before a retry. */
  readonly retry_after_s: number | undefined;

  constructor(status: number, message: string, retry_after_s?: number) {
    super(message);
    this.status = status;
    this.retry_after_s = retry_after_s;
  }

  /** Whether the same request may succeed later: the server, or a proxy in front of it, has a fault or is busy. */
  get mayPass(): boolean {
    return this.status >= 500 || this.status === 408 || this.status === 429;
  }
}

/** There was no reply, or only a part of one. Whether the server did what was requested is not known. */
export class ServerUnreachable extends UsageError {
  override readonly name = 'ServerUnreachable';
}

/** Calls a running server: `RECUENTO_URL` is its address, `RECUENTO_TOKEN` the token. */
export class ApiClient {
  readonly url: string;
  readonly #token: string;

  private constructor(url: string, token: string) {
    this.url = url;
    this.#token = token;
  }

  /** @throws UsageError when a variable is missing or not valid */
  static fromEnvironment(env: NodeJS.ProcessEnv): ApiClient {
    const url = (env.RECUENTO_URL || DEFAULT_URL).replace(/\/+$/, '');
    if (!/^https?:\/\/./.test(url) || !URL.canParse(url)) {
      throw new UsageError(`RECUENTO_URL is not an address such as ${DEFAULT_URL}: ${url}`);
    }
    const token = env.RECUENTO_TOKEN;
    if (!token) {
      throw new UsageError(
        "RECUENTO_TOKEN is not set. It takes a token of the operation, or the administrator's.",
      );
    }
    return new ApiClient(url, token);
  }

  /**
   * The reply's JSON; null when it has no content.
   *
   * @throws ServerRefusal with the server's own words
   * @throws ServerUnreachable
   */
  async json<Reply>(request: ApiRequest): Promise<Reply> {
    const { ok, status, text, retry_after_s } = await this.#send(request);
    if (!ok) throw new ServerRefusal(status, refusal(status, text), retry_after_s);
    return JSON.parse(text === '' ? 'null' : text);
  }

  /**
   * The reply's bytes as they arrive, for replies of any size.
   *
   * @throws ServerRefusal with the server's own words, before any byte
   * @throws ServerUnreachable, also when the reply is cut off
   */
  async *download(path: string): AsyncGenerator<Buffer> {
    yield* (await this.downloadWithHeaders(path)).bytes;
  }

  /** The same, with the headers that came before. */
  async downloadWithHeaders(
    path: string,
  ): Promise<{ readonly headers: IncomingHttpHeaders; readonly bytes: AsyncGenerator<Buffer> }> {
    const question = { method: 'GET', headers: { authorization: `Bearer ${this.#token}` } };
    const reply = await opened(new URL(`${this.url}/v1${path}`), question).catch((error: unknown) => {
      throw this.#unreachable(error);
    });
    if (reply.statusCode !== 200) {
      const { status, text } = await whole(reply);
      throw new ServerRefusal(status, refusal(status, text));
    }
    return { headers: reply.headers, bytes: this.#bytesOf(reply) };
  }

  async *#bytesOf(reply: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    try {
      yield* reply;
    } catch (error) {
      throw new ServerUnreachable(`The reply of ${this.url} was cut off: ${reasonOf(error)}.`);
    }
  }

  async #send(request: ApiRequest): Promise<HttpReply> {
    const { body, timeout_ms, ...asked } = request;
    const signal = timeout_ms === undefined ? undefined : AbortSignal.timeout(timeout_ms);
    try {
      return await exchange(new URL(`${this.url}/v1${asked.path}`), {
        method: asked.method,
        headers: { authorization: `Bearer ${this.#token}`, ...asked.headers },
        ...(body !== undefined && { body }),
        ...(signal && { signal }),
      });
    } catch (error) {
      throw this.#unreachable(error);
    }
  }

  #unreachable(error: unknown): ServerUnreachable {
    return new ServerUnreachable(
      `${this.url} cannot be reached: ${reasonOf(error)}. Is the service running?`,
    );
  }
}

/** The text of a problem document. Any other form shows that the server is not Recuento. */
function refusal(status: number, text: string): string {
  try {
    const problem: unknown = JSON.parse(text);
    if (typeof problem === 'object' && problem !== null && 'detail' in problem) {
      return `The server refused (${status}): ${String(problem.detail)}${faultLines(problem)}`;
    }
  } catch {
    // not JSON
  }
  return `The server refused (${status}), in a form that is not Recuento's. Check RECUENTO_URL.`;
}

/** The faults that the server lists, one line for each field. */
function faultLines(problem: object): string {
  const faults: unknown = 'faults' in problem ? problem.faults : undefined;
  if (!Array.isArray(faults)) return '';
  return faults.map(({ field, reason }) => `\n  ${field}: ${reason}`).join('');
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error ? String(error.code) : error.message;
}
