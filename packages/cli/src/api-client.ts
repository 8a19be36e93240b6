import { UsageError } from './usage-error.js';

const DEFAULT_URL = 'http://127.0.0.1:8080';

/** A request to `/v1` as this command makes it. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST';
  /** Below `/v1`, with its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: ReadableStream<Uint8Array>;
}

/** Speaks to a running server: `RECUENTO_URL` says where, `RECUENTO_TOKEN` who asks. */
export class ApiClient {
  readonly url: string;
  readonly #token: string;

  private constructor(url: string, token: string) {
    this.url = url;
    this.#token = token;
  }

  /** @throws UsageError when the environment does not say enough */
  static fromEnvironment(env: NodeJS.ProcessEnv): ApiClient {
    const url = (env.RECUENTO_URL || DEFAULT_URL).replace(/\/+$/, '');
    if (!/^https?:\/\/./.test(url) || !URL.canParse(url)) {
      throw new UsageError(`RECUENTO_URL is not an address such as ${DEFAULT_URL}: ${url}`);
    }
    const token = env.RECUENTO_TOKEN;
    if (!token) {
      throw new UsageError(
        'RECUENTO_TOKEN is not set. It takes a token of the operation with the scope ingest.',
      );
    }
    return new ApiClient(url, token);
  }

  /** The reply's JSON. @throws UsageError with the server's own words, or saying that it can't be reached */
  async json<Reply>(request: ApiRequest): Promise<Reply> {
    const reply = await this.#send(request);
    const text = await reply.text();
    if (!reply.ok) throw new UsageError(refusal(reply.status, text));
    return JSON.parse(text);
  }

  async #send({ method, path, headers, body }: ApiRequest): Promise<Response> {
    const init: RequestInit = {
      method,
      headers: { authorization: `Bearer ${this.#token}`, ...headers },
      // fetch wants to be told that the body goes out before the reply comes in.
      ...(body && { body, duplex: 'half' }),
    };
    try {
      return await fetch(`${this.url}/v1${path}`, init);
    } catch (error) {
      throw new UsageError(`${this.url} cannot be reached: ${reasonOf(error)}. Is the service running?`);
    }
  }
}

/** A problem document says it best; anything else is not this service. */
function refusal(status: number, text: string): string {
  try {
    const problem: unknown = JSON.parse(text);
    if (typeof problem === 'object' && problem !== null && 'detail' in problem) {
      return `The server refused (${status}): ${String(problem.detail)}`;
    }
  } catch {
    // not JSON
  }
  return `The server refused (${status}), in a form that is not Recuento's. Check RECUENTO_URL.`;
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message;
  return error instanceof Error ? error.message : String(error);
}
