import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { z } from 'zod';

/** A real PostgreSQL server on a free port of 127.0.0.1. It ends with the process that started it, also when that is killed. */
export interface PostgresServer {
  /** Of a database of it, with its user and password. */
  url(database: string): string;
  /** The URL of a new, empty database. */
  createDatabase(): Promise<string>;
  /** Of the process whose children all its other processes are; another one after `start`. */
  readonly pid: number;
  /** Stops all of its processes where they stand: the system still takes connections and bytes for it. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  /** Ends all of its processes at once, as a power cut does; its directory stays. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, on the same port and directory. */
  start(): Promise<void>;
  /** Ends it, and deletes its directory. */
  stop(): Promise<void>;
}

const KEEPER = fileURLToPath(new URL('postgres-keeper.mjs', import.meta.url));

const answerSchema = z.object({
  url: z.string().optional(),
  pid: z.number().optional(),
  error: z.string().optional(),
});
type Answer = z.output<typeof answerSchema>;

/** Nothing is kept here beyond the tests, so nobody waits for a disk. */
const WITHOUT_A_DISK = ['fsync=off', 'full_page_writes=off'];

/**
 * @param settings as in `postgresql.conf`
 * @param to_disk whether it waits for the disk in each commit, as an installed one does
 */
export async function startPostgres({
  settings = [],
  to_disk = false,
}: {
  readonly settings?: readonly string[];
  readonly to_disk?: boolean;
} = {}): Promise<PostgresServer> {
  const all = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200'];
  const ask = keeper([...all, ...(to_disk ? [] : WITHOUT_A_DISK), ...settings]);
  const tell = async (command: string) => {
    await ask(command);
  };
  let { url = '', pid = 0 } = await ask('start');
  return {
    url: (database) => `${url}/${database}`,
    createDatabase: () => createDatabase(url),
    get pid() {
      return pid;
    },
    freeze: () => tell('freeze'),
    thaw: () => tell('thaw'),
    kill: () => tell('kill'),
    start: async () => {
      ({ url = '', pid = 0 } = await ask('start'));
    },
    stop: () => tell('stop'),
  };
}

/** The process that has the server, and a way to ask it one thing after another. */
function keeper(settings: readonly string[]): (command: string) => Promise<Answer> {
  // A group of its own: what ends a terminal's foreground ends the server by the closed pipe, and no sooner.
  const child = spawn(process.execPath, [KEEPER, JSON.stringify(settings)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  child.unref();
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return async (command) => {
    child.stdin.write(`${command}\n`);
    const { value } = await lines.next();
    const answer = answerSchema.parse(JSON.parse(value ?? '{"error":"the server’s keeper ended"}'));
    if (answer.error !== undefined) throw new Error(`PostgreSQL, ${command}: ${answer.error}`);
    return answer;
  };
}

let made = 0;

/**
 * A new, empty database on a server.
 *
 * @param server_url names no database
 */
export async function createDatabase(server_url: string): Promise<string> {
  made += 1;
  const name = `test_${process.pid}_${made}`;
  const client = new Client({ connectionString: `${server_url}/postgres` });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE template0`);
  } finally {
    await client.end();
  }
  return `${server_url}/${name}`;
}
