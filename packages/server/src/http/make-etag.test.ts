import { DEFAULT_LIMITS } from '@recuento/contract';
import { afterEach, expect, test, vi } from 'vitest';
import type { Operation } from '../accounts/operations.js';

const OPERATION: Operation = {
  id: 1,
  server: '0001',
  name: 'one',
  licences: 1,
  time_zone: 'UTC',
  reply_profile: { code: 'number', empty_status: 404 },
  limits: DEFAULT_LIMITS,
  has_customers: false,
  words: [],
  numbering: null,
};

afterEach(() => vi.doUnmock('./version.js'));

/** The validator that a release gives to one report of unchanged data. */
async function etagBy(release: string): Promise<string> {
  vi.resetModules();
  vi.doMock('./version.js', () => ({ VERSION: release }));
  const { etagOf } = await import('./make-etag.js');
  return etagOf(OPERATION, '1 2 3', ['campaign_8', 7]);
}

test('another release has another validator: it may write the same report otherwise', async () => {
  const before = await etagBy('0.1.0');
  expect(await etagBy('0.1.0')).toBe(before);
  expect(await etagBy('0.1.1')).not.toBe(before);
});
