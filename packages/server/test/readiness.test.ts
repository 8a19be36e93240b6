import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { TestService } from './harness.js';

let service: TestService;
beforeAll(async () => {
  service = await TestService.start({ read_sessions: 2 });
});
afterAll(() => service.stop());
afterEach(() => vi.restoreAllMocks());

const ready = async () => (await fetch(`${service.service.url}/readyz`)).json();

test('however many ask whether it is ready, the stores are asked once a second, and all are answered', async () => {
  const { engine } = service.service.services;
  const read = vi.spyOn(engine, 'read');
  const began_ms = performance.now();
  const times = 400; // fewer than strangers may have under way at once
  const socket = connect(Number(new URL(service.service.url).port), '127.0.0.1');
  socket.write('GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(times));
  let text = '';
  for await (const chunk of socket) {
    text += chunk;
    if (text.split('{"status":"ready"}').length > times) break;
  }
  socket.destroy();
  // At most one look a second, and one that was due.
  expect(read.mock.calls.length).toBeLessThanOrEqual(1 + Math.ceil((performance.now() - began_ms) / 1_000));
});

test('strangers who have all that strangers may have keep nobody from asking', async () => {
  const { admission } = service.service.services;
  const taken: { release(): void }[] = [];
  try {
    for (;;) {
      const place = admission.requests.open('strangers');
      taken.push(place);
      await place.grow(1, { wait_ms: 0 });
    }
  } catch {
    // There is no more.
  }
  expect((await fetch(`${service.service.url}/docs`)).status).toBe(503);
  for (const path of ['/healthz', '/readyz']) {
    expect((await fetch(`${service.service.url}${path}`)).status).toBe(200);
  }
  for (const place of taken) place.release();
  expect((await fetch(`${service.service.url}/docs`)).status).toBe(200);
});

test('a store that does not answer is told, and that it is well again', async () => {
  const { engine } = service.service.services;
  const broken = vi.spyOn(engine, 'read').mockRejectedValue(new Error('gone'));
  await expect.poll(ready, { timeout: 60_000 }).toEqual({ status: 'not ready', reason: 'engine' });
  broken.mockRestore();
  await expect.poll(ready, { timeout: 60_000 }).toEqual({ status: 'ready' });
});
