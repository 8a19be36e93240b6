import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { TestOperation, TestService } from '../../server/test/harness.js';

const LAUNCHER = fileURLToPath(new URL('../bin/recuento.js', import.meta.url));

/** `recuento …` in a process of its own, for an operation of a service; it runs what `npm run build` made. */
export class CliCommand {
  /** What it wrote so far, to either stream. */
  output = '';
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly #closed: Promise<unknown>;

  constructor({ service }: TestService, { token }: TestOperation, args: readonly string[]) {
    this.child = spawn(process.execPath, [LAUNCHER, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, RECUENTO_URL: service.url, RECUENTO_TOKEN: token },
    });
    this.#closed = once(this.child, 'close');
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        this.output += chunk.toString();
      });
    }
  }

  /** When it ended: its exit code, null when a signal ended it, and all that it wrote. */
  async ended(): Promise<{ code: number | null; output: string }> {
    await this.#closed;
    return { code: this.child.exitCode, output: this.output };
  }
}
