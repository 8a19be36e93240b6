import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CONNECTIONS_A_LOOK } from '../src/http/acceptors.js';
import { TestService } from './harness.js';

/** Many callers connect at the same moment. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

const CALLERS = 160;
const LAUNCHER = fileURLToPath(new URL('../../cli/bin/recuento.js', import.meta.url));

/** The most connections that the service takes between two looks. */
async function mostALook(): Promise<number> {
  const { connections } = service.service.services.admission;
  let before = connections.figures().held;
  let [most, is_over] = [0, false];
  const look = () => {
    const { held } = connections.figures();
    most = Math.max(most, held - before);
    before = held;
    if (!is_over) setImmediate(look);
  };
  look();
  const port = Number(new URL(service.service.url).port);
  const replies = Array.from({ length: CALLERS }, async () => {
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    const [bytes] = await once(socket, 'data');
    return String(bytes).split('\r\n', 1)[0];
  });
  expect(new Set(await Promise.all(replies))).toEqual(new Set(['HTTP/1.1 200 OK']));
  is_over = true;
  return most;
}

test('sixteen are taken at a look, and all are answered', async () => {
  // Those beyond the first come a moment after the start.
  await expect.poll(mostALook, { timeout: 60_000 }).toBe(CONNECTIONS_A_LOOK);
});

test('where few files may be open, connections are half of them, and the log says so', async () => {
  const data = await mkdtemp(join(tmpdir(), 'recuento-few-files-'));
  const command = `ulimit -n 1000 && exec "$0" "$1" serve --port 0 --data "$2"`;
  const child = spawn('sh', ['-c', command, process.execPath, LAUNCHER, data], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, RECUENTO_LOG_LEVEL: 'info' },
  });
  const ended = once(child, 'exit');
  try {
    const lines: string[] = [];
    for await (const line of createInterface(child.stdout)) {
      lines.push(line);
      if (line.includes('"serving"')) break;
    }
    const warned = lines.filter((line) => line.includes('"level":"warn"')).map((line) => JSON.parse(line));
    expect(warned).toMatchObject([{ max_connections: 500, wanted: 4_096 }]);
  } finally {
    child.kill('SIGKILL');
    await ended;
    await rm(data, { recursive: true, force: true });
  }
});
