import { once } from 'node:events';
import {
  Agent,
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';

/** A statement as the service sent it. */
export interface Sent {
  /** With all that it was told; a statement that brings rows is in here, too. */
  readonly path: string;
  /** The statement, or the rows that it brings. */
  readonly body: Buffer;
}

/**
 * Stands between a service and its ClickHouse server, and keeps what the service sends: so the bare statement is the very same,
 * and nothing else. Nobody is measured through it.
 */
export class Recorder {
  /** What the service is told instead of the server's address; without a database. */
  readonly url: string;
  readonly #server: Server;
  readonly #agent: Agent;
  readonly #sent: Sent[];

  private constructor(url: string, server: Server, agent: Agent, sent: Sent[]) {
    this.url = url;
    this.#server = server;
    this.#agent = agent;
    this.#sent = sent;
  }

  /** @param target `http://user:password@host:port` */
  static async start(target: string): Promise<Recorder> {
    const sent: Sent[] = [];
    const agent = new Agent({ keepAlive: true });
    const server = createServer((asked, reply) => {
      passOn(asked, reply, { target, agent, keep: (one) => sent.push(one) }).catch(() => reply.destroy());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const url = new URL(target);
    url.port = String(address.port);
    return new Recorder(url.origin.replace('//', `//${url.username}:${url.password}@`), server, agent, sent);
  }

  /** What `work` had the service send, in its order; none of what was sent before. */
  async during(work: () => Promise<unknown>): Promise<readonly Sent[]> {
    this.#sent.length = 0;
    await work();
    return this.#sent.splice(0);
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
    this.#agent.destroy();
  }
}

interface Passing {
  readonly target: string;
  readonly agent: Agent;
  readonly keep: (sent: Sent) => void;
}

async function passOn(asked: IncomingMessage, reply: ServerResponse, passing: Passing): Promise<void> {
  const body = Buffer.concat(await asked.toArray());
  const { url: path = '/', method, headers } = asked;
  passing.keep({ path, body });
  const { 'transfer-encoding': _, ...same } = headers; // it is whole by now
  const { hostname, port } = new URL(passing.target);
  const onward = request({
    ...{ hostname, port, path, method, agent: passing.agent },
    headers: { ...same, 'content-length': body.length },
  });
  onward.end(body);
  const [answer]: IncomingMessage[] = await once(onward, 'response');
  if (!answer) throw new Error('the server said nothing');
  reply.writeHead(answer.statusCode ?? 0, answer.headers);
  for await (const piece of answer) reply.write(piece);
  reply.end();
}
