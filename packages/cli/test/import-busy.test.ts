import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { ApiClient, ServerRefusal } from '../src/api-client.js';
import { whileBusy } from '../src/while-busy.js';

test('what has no room is sent again when the server says so, and nothing else is', async () => {
  const replies = [503, 503, 202, 503, 400];
  const server = createServer((request, reply) => {
    request.resume();
    const status = replies.shift() ?? 500;
    // The second to last says nothing of when to come again.
    reply.writeHead(status, status === 503 && replies.length > 1 ? { 'Retry-After': '1' } : {}).end('{}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const client = ApiClient.fromEnvironment({
    RECUENTO_URL: `http://127.0.0.1:${port}`,
    RECUENTO_TOKEN: 'rct_x',
  });
  const told: string[] = [];
  const send = () =>
    whileBusy(
      () => client.json({ method: 'POST', path: '/imports', body: 'x' }),
      (line) => told.push(line),
    );
  expect(await send()).toEqual({});
  expect(told).toEqual(Array(2).fill('The server is busy: trying again in 1 s'));
  await expect(send()).rejects.toBeInstanceOf(ServerRefusal);
  await expect(send()).rejects.toMatchObject({ status: 400 });
  expect([told.length, replies]).toEqual([2, []]);
  server.close();
  server.closeAllConnections();
});
