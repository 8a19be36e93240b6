import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

export const run = promisify(execFile);

const START_MAX_MS = 120_000;
const LOOK_EVERY_MS = 200;

export interface ServerOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** Where it works, and where its log goes. */
  readonly directory: string;
  /** The user that it runs as, when not this process's. */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** Asks it for an orderly end. */
  readonly stop_signal: 'SIGTERM' | 'SIGINT';
  /** Resolves when it answers. */
  readonly ready: () => Promise<unknown>;
}

/** A database server as a child of this process: it ends with it, and is ended by its own process id. */
export class ChildServer {
  readonly #child: ChildProcess;
  readonly #signal: ServerOptions['stop_signal'];
  readonly #kill = () => this.#child.kill(this.#signal);

  private constructor(child: ChildProcess, signal: ServerOptions['stop_signal']) {
    this.#child = child;
    this.#signal = signal;
    process.once('exit', this.#kill);
  }

  /** @throws Error when it ended, or did not answer in time; its log is in its directory */
  static async start(options: ServerOptions): Promise<ChildServer> {
    const { command, args, directory, user, stop_signal, ready } = options;
    const log = openSync(join(directory, 'server.log'), 'a');
    const child = spawn(command, args, { cwd: directory, stdio: ['ignore', log, log], ...user });
    const server = new ChildServer(child, stop_signal);
    const until_ms = performance.now() + START_MAX_MS;
    let answers = false;
    while (!answers) {
      if (child.exitCode !== null || performance.now() > until_ms) {
        await server.stop();
        throw new Error(`${command} did not start: see ${join(directory, 'server.log')}`);
      }
      await sleep(LOOK_EVERY_MS);
      answers = await ready().then(
        () => true,
        () => false,
      );
    }
    return server;
  }

  async stop(): Promise<void> {
    process.off('exit', this.#kill);
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#kill();
    await ended;
  }
}
