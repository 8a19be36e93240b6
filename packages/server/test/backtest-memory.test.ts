import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestService } from './harness.js';
import { fill, WORLD_ZONE, worldOptions } from './hygiene/world.js';

/** Where each read has 128 MiB. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start({ read_sessions: 2, report_memory_mib: 256 });
});
afterAll(() => service.stop());

test('a curve over probabilities takes some memory for a telephone, and not for each of its values', async () => {
  const operation = await service.operation({ time_zone: WORLD_ZONE });
  await fill(operation, worldOptions('quiet', 1, 30_000));
  const rule = {
    campaign_id: 'all',
    conditions: [
      { kind: 'probability', below: 0.03 },
      { kind: 'dialed', at_least: 8, within_days: 60, faults: 'exclude' },
    ],
    quarantine_days: 30,
  };
  const asked = { rule, as_of: '2026-10-20T23:59:59-05:00', until: '2026-10-31T23:59:59-05:00' };
  const reply = await service.v1('POST', '/hygiene/backtest', operation.token, asked);
  expect([reply.status, await reply.json()]).toEqual([200, expect.objectContaining({ dials_after: 10_988 })]);
});
