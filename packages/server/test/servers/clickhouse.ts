import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { NATIVE_PACKAGES } from '../../src/attempts/engine/embedded/machines.js';

/** What a start may take on a machine that others keep busy; two seconds on one that is free. */
const START_MAX_MS = 60_000;
const LOOK_EVERY_MS = 50;
const CHILD = fileURLToPath(new URL('./clickhouse-child.mjs', import.meta.url));
const USER = 'recuento';
const PASSWORD = 'a password: of/the@tests';
/** Who may do all, for what tests ask of the server past the service. */
const ADMINISTRATOR = { user: 'administrator', password: 'of the tests' } as const;

/** A user who may only read, and only one database. */
export const READER = { user: 'reader', password: 'another', database: 'given' } as const;

/** A ClickHouse server in a process of its own, which ends with this one. */
export interface ClickHouse {
  /** `http://user:password@127.0.0.1:port`, without a database, of a user with the rights that the guide names. */
  readonly url: string;
  /** The same of one who may do all. */
  readonly administrator_url: string;
  readonly http_port: number;
  readonly pid: number;
  /** Stops it where it is: when it resolves it answers nothing, and its connections stay. */
  freeze(): Promise<void>;
  thaw(): void;
  /** Ends it at once, and nothing of it in order. What it had acknowledged is in its files. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, on the same files and ports. */
  again(): Promise<void>;
  /** Ends it, and removes its files. */
  stop(): Promise<void>;
}

/** Resolves when it answers. */
export async function startClickHouse(): Promise<ClickHouse> {
  const server = new Server();
  await server.again();
  return server;
}

class Server implements ClickHouse {
  /** What tells it from any other server that may have taken the port. */
  readonly #name = `node-${randomUUID()}`;
  readonly #directory = mkdtempSync(join(tmpdir(), 'recuento-clickhouse-'));
  #ports: readonly [number, number] | undefined;
  #child: ChildProcess | undefined;

  get url(): string {
    return `http://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${this.http_port}`;
  }

  get administrator_url(): string {
    const { user, password } = ADMINISTRATOR;
    return `http://${user}:${encodeURIComponent(password)}@127.0.0.1:${this.http_port}`;
  }

  get http_port(): number {
    return this.#ports?.[0] ?? 0;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  async freeze(): Promise<void> {
    this.#child?.kill('SIGSTOP');
    while (!isStopped(this.pid)) await setTimeout(1);
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL'); // it ends one that is stopped, too
    await ended;
  }

  async again(): Promise<void> {
    this.#ports ??= [await freePort(), await freePort()];
    this.#child = this.#spawned(this.#ports);
    try {
      await this.#answers(this.#child);
    } catch (error) {
      await this.kill();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #spawned(ports: readonly [number, number]): ChildProcess {
    mkdirSync(this.#directory, { recursive: true });
    const config = join(this.#directory, 'config.xml');
    writeFileSync(config, configOf(this.#name, join(this.#directory, 'users.xml')));
    writeFileSync(join(this.#directory, 'users.xml'), USERS);
    const log = openSync(this.#log, 'a');
    return spawn(process.execPath, [CHILD, libraryPath(), config, this.#directory, ...ports.map(String)], {
      // The last one is never written: it ends when this process does.
      stdio: ['ignore', log, log, 'pipe'],
    });
  }

  get #log(): string {
    return join(this.#directory, 'log');
  }

  async #answers(child: ChildProcess): Promise<void> {
    const until_ms = Date.now() + START_MAX_MS;
    while ((await this.#nameThatAnswers()) !== this.#name) {
      if (child.exitCode !== null || child.signalCode !== null || Date.now() > until_ms) {
        throw new Error(`no ClickHouse server came up: ${readFileSync(this.#log, 'utf8').slice(-2_000)}`);
      }
      await setTimeout(LOOK_EVERY_MS);
    }
  }

  async #nameThatAnswers(): Promise<string | undefined> {
    const headers = { 'X-ClickHouse-User': USER, 'X-ClickHouse-Key': PASSWORD };
    try {
      const query = new URLSearchParams({ query: 'SELECT displayName() FORMAT TSVRaw' });
      const reply = await fetch(`http://127.0.0.1:${this.http_port}/?${query}`, { headers });
      return (await reply.text()).trim();
    } catch {
      return undefined; // not yet
    }
  }
}

/** It needs little memory: what it keeps of files is small, and few threads wait for work. */
function configOf(name: string, users: string): string {
  return `<clickhouse>
  <display_name>${name}</display_name>
  <users_config>${users}</users_config>
  <mark_cache_size>16777216</mark_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <background_distributed_schedule_pool_size>4</background_distributed_schedule_pool_size>
  <!-- As in the configuration that servers are installed with. -->
  <access_control_improvements>
    <select_from_system_db_requires_grant>true</select_from_system_db_requires_grant>
    <select_from_information_schema_requires_grant>true</select_from_information_schema_requires_grant>
    <settings_constraints_replace_previous>true</settings_constraints_replace_previous>
    <table_engines_require_grant>false</table_engines_require_grant>
  </access_control_improvements>
</clickhouse>`;
}

/** What the guide says that the service's user needs, for the databases of tests. */
const RIGHTS = [
  ...readFileSync(new URL('../../../../docs/guide/servers.md', import.meta.url), 'utf8').matchAll(
    /^(GRANT .*) TO recuento;$/gm,
  ),
].map(([, right = '']) => right.replace(' recuento.*', ' t*.*'));

/** The session of `clickhouse local` is always the user without a password: it may start the listening, and nothing else. */
const USERS = `<clickhouse>
  <profiles><default/></profiles>
  <quotas><default/></quotas>
  <users>
    <default>
      <password/><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota>
      <grants><query>GRANT SYSTEM LISTEN ON *.*</query></grants>
    </default>
    <${USER}>
      <password>${PASSWORD}</password><networks><ip>127.0.0.1</ip></networks><profile>default</profile>
      <quota>default</quota><grants>${RIGHTS.map((right) => `<query>${right}</query>`).join('')}</grants>
    </${USER}>
    <${ADMINISTRATOR.user}>
      <password>${ADMINISTRATOR.password}</password><networks><ip>127.0.0.1</ip></networks><profile>default</profile>
      <quota>default</quota><access_management>1</access_management>
    </${ADMINISTRATOR.user}>
    <${READER.user}>
      <password>${READER.password}</password><networks><ip>127.0.0.1</ip></networks><profile>default</profile>
      <quota>default</quota><grants><query>GRANT SELECT ON ${READER.database}.*</query></grants>
    </${READER.user}>
  </users>
</clickhouse>`;

/** Whether all threads of a process are, where the system tells. */
function isStopped(pid: number): boolean {
  if (process.platform !== 'linux') return true;
  const threads = readdirSync(`/proc/${pid}/task`);
  const state = (thread: string) =>
    /^State:\t(.)/m.exec(readFileSync(`/proc/${pid}/task/${thread}/status`, 'utf8'))?.[1];
  return threads.every((thread) => state(thread) === 'T');
}

/** A port that nobody had a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** The library beside the binding of the embedded engine. */
function libraryPath(): string {
  const engine = createRequire(createRequire(import.meta.url).resolve('chdb'));
  const name = NATIVE_PACKAGES[`${process.platform} ${process.arch}`];
  if (name === undefined) throw new Error('this machine has no engine');
  return join(dirname(engine.resolve(name)), 'libchdb.so');
}
