import { type ChildProcess, fork, type SendHandle, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';

/**
 * New connections that are taken at each look at them; Node takes one (libuv since 1.45). To take one costs a tenth of a
 * millisecond, so a look takes two at most for it. With four, whoever called beside a flood still waited half as long again
 * (decision 0023).
 */
export const CONNECTIONS_A_LOOK = 16;

const COPIES = CONNECTIONS_A_LOOK - 1;

/**
 * Until the copies are there: 40 ms are usual. A process that hangs, or whose copies found no file to be, is ended then, and
 * that is told.
 */
const OPEN_MAX_MS = 10_000;

const COPIER = fileURLToPath(new URL('./acceptors-process.mjs', import.meta.url));

/**
 * What `http.createServer` asks of its own connections: a reply is still sent to a caller who has sent all that he wants to, and
 * sent at once.
 */
const AS_HTTP = { allowHalfOpen: true, noDelay: true };

/**
 * Has a server that listens take more than one connection at each look. Its socket gets more descriptors, each of which is
 * looked at by itself. Node makes one by sending it from one process to another, so it is sent there and back.
 */
export class Acceptors {
  readonly #server: Server;
  readonly #backlog: number;
  readonly #onError: (error: Error) => void;
  readonly #open_max_ms: number;
  readonly #listening: Server[] = [];
  #copier: ChildProcess | undefined;
  #is_closed = false;

  /**
   * @param backlog the server's: each that listens sets it anew
   * @param onError is told of connections that one of them could not take, as the server's own `error` tells
   * @param open_max_ms tests are less patient
   */
  constructor(
    server: Server,
    backlog: number,
    onError: (error: Error) => void,
    open_max_ms: number = OPEN_MAX_MS,
  ) {
    this.#open_max_ms = open_max_ms;
    this.#server = server;
    this.#backlog = backlog;
    this.#onError = onError;
  }

  /**
   * Resolves when all are there, or they were closed.
   *
   * @throws why there are fewer; those that are there go on
   */
  async open(): Promise<void> {
    const handle = handleOf(this.#server);
    if (this.#is_closed) return;
    const stdio: StdioOptions = ['ignore', 'ignore', 'ignore', 'ipc'];
    const end = { timeout: this.#open_max_ms, killSignal: END } as const;
    const copier = fork(COPIER, [String(COPIES)], { execArgv: [], env: {}, stdio, ...end });
    this.#copier = copier;
    copier.on('error', () => undefined); // `once` hears the first; where none was started, sending fails too
    copier.on('message', (_message, socket) => {
      this.#listen(socket);
      if (this.#listening.length === COPIES) copier.kill(END);
    });
    copier.send('socket', handle);
    await once(copier, 'exit');
    if (this.#listening.length < COPIES && !this.#is_closed) {
      throw new Error(
        `the process that copies the socket ended after ${this.#listening.length} of ${COPIES}`,
      );
    }
  }

  /** Takes no more; resolves when the connections that came have ended, and nothing has the socket any more. */
  async close(): Promise<void> {
    this.#is_closed = true;
    const ends = this.#listening.map((one) => new Promise((resolve) => one.close(resolve)));
    await Promise.all([...ends, this.#endOfCopier()]);
  }

  /** As long as it lives the port is taken. */
  async #endOfCopier(): Promise<void> {
    const copier = this.#copier;
    if (copier?.pid === undefined || copier.exitCode !== null || copier.signalCode !== null) return;
    const ended = new Promise((resolve) => copier.once('exit', resolve));
    copier.kill(END);
    await ended;
  }

  #listen(socket: SendHandle): void {
    if (socket === undefined) return; // Node would listen somewhere else, for everybody
    const one = createServer(AS_HTTP, (connection) => this.#server.emit('connection', connection));
    one.on('error', this.#onError);
    one.listen(socket, this.#backlog);
    if (this.#is_closed) one.close();
    else this.#listening.push(one);
  }
}

/** The copier has nothing to put in order, and ends at once, whatever it is doing. */
const END = 'SIGKILL';

/** The handle, not the server: a server that is sent is listened on by the other process, and its connections are lost there. */
function handleOf(server: Server): SendHandle {
  const handle: unknown = Reflect.get(server, '_handle');
  if (isHandle(handle)) return handle;
  throw new Error('the server does not listen');
}

/** It is no `Server`: the type of what a server has inside, which `cluster` sends to its processes too, is not public. */
function isHandle(handle: unknown): handle is Server {
  return typeof handle === 'object' && handle !== null;
}
