import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestService } from './harness.js';
import { SpawnedService } from './spawned-service.js';

/** What a table of any size costs while it goes out, seen from outside: the memory of the process. */
const TELEPHONES = 3_000_000;
const MIB = 1024 ** 2;
const QUERY = 'campaign_id=1001&from=2026-10-01T00:00:00Z&to=2026-10-31T23:59:59Z';

let directory: string;
let service: SpawnedService;
let token: string;
beforeAll(async () => {
  const filling = await TestService.start();
  directory = filling.directory;
  const operation = await filling.operation();
  token = operation.token;
  const { engine, accounts } = filling.service.services;
  const { id } = await accounts.operations.byServer(operation.server);
  await engine.command(`INSERT INTO told
      (operation_id, campaign_id, telephone, dialed_at, result, delivery, attempt_id)
    SELECT ${id}, 1001, toString(573000000000 + number), toDateTime('2026-10-01 12:00:00', 'UTC') + number % 2500000,
      'busy', 1700000000000000, toString(number)
    FROM numbers(${TELEPHONES})`);
  await filling.service.stop();
  service = await SpawnedService.start(directory);
});
afterAll(async () => {
  await service.kill();
  await rm(directory, { recursive: true, force: true });
});

test.each([
  ['csv', 'telephone', 240],
  ['ndjson', '-total_machine_recognitions', 700],
] as const)(
  'a table as %s, by %s, costs no more memory than the last one did, read at once or slowly',
  async (format, sort, least_mib) => {
    await bytesOf(await open({ format, sort })); // what the engine and the heap take once, they keep
    const before_bytes = await service.memory_bytes();
    let most_bytes = 0;
    const watch = async () => {
      most_bytes = Math.max(most_bytes, await service.memory_bytes());
    };
    const reply = await open({ format, sort });
    // Nothing is read for a while: what waits is a block of the engine and the connection's buffers.
    for (let look = 0; look < 20; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      await watch();
    }
    const file_bytes = await bytesOf(reply, watch);
    expect(reply.complete).toBe(true);
    expect(file_bytes).toBeGreaterThan(least_mib * MIB);
    expect(most_bytes - before_bytes).toBeLessThan(file_bytes / 2);
  },
);

async function open(query: Record<string, string>): Promise<IncomingMessage> {
  const url = `${service.url}/v1/machine-codes?${QUERY}&${new URLSearchParams(query)}`;
  const request = get(url, { headers: { 'wolkvox-token': token } });
  const [reply]: IncomingMessage[] = await once(request, 'response');
  if (reply?.statusCode !== 200) throw new Error(`status ${reply?.statusCode}`);
  return reply;
}

async function bytesOf(reply: IncomingMessage, watch?: () => Promise<void>): Promise<number> {
  let bytes = 0;
  let looked_at = 0;
  for await (const chunk of reply) {
    bytes += chunk.length;
    if (!watch || bytes - looked_at < 4 * MIB) continue;
    looked_at = bytes;
    await watch();
  }
  return bytes;
}
