import { type Agent, request } from 'node:http';

export interface Ask {
  readonly url: string;
  readonly token: string;
  /** Sent with POST; without one it is a GET. */
  readonly body?: Buffer;
  /** Media type of the body. */
  readonly type?: string;
}

export interface Reply {
  readonly status: number;
  readonly bytes: number;
  /** Until the body's last byte was read. */
  readonly ms: number;
  /** The body's first 200 bytes: enough for the count of records, or for an error. */
  readonly head: string;
  /** Where the body ends: a page's cursor is there. */
  readonly tail: string;
  readonly retry_after: string | undefined;
}

const HEAD_BYTES = 200;
/** A telephone has up to 64 characters of up to four bytes, in base64 a third more. */
const TAIL_BYTES = 512;

/** One request and its reply, whatever the status; the body is read and not kept. */
export function exchange(agent: Agent, { url, token, body, type }: Ask): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const started_ms = performance.now();
    const headers = {
      'wolkvox-token': token,
      'accept-encoding': 'identity',
      ...(body && { 'content-type': type, 'content-length': body.length }),
    };
    const sent = request(url, { agent, method: body ? 'POST' : 'GET', headers }, (reply) => {
      let bytes = 0;
      let head = '';
      let tail: Buffer = Buffer.alloc(0);
      reply.on('data', (chunk: Buffer) => {
        if (bytes === 0) head = chunk.subarray(0, HEAD_BYTES).toString();
        bytes += chunk.length;
        const last = chunk.length < TAIL_BYTES ? Buffer.concat([tail, chunk]) : chunk;
        tail = last.subarray(-TAIL_BYTES);
      });
      reply.on('error', reject);
      reply.on('end', () => {
        const ms = performance.now() - started_ms;
        const { statusCode: status = 0, headers: told } = reply;
        resolve({ status, bytes, ms, head, tail: tail.toString(), retry_after: told['retry-after'] });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** The cursor of the next page; null on the last one. */
export function nextCursor({ tail }: Pick<Reply, 'tail'>): string | null {
  return /"next_cursor":"([^"]+)"\}$/.exec(tail)?.[1] ?? null;
}
