import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import * as model from './model.js';

/** How a server that knows only the vendor's page may behave. Each of these was seen, or the page leaves it open. */
export interface Behaviour {
  /** Rows of a reply at most. */
  readonly rowLimit: number;
  /** What happens beyond that: the page does not say. */
  readonly beyond: 'cut' | 'refuse';
  readonly code: 'number' | 'string';
  readonly empty: 404 | 200;
  /** Whether it knows `cursor`, as Recuento does; the page does not. */
  readonly cursor: boolean;
  /** Whether it answers 400 where a parameter is not documented. */
  readonly strict: boolean;
  /** Whether refusals come with HTTP 200, and `code` alone tells. */
  readonly always200: boolean;
  /** Whether counts are numbers; the page says strings. */
  readonly values: 'string' | 'number';
  /** Whether other reports than campaign_8 end in a TOTAL row. */
  readonly totalRow: boolean;
  readonly callsPerDay: number;
  readonly simultaneous: number;
  /** How long a call takes. */
  readonly delay_ms: number;
  /** No call is answered before so many were under way at once: on a busy machine they would come one after another. */
  readonly waits_for: number;
  /** What goes wrong with the call of that number, counted from 1. */
  readonly fault: (call: number) => Fault | undefined;
}

/** `third`: two other programs hold the token's slots. `mute`: no reply ever comes. */
export type Fault = 'drop' | 'cut-off' | 'error' | 'unavailable' | 'too-many' | 'third' | 'backup' | 'mute';

export const DOCUMENTED: Behaviour = {
  rowLimit: 60_000,
  beyond: 'cut',
  code: 'number',
  empty: 404,
  cursor: false,
  strict: false,
  always200: false,
  values: 'string',
  totalRow: false,
  callsPerDay: 1_000,
  simultaneous: 2,
  delay_ms: 0,
  waits_for: 1,
  fault: () => undefined,
};

export const TOKEN = 'documented-token';

interface Answer {
  readonly status: number;
  readonly error: string | null;
  readonly msg: string;
  readonly data: readonly object[];
  readonly next_cursor?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

const refusal = (status: number, error: string, msg: string, headers = {}): Answer => ({
  status,
  error,
  msg,
  data: [],
  headers,
});

const FAULTS: Partial<Record<Fault, Answer>> = {
  error: refusal(500, 'INTERNAL SERVER ERROR', 'SOMETHING FAILED'),
  unavailable: refusal(503, 'SERVICE UNAVAILABLE', 'TRY LATER', { 'Retry-After': '2' }),
  'too-many': refusal(429, 'TOO MANY REQUESTS', 'TRY LATER', {
    'Retry-After': 'Fri, 01 Jan 2027 00:00:00 GMT',
  }),
  third: refusal(403, 'FORBIDDEN', 'EXCEEDS THE LIMIT OF SIMULTANEOUS REQUESTS PER TOKEN (2)'),
  backup: refusal(403, 'FORBIDDEN', 'SERVER IN BACKUP'),
};

const ROWS: Readonly<Record<string, (dials: readonly model.Dial[]) => object[]>> = {
  campaign_1: model.campaign1,
  campaign_3: model.campaign3,
  campaign_4: model.campaign4,
  campaign_6: model.campaign6,
  campaign_7: model.campaign7,
  campaign_8: model.campaign8,
  cdr_5: model.cdr5,
  cdr_6: model.cdr6,
};
const KNOWN = new Set(['api', 'campaign_id', 'date_ini', 'date_end']);

/** A Reports Manager API over a real socket, written from the vendor's page alone. */
export class DocumentedServer {
  dials: readonly model.Dial[];
  behaviour: Behaviour;
  /** Queries of all calls, in their order. */
  readonly asked: string[] = [];
  /** The most calls that were under way at once. */
  mostAtOnce = 0;
  calls = 0;
  #underWay = 0;
  readonly #server: Server;

  private constructor(dials: readonly model.Dial[], behaviour: Partial<Behaviour>) {
    this.dials = dials;
    this.behaviour = { ...DOCUMENTED, ...behaviour };
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
  }

  static async start(
    dials: readonly model.Dial[],
    behaviour: Partial<Behaviour> = {},
  ): Promise<DocumentedServer> {
    const made = new DocumentedServer(dials, behaviour);
    made.#server.listen(0, '127.0.0.1');
    await once(made.#server, 'listening');
    return made;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Goes on as a new server, with other data and manners. */
  become(dials: readonly model.Dial[], behaviour: Partial<Behaviour>): void {
    this.dials = dials;
    this.behaviour = { ...DOCUMENTED, ...behaviour };
    this.asked.length = 0;
    this.mostAtOnce = 0;
    this.calls = 0;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#underWay += 1;
    let ended = false;
    const end = () => {
      if (!ended) this.#underWay -= 1;
      ended = true;
    };
    response.once('close', end);
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#underWay);
    this.calls += 1;
    this.asked.push(request.url ?? '');
    const fault = this.behaviour.fault(this.calls);
    if (fault === 'mute') return;
    if (fault === 'drop') {
      request.socket.destroy();
      return;
    }
    const answer = (fault && FAULTS[fault]) ?? this.#answer(request);
    while (this.mostAtOnce < this.behaviour.waits_for) await sleep(1);
    if (this.behaviour.delay_ms > 0) await sleep(this.behaviour.delay_ms);
    end(); // A caller that has its reply may ask again at once.
    this.#send(response, answer, fault === 'cut-off');
  }

  #send(response: ServerResponse, answer: Answer, cutOff: boolean): void {
    const { code, always200 } = this.behaviour;
    const { status, error, msg, data, next_cursor, headers } = answer;
    const body = JSON.stringify({
      code: code === 'string' ? String(status) : status,
      error,
      msg,
      data,
      ...(next_cursor !== undefined && { next_cursor }),
    });
    response.writeHead(always200 ? 200 : status, {
      'Content-Type': 'application/json; charset=utf-8',
      'X-Request-Id': `request-${this.calls}`,
      ...headers,
    });
    if (cutOff) {
      response.write(body.slice(0, body.length / 2));
      // Some servers close in good order behind half of a body, some do not.
      if (this.calls % 2 === 0) response.end();
      else setImmediate(() => response.destroy());
      return;
    }
    response.end(body);
  }

  /** The checks in the order of the page's errors, then the report. */
  #answer(request: IncomingMessage): Answer {
    const { pathname, searchParams: query } = new URL(request.url ?? '', this.url);
    const token = request.headers['wolkvox-token'];
    if (pathname === '/api/v2/information.php') return this.#information(query.get('api'));
    if (pathname !== '/api/v2/reports_manager.php')
      return refusal(404, 'NOT FOUND', 'THE PATH DOES NOT EXIST');
    if (!token) return refusal(401, 'UNAUTHORIZED', 'PLEASE ENTER THE WOLKVOX-TOKEN');
    if (token !== TOKEN) return refusal(403, 'FORBIDDEN', 'PLEASE VALIDATE TOKEN');
    const rowsOf = ROWS[query.get('api') ?? ''];
    if (!rowsOf) return refusal(400, 'BAD REQUEST', 'THE API YOU WANT TO CONSULT DOES NOT EXIST');
    const bad = this.#badParameters(query);
    if (bad) return bad;
    if (this.calls > this.behaviour.callsPerDay) return refusal(403, 'FORBIDDEN', 'TOKEN LIMIT EXCEEDED');
    if (this.#underWay > this.behaviour.simultaneous) return FAULTS.third as Answer;
    const { campaign_id = '', date_ini = '', date_end = '' } = Object.fromEntries(query);
    const dials = model.dialsIn(this.dials, campaign_id, date_ini, date_end);
    const isDetail = query.get('api') !== 'campaign_8' && this.behaviour.totalRow;
    return this.#page(rowsOf(dials), query, isDetail);
  }

  #badParameters(query: URLSearchParams): Answer | undefined {
    const { campaign_id = '', date_ini = '', date_end = '' } = Object.fromEntries(query);
    if (!/^(all|\d+)$/.test(campaign_id)) return refusal(400, 'BAD REQUEST', 'SOME PARAMETERS ARE REQUIRED');
    if (!/^\d{14}$/.test(date_ini) || !/^\d{14}$/.test(date_end) || date_ini > date_end) {
      return refusal(400, 'BAD REQUEST', 'SOME PARAMETERS ARE REQUIRED');
    }
    if (this.behaviour.strict && [...query.keys()].some((name) => !KNOWN.has(name))) {
      return refusal(400, 'BAD REQUEST', 'A PARAMETER IS NOT KNOWN');
    }
    if (utc(date_end) >= utc(date_ini) + 31 * 86_400_000)
      return refusal(400, 'BAD REQUEST', 'THE LIMIT IS 31 DAYS');
    return undefined;
  }

  #page(all: object[], query: URLSearchParams, total: boolean): Answer {
    const { rowLimit, beyond, cursor, empty } = this.behaviour;
    const after = cursor ? query.get('cursor') : null;
    if (after !== null) return this.#cursorPage(all, after);
    if (all.length === 0) return found([], empty);
    if (all.length > rowLimit && beyond === 'refuse') {
      return refusal(413, 'PAYLOAD TOO LARGE', `THE RESULT HAS ${all.length} ROWS`);
    }
    const rows = this.#asSent(all.slice(0, rowLimit));
    return found(total ? [...rows, totalOf(rows)] : rows, empty);
  }

  /** As Recuento documents it: in ascending order of the key, from behind the cursor. */
  #cursorPage(all: object[], after: string): Answer {
    const { rowLimit, empty } = this.behaviour;
    const rows = all.toSorted((one, other) => model.compare(keyOf(one), keyOf(other)));
    const from = after === '' ? 0 : Number(after);
    if (rows.length === 0 && empty === 404) return found([], 404);
    const page = this.#asSent(rows.slice(from, from + rowLimit));
    const next_cursor = from + rowLimit < rows.length ? String(from + rowLimit) : null;
    return { status: 200, error: null, msg: `${page.length} records were found`, data: page, next_cursor };
  }

  #asSent(rows: object[]): object[] {
    const { values } = this.behaviour;
    const sent = (value: unknown) =>
      values === 'string' && typeof value === 'number' ? String(value) : value;
    return rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, sent(value)])),
    );
  }

  #information(api: string | null): Answer {
    if (api === 'campaigns') return found([{ campaign_id: '1', campaign_name: 'Cobranza' }], 404);
    return found([{ description: 'bi', token_limit: '1000', available_consumption_options: '990' }], 404);
  }
}

function found(data: readonly object[], empty: 404 | 200): Answer {
  if (data.length > 0 || empty === 200) {
    return { status: 200, error: null, msg: `${data.length} records were found`, data };
  }
  return refusal(404, 'NOT FOUND', '0 records were found');
}

function keyOf(row: object): string {
  return String(Object.values(row)[0]);
}

function totalOf(rows: readonly object[]): object {
  return Object.fromEntries(Object.keys(rows[0] ?? {}).map((name, at) => [name, at === 0 ? 'TOTAL' : '9']));
}

function utc(digits: string): number {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = (
    digits.match(/^(....)(..)(..)(..)(..)(..)$/) ?? []
  )
    .slice(1)
    .map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
