import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attempt, type TestOperation, TestService } from './harness.js';

/** Callers that ask for a large reply and do not read it: what they hold is bounded, and told to the others. */
let service: TestService;
let operation: TestOperation;
/** Its reply has 14 MB: more than the system's own buffers for a connection take. */
const TELEPHONES = 100_000;
const DAY = ['20261103000000', '20261103235959'] as const;
const QUERY = `api=campaign_8&campaign_id=1001&date_ini=${DAY[0]}&date_end=${DAY[1]}`;

beforeAll(async () => {
  service = await TestService.start({ reply_memory_mib: 8 });
  const limits = { max_records: TELEPHONES, max_rows: TELEPHONES, max_simultaneous: 2 };
  operation = await service.operation({ limits });
  const attempts = Array.from({ length: TELEPHONES }, (_, at) => ({
    ...attempt(),
    attempt_id: String(at),
    telephone: String(573_000_000_000 + at),
  }));
  await operation.upload(attempts);
});
afterAll(() => service.stop());

const path = '/api/v2/reports_manager.php';
const statusOf = async () => {
  const reply = await fetch(`${service.service.url}${path}?${QUERY.replace('1001', '1002')}`, {
    headers: { 'wolkvox-token': operation.token },
  });
  await reply.text();
  return reply.status;
};

/** Asks, and reads nothing until it is told to. */
function slowReader(): Socket {
  const { hostname, port } = new URL(service.service.url);
  const socket = connect(Number(port), hostname);
  socket.pause();
  socket.on('error', () => undefined);
  socket.write(`GET ${path}?${QUERY} HTTP/1.1\r\nHost: x\r\nwolkvox-token: ${operation.token}\r\n\r\n`);
  return socket;
}

/** An empty report of another campaign is refused with 503 while too much waits to be read, else it is answered 404. */
const becomes = (status: number) => expect.poll(statusOf, { timeout: 60_000, interval: 100 }).toBe(status);

// Two slots: if the first reader kept its own, the second one and the one who looks would be one too many.
test.each(['hangs up', 'reads on'])(
  'reports are refused while replies hold too much, until who holds them %s',
  async (end) => {
    await becomes(404);
    const reader = slowReader();
    await becomes(503);
    if (end === 'reads on') reader.resume();
    else reader.destroy();
    await becomes(404);
    reader.destroy();
  },
);
