import { type ChildProcess, fork, type SendHandle, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';

/**
 * New connections that are accepted in each pass of the event loop; Node accepts one (libuv since 1.45). Accepting one
 * costs a tenth of a millisecond, so a pass spends two milliseconds on it at most. With four, whoever called during a
 * flood still waited half as long again (decision 0023).
 */
export const CONNECTIONS_A_LOOK = 16;

const COPIES = CONNECTIONS_A_LOOK - 1;

/**
 * How long the copies may take; 40 ms are usual. A process that hangs, or that had no descriptors left for its copies, is
 * ended then, and the failure is reported.
 */
const OPEN_MAX_MS = 10_000;

const COPIER = fileURLToPath(new URL('./acceptors-process.mjs', import.meta.url));

/**
 * The options with which `http.createServer` accepts its own connections: a caller that has finished sending still gets
 * its reply, and bytes are sent without delay.
 */
const AS_HTTP = { allowHalfOpen: true, noDelay: true };

/**
 * Makes a listening server accept more than one connection in each pass of the event loop. Its socket gets more
 * descriptors, and each of them is polled by itself. Node makes a descriptor when a socket is sent to another process, so
 * the socket is sent there and back.
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
   * @param backlog that of the server: each further listener sets it anew
   * @param onError receives the failures to accept a connection, as the server's own `error` event does
   * @param open_max_ms shorter in tests
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
   * Resolves when all copies listen, or when they were closed.
   *
   * @throws the reason why there are fewer; the copies that listen go on
   */
  async open(): Promise<void> {
    const handle = handleOf(this.#server);
    if (this.#is_closed) return;
    const stdio: StdioOptions = ['ignore', 'ignore', 'ignore', 'ipc'];
    const end = { timeout: this.#open_max_ms, killSignal: END } as const;
    const copier = fork(COPIER, [String(COPIES)], { execArgv: [], env: {}, stdio, ...end });
    this.#copier = copier;
    copier.on('error', () => undefined); // `once` below hears the first; where no process was started, sending fails too
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

  /** Stops accepting. Resolves when the accepted connections have ended and nothing holds the socket any more. */
  async close(): Promise<void> {
    this.#is_closed = true;
    const ends = this.#listening.map((one) => new Promise((resolve) => one.close(resolve)));
    await Promise.all([...ends, this.#endOfCopier()]);
  }

  /** The port is taken for as long as the copying process lives. */
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

/** The copying process has nothing to clean up, so it is ended at once, whatever it is doing. */
const END = 'SIGKILL';

/** The handle, not the server: if a server is sent, the other process listens on it, and its connections are lost there. */
function handleOf(server: Server): SendHandle {
  const handle: unknown = Reflect.get(server, '_handle');
  if (isHandle(handle)) return handle;
  throw new Error('the server does not listen');
}

/** Not really a `Server`: the type of the handle inside a server, which `cluster` also sends to its processes, is not public. */
function isHandle(handle: unknown): handle is Server {
  return typeof handle === 'object' && handle !== null;
}
