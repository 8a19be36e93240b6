import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { browserPlatform } from '../src/browser/platform.js';
import { ReportsManager } from '../src/browser.js';
import { dial } from './dials.js';
import { DocumentedServer, TOKEN } from './documented-server.js';

let server: DocumentedServer;
beforeAll(async () => {
  server = await DocumentedServer.start([]);
});
afterAll(() => server.stop());

const navigatorBefore = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
afterEach(() => {
  if (navigatorBefore) Object.defineProperty(globalThis, 'navigator', navigatorBefore);
});

/** Web Locks as a browser gives them to two pages of one origin (W3C Web Locks API: `ifAvailable` alone). */
class Locks {
  readonly #held = new Set<string>();

  async request(name: string, _: object, held: (lock: object | null) => Promise<void>): Promise<void> {
    if (this.#held.has(name)) return held(null);
    this.#held.add(name);
    await held({ name });
    this.#held.delete(name);
  }
}

test.each([
  ['with Web Locks', { locks: new Locks() }],
  ['without', {}],
])('a page %s has its report, and no more requests at once than the token may', async (_, navigator) => {
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
  server.become([dial()], { delay_ms: 5, waits_for: 2 });
  const page = new ReportsManager({ baseUrl: server.url, token: TOKEN });
  const day = { campaignId: 1, from: '2025-10-03', to: '2025-10-03' };
  const replies = await Promise.all(Array.from({ length: 6 }, () => page.campaign8(day).collect()));
  expect(replies.every(([row]) => row?.telephone === '573001234567')).toBe(true);
  expect(server.mostAtOnce).toBe(2);
  expect(page.calls.spent).toBe(6);
});

test('pages of one origin share the slots', async () => {
  Object.defineProperty(globalThis, 'navigator', { value: { locks: new Locks() }, configurable: true });
  const [one, other] = [browserPlatform().slots, browserPlatform().slots];
  const release = await one.take('token', 0, 1);
  expect(release).toBeDefined();
  expect(await other.take('token', 0, 1)).toBeUndefined();
  expect(await other.take('token', 1, 1)).toBeDefined();
  await release?.();
  await expect.poll(() => other.take('token', 0, 1)).toBeDefined();
});

test('hashes are those of Node', async () => {
  const hash = browserPlatform().sha256();
  hash.update('a');
  hash.update('bc');
  // FIPS 180-2, appendix B.1.
  expect(await hash.digest()).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
