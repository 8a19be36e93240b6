import { rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { ServedProcess } from '../bench/served.js';
import { resetPeak, treeMemory } from './process-memory.js';

/** What the event loop of the service was held up by, since it was asked last. */
export interface Delay {
  readonly max_ms: number;
  readonly p99_ms: number;
}

const PROBE = new URL('./probe.mjs', import.meta.url).href;
export const TWILIO_SERVER = 'neighbourB';

/** The service as it is shipped, in a process and a directory of its own, with a probe in it. */
export class HostileService {
  readonly url: string;
  readonly admin_token: string;
  readonly #served: ServedProcess;
  readonly #directory: string;
  readonly #socket: Socket;
  readonly #answers: Interface;

  private constructor(served: ServedProcess, directory: string, socket: Socket) {
    this.url = served.url;
    this.admin_token = served.admin_token;
    this.#served = served;
    this.#directory = directory;
    this.#socket = socket;
    socket.on('error', () => undefined); // it ends with the service, which `ended` tells
    this.#answers = createInterface(socket);
  }

  /** @param settings as environment variables */
  static async start(settings: NodeJS.ProcessEnv = {}): Promise<HostileService> {
    const directory = await mkdtemp(join(tmpdir(), 'recuento-hostile-'));
    const probe = join(directory, 'probe.sock');
    const config = join(directory, 'recuento.json');
    const twilio_auth_tokens = { [TWILIO_SERVER]: 'a token of Twilio for hostile posts' };
    await writeFile(config, JSON.stringify({ twilio_auth_tokens }));
    try {
      const served = await ServedProcess.start(join(directory, 'data'), {
        NODE_OPTIONS: `--import ${PROBE}`,
        UV_THREADPOOL_SIZE: '96', // as the launcher sets it, which comes too late behind an import
        RECUENTO_HOSTILE_PROBE: probe,
        RECUENTO_CONFIG: config,
        RECUENTO_LOG_LEVEL: 'info',
        ...settings,
      });
      running.set(served, directory);
      return new HostileService(served, directory, connect(probe));
    } catch (error) {
      await rm(directory, { recursive: true, force: true });
      throw error;
    }
  }

  /** undefined: it did not answer in that time. A service that is held up answers when it is free again. */
  delay(wait_ms: number): Promise<Delay | undefined> {
    return new Promise((resolve) => {
      const settle = (delay: Delay | undefined) => {
        clearTimeout(timer);
        this.#answers.off('line', heard);
        resolve(delay);
      };
      const heard = (line: string) => settle(JSON.parse(line));
      const timer = setTimeout(() => settle(undefined), wait_ms);
      this.#answers.once('line', heard);
      this.#socket.write('?\n');
    });
  }

  /** Resolves when nothing holds it up any more, or it was waited for so long. */
  async calm(wait_ms: number): Promise<void> {
    const end_ms = performance.now() + wait_ms;
    await this.delay(wait_ms);
    while (performance.now() < end_ms) {
      await sleep(CALM_MS);
      const delay = await this.delay(Math.max(CALM_MS, end_ms - performance.now()));
      if (delay && delay.max_ms < CALM_MAX_MS) return;
    }
  }

  get ended(): boolean {
    return this.#served.ended;
  }

  /** Memory of the service and of whatever it started, in MiB: now, and the most since `forgetPeak`. */
  memory(): { now_mib: number; peak_mib: number } {
    return treeMemory(this.#served.pid);
  }

  forgetPeak(): void {
    resetPeak(this.#served.pid);
  }

  /** By its own id. One that is held up for minutes is not waited for. */
  async stop(): Promise<void> {
    this.#socket.destroy();
    await this.#served.stop(STOP_WAIT_MS);
    running.delete(this.#served);
    await rm(this.#directory, { recursive: true, force: true });
  }
}

const STOP_WAIT_MS = 10_000;
/** No more delay than that, in so long a time, is calm. */
const CALM_MAX_MS = 10;
const CALM_MS = 100;

/** None of them may outlive this process, however it ends; with their directories. */
const running = new Map<ServedProcess, string>();
process.on('exit', () => {
  for (const [served, directory] of running) {
    served.kill();
    rmSync(directory, { recursive: true, force: true });
  }
});
