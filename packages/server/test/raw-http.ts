import { connect } from 'node:net';
import type { Refusal } from './catalogue.js';

/** With all headers, by their names in small letters. */
export interface RawReply extends Refusal {
  readonly headers: ReadonlyMap<string, string>;
}

/** Sends bytes as they are over a socket and reads one reply, for what no HTTP client would send. */
export async function sendRaw(url: string, request: Buffer | string): Promise<RawReply> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined); // the service may close while the rest is still being sent
  socket.write(request);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) {
    chunks.push(chunk);
    const reply = parse(Buffer.concat(chunks).toString());
    if (reply) {
      socket.destroy();
      return reply;
    }
  }
  throw new Error(`the connection ended without a reply: ${Buffer.concat(chunks)}`);
}

/** The reply once it is whole by its Content-Length. */
function parse(text: string): RawReply | undefined {
  const [head = '', body] = split(text, '\r\n\r\n');
  const [line = '', fields = ''] = split(head, '\r\n');
  const headers = new Map(
    fields.split('\r\n').map((field) => {
      const [name = '', value = ''] = split(field, ': ');
      return [name.toLowerCase(), value] as const;
    }),
  );
  if (body === undefined || Buffer.byteLength(body) < Number(headers.get('content-length'))) return undefined;
  return {
    status: Number(line.split(' ')[1]),
    body,
    request_id: headers.get('x-request-id'),
    link: headers.get('link'),
    headers,
  };
}

function split(text: string, by: string): [string, string | undefined] {
  const at = text.indexOf(by);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + by.length)];
}
