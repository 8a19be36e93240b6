import { type ChildProcess, fork, type SendHandle, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';

/**
 * New connections that are taken at each look at them, a tenth of a millisecond each. Node takes one (libuv since 1.45): whoever
 * calls beside hundreds that call again and again waits for hundreds of looks (decision 0023).
 */
export const CONNECTIONS_A_LOOK = 16;

const COPIES = CONNECTIONS_A_LOOK - 1;

const PROCESS = fileURLToPath(new URL('./acceptors-process.mjs', import.meta.url));

/**
 * Has a server that listens take more than one connection at each look. Its socket gets more descriptors, each of which is
 * looked at by itself. Node makes one by sending it from one process to another, so it is sent there and back.
 */
export class Acceptors {
  readonly #server: Server;
  readonly #backlog: number;
  readonly #listening: Server[] = [];
  #process: ChildProcess | undefined;
  #is_closed = false;

  /** @param backlog the server's: each that listens sets it anew */
  constructor(server: Server, backlog: number) {
    this.#server = server;
    this.#backlog = backlog;
  }

  /**
   * Resolves when all are there, or the server is closed.
   *
   * @throws what starting a process does; those that are there go on
   */
  async open(): Promise<void> {
    const stdio: StdioOptions = ['ignore', 'ignore', 'ignore', 'ipc'];
    const process = fork(PROCESS, [String(COPIES)], { execArgv: [], env: {}, stdio });
    this.#process = process;
    process.on('message', (_message, socket) => {
      this.#listen(socket);
      if (this.#listening.length === COPIES) process.kill();
    });
    process.on('error', () => undefined); // `once` hears the first; one that did not start fails at the sending, too
    process.send('socket', handleOf(this.#server));
    await once(process, 'exit');
    if (this.#listening.length < COPIES && !this.#is_closed)
      throw new Error('the process for it ended too soon');
  }

  /** Takes no more; resolves when the connections that came have ended. */
  async close(): Promise<void> {
    this.#is_closed = true;
    this.#process?.kill();
    await Promise.all(this.#listening.map((one) => new Promise((resolve) => one.close(resolve))));
  }

  #listen(socket: SendHandle): void {
    const one = createServer({ allowHalfOpen: true, noDelay: true }, (connection) => {
      this.#server.emit('connection', connection);
    });
    one.on('error', () => undefined); // it takes none, and the others do
    one.listen(socket, this.#backlog);
    if (this.#is_closed) one.close();
    else this.#listening.push(one);
  }
}

/** What can be sent: the server itself would be listened on by the process, and what came there would be lost. */
function handleOf(server: Server): SendHandle {
  const handle: unknown = Reflect.get(server, '_handle');
  if (isHandle(handle)) return handle;
  throw new Error('the server does not listen');
}

/** Node's types leave out the handle, which its documentation has (`subprocess.send`, `server.listen(handle)`). */
function isHandle(handle: unknown): handle is Server {
  return typeof handle === 'object' && handle !== null;
}
