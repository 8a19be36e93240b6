import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { checkRepliesOf } from './documented-fetch.js';
import { ADMIN_TOKEN } from './harness.js';
import { storeVariablesOf } from './servers/test-stores.js';

const LAUNCHER = fileURLToPath(new URL('../../cli/bin/recuento.js', import.meta.url));
const BUILT = fileURLToPath(new URL('../../cli/dist/main.js', import.meta.url));

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** Every process started here that may still live; none may outlive the tests, however they end. */
const alive = new Set<Child>();
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/** `recuento serve` in a process of its own, so that it can be killed. It runs what `npm run build` made. */
export class SpawnedService {
  readonly #child: Child;
  #output = '';
  #url = '';
  /** Messages of the log at level warn and above. */
  readonly warnings: string[] = [];
  /** The log, line by line. */
  readonly lines: string[] = [];
  /** All messages of the log. */
  readonly messages: string[] = [];

  private constructor(child: Child) {
    this.#child = child;
    alive.add(child);
    child.once('exit', () => alive.delete(child));
    child.stderr.on('data', (chunk: Buffer) => {
      this.#output += chunk.toString();
    });
  }

  /** Starts without waiting for anything, on the stores that `env` says: without any they are in `data`. */
  static spawn(
    data: string,
    env: NodeJS.ProcessEnv = {},
    port = '0',
    program: string = LAUNCHER,
  ): SpawnedService {
    if (!existsSync(BUILT)) throw new Error(`${BUILT} is missing: run "npm run build" (npm test does) first`);
    const child = spawn(process.execPath, [program, 'serve', '--port', port, '--data', data], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, RECUENTO_ADMIN_TOKEN: ADMIN_TOKEN, RECUENTO_LOG_LEVEL: 'info', ...env },
    });
    return new SpawnedService(child);
  }

  /**
   * Starts on the stores of `data` and resolves when it serves.
   *
   * @param program what is started instead of the command; it takes the same arguments
   */
  static async start(data: string, env: NodeJS.ProcessEnv = {}, program?: string): Promise<SpawnedService> {
    const service = SpawnedService.spawn(data, { ...(await storeVariablesOf(data)), ...env }, '0', program);
    await service.#serving();
    return service;
  }

  get url(): string {
    return this.#url;
  }

  /** Memory of its process that is in use, in bytes (Linux). */
  async memory_bytes(): Promise<number> {
    const status = await readFile(`/proc/${this.#child.pid}/status`, 'utf8');
    return 1_024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]);
  }

  /** `kill -9`, by this process's own id. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** As when native code goes wrong: resolves when the process has ended by this signal. */
  async crash(signal: 'SIGSEGV' | 'SIGABRT' | 'SIGBUS'): Promise<void> {
    await this.#end(signal);
  }

  /** Sends a signal, and waits for nothing. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** The exit code, once it has ended by itself. */
  async ended(): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
    return this.#child.exitCode;
  }

  /** What it said on the standard error. */
  get output(): string {
    return this.#output;
  }

  /** The exit code after SIGTERM. */
  async terminate(): Promise<number | null> {
    await this.#end('SIGTERM');
    return this.#child.exitCode;
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill(signal);
    await ended;
  }

  /** One of the log's JSON lines has the URL. The log is read to its end, or the service would wait for a reader. */
  #serving(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#child.once('exit', (code, signal) =>
        reject(new Error(`the service ended before it served (${code ?? signal}): ${this.#output}`)),
      );
      createInterface(this.#child.stdout).on('line', (line) => {
        const { url, level = '', msg = '' } = JSON.parse(line) as Record<string, string | undefined>;
        this.lines.push(line);
        this.messages.push(msg);
        if (['warn', 'error', 'fatal'].includes(level)) this.warnings.push(msg);
        if (url === undefined || this.#url !== '') return;
        this.#url = url;
        checkRepliesOf(url);
        resolve();
      });
    });
  }
}

/** To be called when a test ends, also a failed one. */
export async function killAllSpawned(): Promise<void> {
  const ended = [...alive].map((child) => once(child, 'exit'));
  for (const child of alive) child.kill('SIGKILL');
  await Promise.all(ended);
}
