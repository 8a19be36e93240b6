import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { type TestOperation, TestService } from '../../server/test/harness.js';
import { MariadbServer } from './mariadb-server.js';

export const EXAMPLES = fileURLToPath(new URL('../../../examples/dialer-database/', import.meta.url));
const SCRIPT = join(EXAMPLES, 'recuento-from-dialer');

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** A dialer's database and a service, with the files of the recipe as they are printed. */
export class DialerFeed {
  readonly database: MariadbServer;
  readonly service: TestService;
  readonly operation: TestOperation;
  readonly directory: string;

  private constructor(
    database: MariadbServer,
    service: TestService,
    operation: TestOperation,
    directory: string,
  ) {
    this.database = database;
    this.service = service;
    this.operation = operation;
    this.directory = directory;
  }

  static async start(): Promise<DialerFeed> {
    const [database, service] = await Promise.all([MariadbServer.start(), TestService.start()]);
    const operation = await service.operation();
    const directory = await mkdtemp(join(tmpdir(), 'recuento-dialer-'));
    const feed = new DialerFeed(database, service, operation, directory);
    await database.sql(await readFile(new URL('dialer-tables.sql', import.meta.url), 'utf8'));
    await database.sql(await readFile(join(EXAMPLES, 'read-only.sql'), 'utf8'));
    const client = await readFile(join(EXAMPLES, 'dialer.my.cnf'), 'utf8');
    await writeFile(join(directory, 'dialer.my.cnf'), `${client}port=${database.port}\n`);
    await writeFile(join(directory, 'token'), `${operation.token}\n`, { mode: 0o600 });
    await mkdir(join(directory, 'state'));
    return feed;
  }

  async stop(): Promise<void> {
    await Promise.all([this.database.stop(), this.service.stop()]);
    await rm(this.directory, { recursive: true, force: true });
  }

  /** Writes the printed settings with these in place of what they say. */
  async settings(kind: 'vicidial' | 'asterisk', name: string, more: Record<string, string>): Promise<string> {
    const printed = await readFile(join(EXAMPLES, `${kind}.conf`), 'utf8');
    const file = join(this.directory, `${name}.conf`);
    const own = {
      MYSQL_FILE: join(this.directory, 'dialer.my.cnf'),
      RECUENTO_URL: this.service.service.url,
      TOKEN_FILE: join(this.directory, 'token'),
      STATE: join(this.directory, 'state', name),
      ...more,
    };
    await writeFile(
      file,
      `${printed}\n${Object.entries(own)
        .map(([key, value]) => `${key}='${value}'\n`)
        .join('')}`,
    );
    return file;
  }

  /** @param env beside the environment that there is */
  async run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
    return this.begin(args, env).ended;
  }

  /** `child` leads a process group of its own. */
  begin(
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
  ): {
    readonly child: ChildProcessByStdio<null, Readable, Readable>;
    readonly ended: Promise<Ended>;
  } {
    const child = spawn(SCRIPT, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: { ...process.env, ...env },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
    }
    return { child, ended: once(child, 'close').then(([code]) => ({ code, output })) };
  }

  /** Every attempt of a campaign, as `telephone date result id`, in order. */
  async attempts(campaign: number, from: string, to: string): Promise<string[]> {
    const window = { date_ini: from, date_end: to };
    const reply = await this.operation.get({ api: 'campaign_3', campaign_id: String(campaign), ...window });
    return reply.json.data
      .map(({ telephone, date, result, conn_id }) => `${telephone} ${date} ${result} ${conn_id}`)
      .sort();
  }

  async imports(): Promise<number> {
    const reply = await this.service.v1('GET', '/imports?limit=1000', this.operation.token);
    const { imports } = (await reply.json()) as { imports: unknown[] };
    return imports.length;
  }
}
