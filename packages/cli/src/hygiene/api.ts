import { ApiClient } from '../api-client.js';
import type { OperationFlags } from '../operation-flags.js';

/** `/v1/hygiene` of a running server, for one operation. */
export class HygieneApi {
  readonly #client: ApiClient;
  readonly #operation: string | undefined;

  constructor({ operation }: Pick<OperationFlags, 'operation'>) {
    this.#client = ApiClient.fromEnvironment(process.env);
    this.#operation = operation;
  }

  /** @throws ServerRefusal, ServerUnreachable */
  get<Reply>(path: string, parameters: Parameters = {}): Promise<Reply> {
    return this.#client.json<Reply>({ method: 'GET', path: this.#path(path, parameters) });
  }

  /** @throws ServerRefusal, ServerUnreachable */
  post<Reply>(path: string, body: unknown): Promise<Reply> {
    return this.#client.json<Reply>({
      method: 'POST',
      path: this.#path(path, {}),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  /** A reply of any size, with its headers. @throws ServerRefusal, ServerUnreachable */
  download(path: string, parameters: Parameters) {
    return this.#client.downloadWithHeaders(this.#path(path, parameters));
  }

  /** The operation's time zone. */
  async timeZone(): Promise<string> {
    const path = `/usage${queryOf({ operation: this.#operation })}`;
    const { time_zone } = await this.#client.json<{ time_zone: string }>({ method: 'GET', path });
    return time_zone;
  }

  #path(path: string, parameters: Parameters): string {
    return `/hygiene/${path}${queryOf({ operation: this.#operation, ...parameters })}`;
  }
}

export type Parameters = Readonly<Record<string, string | number | undefined>>;

function queryOf(parameters: Parameters): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) query.set(name, String(value));
  }
  return query.size === 0 ? '' : `?${query}`;
}
