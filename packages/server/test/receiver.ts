import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { fileURLToPath } from 'node:url';

/** Of receivers with TLS. No authority signed it: who is to trust it is started with `NODE_EXTRA_CA_CERTS`. */
export const CERTIFICATE_FILE = fileURLToPath(new URL('./tls/receiver-certificate.pem', import.meta.url));
const KEY_FILE = fileURLToPath(new URL('./tls/receiver-key.pem', import.meta.url));

/** What a receiver of webhooks was sent, once it had the whole of it. */
export interface Received {
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  readonly body: ReceivedBody;
}

interface ReceivedBody {
  readonly id: string;
  readonly event: string;
  readonly at: string;
  readonly operation: string;
  readonly webhook: string;
  readonly data: readonly unknown[];
  readonly next?: string;
}

/** How a receiver behaves; a number is the status of a short answer. */
export type Manner = number | 'hang' | 'reset' | 'trickle' | 'flood' | 'redirect' | 'interim';

const TRICKLE_MS = 20;
const FLOOD_CHUNK = Buffer.alloc(64 * 1024, 'x');

/** A receiver of webhooks on this machine. */
export class Receiver {
  readonly received: Received[] = [];
  /** How it answers from now on. */
  manner: Manner = 200;
  /** Called with each post before it is answered. */
  onPost: (post: Received) => void = () => undefined;
  /** Bytes that it could send in its floods. */
  flooded = 0;
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  #most_open = 0;

  readonly #has_tls: boolean;

  private constructor(has_tls: boolean) {
    const take = (request: IncomingMessage, response: ServerResponse) => this.#take(request, response);
    this.#has_tls = has_tls;
    this.#server = has_tls
      ? createSecureServer({ key: readFileSync(KEY_FILE), cert: readFileSync(CERTIFICATE_FILE) }, take)
      : createServer(take);
    // A caller that does not trust the certificate.
    this.#server.on('tlsClientError', () => undefined);
    this.#server.on('connection', (socket) => {
      this.#open.add(socket);
      this.#most_open = Math.max(this.#most_open, this.#open.size);
      socket.on('error', () => undefined);
      socket.once('close', () => this.#open.delete(socket));
    });
  }

  static async start({ tls = false } = {}): Promise<Receiver> {
    const receiver = new Receiver(tls);
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `${this.#has_tls ? 'https' : 'http'}://127.0.0.1:${this.port}/hook`;
  }

  /** Connections that are open now. */
  get open(): number {
    return this.#open.size;
  }

  /** The most connections that were open at once. */
  get most_open(): number {
    return this.#most_open;
  }

  /** The data of all posts after each other. */
  get data(): readonly unknown[] {
    return this.received.flatMap(({ body }) => body.data);
  }

  async stop(): Promise<void> {
    for (const socket of this.#open) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #take(request: IncomingMessage, response: ServerResponse): void {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    request.once('end', () => {
      const post = { headers: request.headers, text, body: JSON.parse(text) as ReceivedBody };
      this.received.push(post);
      this.onPost(post);
      this.#answer(response);
    });
  }

  #answer(response: ServerResponse): void {
    switch (this.manner) {
      case 'hang':
        return;
      case 'reset':
        response.socket?.resetAndDestroy();
        return;
      case 'trickle':
        trickle(response);
        return;
      case 'flood':
        this.#flood(response.writeHead(200));
        return;
      case 'interim':
        interim(response);
        return;
      case 'redirect':
        response.writeHead(307, { location: `http://127.0.0.1:${this.port}/elsewhere` }).end();
        return;
      default:
        response.writeHead(this.manner).end('an answer');
    }
  }

  /** As much as somebody reads. */
  #flood(response: ServerResponse): void {
    while (!response.destroyed) {
      this.flooded += FLOOD_CHUNK.length;
      if (response.write(FLOOD_CHUNK)) continue;
      response.once('drain', () => this.#flood(response));
      return;
    }
  }
}

/** The head of an answer byte by byte, without end. */
function trickle({ socket }: ServerResponse): void {
  const head = Buffer.from(`HTTP/1.1 200 OK\r\nx-long: ${'x'.repeat(10_000)}`);
  let sent = 0;
  const timer = setInterval(() => {
    if (!socket || socket.destroyed) clearInterval(timer);
    else socket.write(head.subarray(sent, ++sent));
  }, TRICKLE_MS);
}

/** Interim answers without end. */
function interim({ socket }: ServerResponse): void {
  const timer = setInterval(() => {
    if (!socket || socket.destroyed) clearInterval(timer);
    else socket.write('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'.repeat(1_000));
  }, 1);
}

/** Whether a post is signed with this secret, as the specification says it. */
export function isSignedWith(secret: string, { headers, text }: Received): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${text}`;
  const expected = Buffer.from(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
  const given = Buffer.from(String(headers['webhook-signature']));
  return given.length === expected.length && timingSafeEqual(given, expected);
}
