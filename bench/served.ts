import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const LAUNCHER = fileURLToPath(new URL('../packages/cli/bin/recuento.js', import.meta.url));
const ADMIN_TOKEN = 'administrator-token-for-the-benches-only';
/** Longer than any start takes on a busy machine: one that hangs is a fault. */
const START_MAX_MS = 300_000;

/** A report that was kept would be measured, or tried, once. Who asks what a kept one costs says so. */
const MADE_ANEW = { RECUENTO_KEPT_REPLY_MIB: '0' };
/** How often its memory is looked at. */
const LOOK_EVERY_MS = 250;

/** `recuento serve` as it is shipped, in a process of its own, so that time and memory are the service's alone. */
export class ServedProcess {
  readonly url: string;
  readonly admin_token = ADMIN_TOKEN;
  readonly #child: ChildProcessByStdio<null, Readable, null>;
  readonly #rss_mib: number[] = [];
  readonly #looking: NodeJS.Timeout;

  private constructor(url: string, child: ChildProcessByStdio<null, Readable, null>) {
    this.url = url;
    this.#child = child;
    this.#looking = setInterval(() => {
      if (!this.ended) this.#rss_mib.push(this.#memory('VmRSS'));
    }, LOOK_EVERY_MS);
  }

  /** @param launcher of another build */
  static async start(data: string, env: NodeJS.ProcessEnv = {}, launcher = LAUNCHER): Promise<ServedProcess> {
    const child = spawn(process.execPath, [launcher, 'serve', '--port', '0', '--data', data], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        RECUENTO_ADMIN_TOKEN: ADMIN_TOKEN,
        RECUENTO_LOG_LEVEL: 'info',
        ...MADE_ANEW,
        ...env,
      },
    });
    const gone = once(child, 'exit').then(() => Promise.reject(new Error('the service ended')));
    gone.catch(() => undefined);
    const overdue = setTimeout(() => child.kill('SIGKILL'), START_MAX_MS);
    const kill = () => child.kill('SIGKILL'); // also where this process ends before it serves
    process.once('exit', kill);
    try {
      return new ServedProcess(await Promise.race([gone, urlOf(child.stdout)]), child);
    } finally {
      clearTimeout(overdue);
      process.off('exit', kill);
    }
  }

  /** An operation with one token of all scopes; its secret. Nothing it does meets a limit of the day. */
  async operation(server: string, time_zone = 'UTC'): Promise<string> {
    await this.#send('POST', '/v1/operations', { server, name: server, licences: 100_000, time_zone });
    return this.token(server);
  }

  /** One more token of an operation. */
  async token(server: string): Promise<string> {
    const scopes = ['report', 'ingest', 'admin'];
    const created = await this.#send('POST', '/v1/tokens', { operation: server, name: 'bench', scopes });
    if (typeof created === 'object' && created !== null && 'token' in created) return String(created.token);
    throw new Error('no token came');
  }

  /** Rows that a page of the operation may have from now on. */
  async limitRows(server: string, max_rows: number): Promise<void> {
    await this.limit(server, { max_rows });
  }

  /** Limits of the operation from now on. */
  async limit(server: string, limits: Readonly<Record<string, number>>): Promise<void> {
    await this.#send('PATCH', `/v1/operations/${server}`, { limits });
  }

  /** Peak of its memory since the start, the engine included, in MiB; and what it held a quarter, half ... through. */
  memory(): { peak_mib: number; quarters_mib: number[] } {
    const at = (part: number) => this.#rss_mib[Math.floor((this.#rss_mib.length - 1) * part)] ?? 0;
    return { peak_mib: this.#memory('VmHWM'), quarters_mib: [0.25, 0.5, 0.75, 1].map(at) };
  }

  forgetMemory(): void {
    this.#rss_mib.length = 0;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get ended(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** In order; at once where it does not come to that within `wait_ms`. */
  async stop(wait_ms?: number): Promise<void> {
    clearInterval(this.#looking);
    if (this.ended) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const timer = wait_ms === undefined ? undefined : setTimeout(() => this.kill(), wait_ms);
    await ended;
    clearTimeout(timer);
  }

  /** At once. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #memory(field: 'VmRSS' | 'VmHWM'): number {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
    return Math.round(Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1_024);
  }

  async #send(method: 'POST' | 'PATCH', path: string, body: unknown): Promise<unknown> {
    const reply = await fetch(`${this.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!reply.ok) throw new Error(`${path} replied ${reply.status}: ${await reply.text()}`);
    return reply.json();
  }
}

/** One of the log's JSON lines has it. The log is read to its end, or the service would wait for a reader. */
function urlOf(log: Readable): Promise<string> {
  return new Promise((resolve) => {
    createInterface(log).on('line', (line) => {
      const url = /"url":"(http:[^"]+)"/.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
}
