import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const LAUNCHER = fileURLToPath(new URL('../bin/recuento.js', import.meta.url));

/** `recuento demo` in a process of its own. */
export class Demo {
  output = '';
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;

  private constructor(child: ChildProcessByStdio<null, Readable, Readable>) {
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        this.output += chunk.toString();
      });
    }
  }

  /** Resolves when the lines to paste are there. */
  static async start(data: string, launcher: string = LAUNCHER, attempts = 5_000): Promise<Demo> {
    const args = [launcher, 'demo', '--port', '0', '--data', data, '--attempts', String(attempts)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const demo = new Demo(child);
    while (!demo.output.includes('Stop it with')) {
      await Promise.race([once(child.stdout, 'data'), once(child, 'close')]);
      if (child.exitCode !== null) throw new Error(demo.output);
    }
    return demo;
  }

  get url(): string {
    return this.#said('URL');
  }

  get token(): string {
    return this.#said('Token');
  }

  /** Opens the console signed in, once. */
  get link(): string {
    return /^ {2}(http\S+#sign-in=\S+)$/m.exec(this.output)?.[1] ?? '';
  }

  #said(name: string): string {
    return new RegExp(`^ {2}${name} +(\\S+)$`, 'm').exec(this.output)?.[1] ?? '';
  }

  curlLines(): string[] {
    return this.output.split('\n').flatMap((line) => (line.startsWith('  curl ') ? [line.trim()] : []));
  }

  /** The exit code after SIGTERM. */
  async stop(): Promise<number | null> {
    if (this.#child.exitCode === null) {
      this.#child.kill('SIGTERM');
      await once(this.#child, 'exit');
    }
    return this.#child.exitCode;
  }
}
