import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { toolPath } from '../../server/test/tools.js';

const run = promisify(execFile);

/** A MariaDB of its own, in a directory of its own, which only this machine reaches. */
export class MariadbServer {
  readonly port: number;
  readonly #directory: string;
  readonly #child: ChildProcess;

  private constructor(port: number, directory: string, child: ChildProcess) {
    this.port = port;
    this.#directory = directory;
    this.#child = child;
  }

  static async start(): Promise<MariadbServer> {
    const mariadbd = toolPath('mariadbd');
    if (mariadbd === undefined) throw new Error('mariadbd is not installed: apt-get install mariadb-server');
    const directory = await mkdtemp(join(tmpdir(), 'recuento-mariadb-'));
    const [data, port] = [join(directory, 'data'), await freePort()];
    // Both are told to be whoever runs the test: as root the server would refuse, and its data be somebody else's.
    const common = ['--no-defaults', `--datadir=${data}`, `--user=${process.getuid?.() === 0 ? 'root' : ''}`];
    const auth = ['--auth-root-authentication-method=normal', '--skip-test-db', '--skip-name-resolve'];
    await run('mariadb-install-db', [...common, ...auth]);
    const child = spawn(
      mariadbd,
      [
        ...common,
        `--socket=${join(directory, 's')}`,
        `--pid-file=${join(directory, 'pid')}`,
        '--bind-address=127.0.0.1',
        `--port=${port}`,
        '--skip-name-resolve',
        '--innodb-buffer-pool-size=16M',
        '--innodb-flush-log-at-trx-commit=0',
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let said = '';
    const server = new MariadbServer(port, directory, child);
    for await (const chunk of child.stderr) {
      said += String(chunk);
      if (said.includes('ready for connections')) break;
    }
    if (!said.includes('ready for connections')) throw new Error(said);
    return server;
  }

  /** Runs statements as the administrator, and returns their rows: a line each, with tabs. */
  async sql(statements: string, database = ''): Promise<string> {
    const socket = `--socket=${join(this.#directory, 's')}`;
    const args = ['--no-defaults', '--user=root', socket, '--batch', '--skip-column-names', '--binary-mode'];
    const child = spawn('mariadb', [...args, '--default-character-set=utf8mb4', database].filter(Boolean));
    let rows = '';
    let fault = '';
    child.stdout.on('data', (chunk) => (rows += String(chunk)));
    child.stderr.on('data', (chunk) => (fault += String(chunk)));
    child.stdin.end(statements);
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(fault);
    return rows;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null) {
      this.#child.kill('SIGTERM');
      await once(this.#child, 'exit');
    }
    await rm(this.#directory, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
