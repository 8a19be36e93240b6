import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { TOKEN } from '../../client/test/documented-server.js';

const LAUNCHER = fileURLToPath(new URL('../bin/recuento.js', import.meta.url));

const alive = new Set<ChildProcessByStdio<null, Readable, Readable>>();
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/** `recuento pull` in a process of its own; it runs what `npm run build` made. */
export class PullCommand {
  output = '';
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  readonly #closed: Promise<unknown>;

  /** @param scratch where slots and counts are kept, as the system's temporary directory is */
  constructor(scratch: string, args: readonly string[], env: Record<string, string> = {}) {
    this.#child = spawn(process.execPath, [LAUNCHER, 'pull', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TMPDIR: scratch, RECUENTO_TOKEN: TOKEN, ...env },
    });
    alive.add(this.#child);
    this.#closed = once(this.#child, 'close');
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        this.output += chunk.toString();
      });
    }
  }

  /** @returns the exit code; null when a signal ended it */
  async ended(): Promise<number | null> {
    await this.#closed;
    alive.delete(this.#child);
    return this.#child.exitCode;
  }

  /** By this process's own id; it may have ended already. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> {
    this.#child.kill(signal);
    return this.ended();
  }
}
