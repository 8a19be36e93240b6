import { Agent, get } from 'node:http';

/**
 * A caller in a process of its own, so that its work is not on the service's event loop. Each message is a URL and a
 * token; the answer tells how long it took until the body's last byte was read.
 */
export interface Ask {
  readonly url: string;
  readonly token: string;
}

export interface Answer {
  readonly status: number;
  readonly bytes: number;
  readonly ms: number;
  /** The body's first 200 characters: enough for the count of records, or for an error. */
  readonly head: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

process.on('message', ({ url, token }: Ask) => {
  const started_ms = performance.now();
  const request = get(
    url,
    { agent, headers: { 'wolkvox-token': token, 'accept-encoding': 'identity' } },
    (reply) => {
      let bytes = 0;
      let head = '';
      reply.on('data', (chunk: Buffer) => {
        if (bytes === 0) head = chunk.subarray(0, 200).toString();
        bytes += chunk.length;
      });
      reply.on('end', () => {
        const ms = performance.now() - started_ms;
        process.send?.({ status: reply.statusCode ?? 0, bytes, ms, head } satisfies Answer);
      });
    },
  );
  request.on('error', (error) => {
    console.error(error);
    process.exit(1);
  });
});
