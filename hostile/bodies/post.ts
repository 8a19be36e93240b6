import { request } from 'node:http';

/** One hostile request: what it is, and the bytes of its body, made when they are needed. */
export interface Hostile {
  readonly name: string;
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: () => Buffer;
}

/** A reply takes no longer, or the sender is gone. */
const PATIENCE_MS = 10_000;

/** Sends it on a connection of its own. @returns the status; or what ended it */
export function post(
  base: string,
  token: string,
  { method = 'POST', path, headers, body }: Hostile,
): Promise<string> {
  const bytes = body?.();
  return new Promise((resolve) => {
    const sent = request(`${base}${path}`, {
      agent: false,
      method,
      headers: {
        'wolkvox-token': token,
        ...(bytes && { 'content-length': bytes.length, 'content-type': 'application/json' }),
        ...headers,
      },
    });
    const end = (how: string) => {
      clearTimeout(timer);
      resolve(how);
    };
    const timer = setTimeout(() => {
      end(`none in ${PATIENCE_MS / 1_000} s`);
      sent.destroy();
    }, PATIENCE_MS);
    sent.once('response', (reply) => {
      reply.on('error', () => end(`${reply.statusCode}, cut`));
      reply.once('end', () => end(String(reply.statusCode)));
      reply.resume();
    });
    sent.once('error', () => end('cut'));
    sent.end(bytes);
  });
}
