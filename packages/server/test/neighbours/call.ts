import { type Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';

/** A call as it is sent; a path with its query. */
export interface Call {
  readonly path: string;
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came of a call, as bytes. */
export interface Came {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Whether it ended as its framing says; false: the connection was cut in the middle of it. */
  readonly whole: boolean;
  /** Until the head was there. */
  readonly first_byte_ms: number;
}

/** Somewhere to call, and as whom. */
export interface Caller {
  /** `http://127.0.0.1:port` */
  readonly base: string;
  readonly token: string;
  readonly agent: Agent;
}

/**
 * A call whose reply is read to its end. It is not `fetch`: that decompresses, and hides where a reply was cut.
 *
 * @throws Error when nothing came at all
 */
export function ask(caller: Caller, call: Call): Promise<Came> {
  return new Promise((resolve, reject) => {
    const began_ms = performance.now();
    const sent = begin(caller, call, (reply) => {
      const first_byte_ms = performance.now() - began_ms;
      const chunks: Buffer[] = [];
      const end = (whole: boolean) =>
        resolve({
          status: reply.statusCode ?? 0,
          headers: reply.headers,
          body: Buffer.concat(chunks),
          whole,
          first_byte_ms,
        });
      reply.on('data', (chunk: Buffer) => chunks.push(chunk));
      reply.once('end', () => end(reply.complete));
      reply.once('error', () => end(false));
    });
    sent.once('error', reject);
  });
}

/** A call whose reply is for the receiver to read, or to leave. */
export function begin(
  { base, token, agent }: Caller,
  { path, method = 'GET', headers, body }: Call,
  onReply: (reply: IncomingMessage) => void,
) {
  const sent = request(`${base}${path}`, {
    agent,
    method,
    headers: {
      // Pages name the address that they were asked at: the same one wherever the service is started.
      host: 'recuento.test',
      'wolkvox-token': token,
      ...(body !== undefined && {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      }),
      ...headers,
    },
  });
  sent.once('response', onReply);
  sent.end(body);
  return sent;
}

/** A call that must do well. @throws Error with what came instead */
export async function expectDone(caller: Caller, call: Call): Promise<Came> {
  const came = await ask(caller, call);
  if (came.status >= 200 && came.status < 300) return came;
  throw new Error(
    `${call.method ?? 'GET'} ${call.path} replied ${came.status}: ${came.body.subarray(0, 500)}`,
  );
}
