import { existsSync } from 'node:fs';
import { chown, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ChildServer, run, type ServerOptions } from './child-server.js';
import { clientArguments, PostgreSqlClient } from './postgresql-client.js';

const INSTALLED = '/usr/lib/postgresql';

/** The newest installed version's. */
export async function binaries(): Promise<string | undefined> {
  if (!existsSync(INSTALLED)) return undefined;
  const versions = (await readdir(INSTALLED)).map(Number).sort((a, b) => b - a);
  return versions
    .map((version) => join(INSTALLED, String(version), 'bin'))
    .find((bin) => existsSync(join(bin, 'postgres')));
}

/** Starts a server in a directory, and a client of it. @param empty there is no database there yet */
export async function startPostgreSql(
  directory: string,
  empty: boolean,
): Promise<{ readonly client: PostgreSqlClient; close(): Promise<void> }> {
  const bin = (await binaries()) ?? '';
  const user = await owner();
  const data = join(directory, 'data');
  await mkdir(directory, { recursive: true });
  if (user) await chown(directory, user.uid, user.gid);
  if (empty) {
    const made = ['--pgdata', data, '--auth=trust', '--username=postgres', '--encoding=UTF8', '--locale=C'];
    await run(join(bin, 'initdb'), made, { cwd: directory, ...user });
  }
  const server = await ChildServer.start({
    command: join(bin, 'postgres'),
    args: ['-D', data, ...settings(directory).flatMap((setting) => ['-c', setting])],
    directory,
    ...(user && { user }),
    stop_signal: 'SIGINT', // does not wait for clients
    ready: () => run(join(bin, 'psql'), [...clientArguments(directory), '--command', 'SELECT 1']),
  });
  const client = new PostgreSqlClient(join(bin, 'psql'), directory);
  return {
    client,
    async close() {
      await client.close();
      await server.stop();
    },
  };
}

/** The server refuses to run as root. */
async function owner(): Promise<ServerOptions['user']> {
  if (process.getuid?.() !== 0) return undefined;
  const id = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout);
  return { uid: await id('-u'), gid: await id('-g') };
}

/** Durability is at its default: synchronous commits. No network at all, a socket only. */
const settings = (directory: string) => [
  'listen_addresses=',
  `unix_socket_directories=${directory}`,
  'shared_buffers=2GB',
  // Groups of a report fit into memory, and an index is built in it.
  'work_mem=512MB',
  'maintenance_work_mem=1GB',
  'max_wal_size=8GB',
];
