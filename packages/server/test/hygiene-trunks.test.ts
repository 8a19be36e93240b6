import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestService } from './harness.js';
import { type Row, refusal, told } from './hygiene/asking.js';
import { fill, WORLD_ZONE, worldOptions } from './hygiene/world.js';

/** `GET /v1/hygiene/trunks` and `/trunk-faults`, and that what is learned for one operation does not hold up another. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

const OCTOBER = { from: '2026-10-01T00:00:00-05:00', to: '2026-10-31T23:59:59-05:00' };

async function filled(...[name, seed, attempts]: Parameters<typeof worldOptions>) {
  const operation = await service.operation({ time_zone: WORLD_ZONE });
  await fill(operation, worldOptions(name, seed, attempts));
  return operation;
}

interface TrunkTold {
  readonly trunk: string | null;
  readonly campaign_id: number | null;
  readonly attempts: number;
  readonly says_invalid_of_living: number;
  readonly likelihood_ratio: number;
  readonly trusted: boolean;
}

test('liars are told from those that can be believed, and campaigns stand for trunks that nobody told', async () => {
  const operation = await filled('no_trunk_third', 1, 20_000);
  const { trunks } = await told<{ trunks: TrunkTold[] }>(operation, 'trunks', OCTOBER);
  const of = (name: string) => trunks.find(({ trunk }) => trunk === name);
  // What the world was made with: the share of unanswered calls of which each lies.
  expect(Math.abs((of('satelite-1')?.says_invalid_of_living ?? 0) - 0.6)).toBeLessThan(0.12);
  expect(Math.abs((of('cali-1')?.says_invalid_of_living ?? 0) - 0.35)).toBeLessThan(0.12);
  expect(of('bogota-1')?.says_invalid_of_living).toBeLessThan(0.03);
  expect(
    trunks
      .filter(({ trunk, trusted }) => trunk !== null && trusted)
      .map(({ trunk }) => trunk)
      .sort(),
  ).toEqual(['bogota-1', 'medellin-1']);
  const untold = trunks.filter(({ trunk }) => trunk === null);
  expect(untold.map(({ campaign_id }) => campaign_id).sort()).toEqual([
    1_001, 1_002, 1_003, 1_004, 1_005, 1_006,
  ]);
  expect(untold.every(({ trusted }) => !trusted)).toBe(true);
  expect(trunks.map(({ attempts }) => attempts)).toEqual(
    trunks.map(({ attempts }) => attempts).sort((a, b) => b - a),
  );
  const all = trunks.reduce((sum, { attempts }) => sum + attempts, 0);
  expect(all).toBe(20_000);
});

test('a trunk is believed by what it did in the window', async () => {
  const operation = await filled('liar_for_a_week', 1, 20_000);
  const during = { from: '2026-10-12T00:00:00-05:00', to: '2026-10-18T23:59:59-05:00' };
  const trunk = async (window: Record<string, string>) => {
    const { trunks } = await told<{ trunks: TrunkTold[] }>(operation, 'trunks', window);
    return trunks.find((one) => one.trunk === 'medellin-1');
  };
  expect((await trunk(during))?.says_invalid_of_living).toBeGreaterThan(0.5);
  expect((await trunk({ ...during, from: OCTOBER.from, to: '2026-10-09T23:59:59-05:00' }))?.trusted).toBe(
    true,
  );
});

test('faults come page by page, those that touch the window, as they were known at its end', async () => {
  const operation = await filled('failing_trunks', 1, 20_000);
  const { faults } = await told<{ faults: Row[] }>(operation, 'trunk-faults', { ...OCTOBER, limit: '1000' });
  expect(faults.length).toBeGreaterThan(10);
  expect(faults.map(({ start }) => start)).toEqual(faults.map(({ start }) => start).sort());
  expect(faults.some(({ kind, trunk }) => kind === 'outage' && trunk === 'cali-1')).toBe(true);
  const pages: Row[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: { faults: Row[]; next_cursor: string | null } = await told(operation, 'trunk-faults', {
      ...OCTOBER,
      limit: '7',
      ...(cursor !== '' && { cursor }),
    });
    expect(page.faults.length).toBeLessThanOrEqual(7);
    pages.push(...page.faults);
    cursor = page.next_cursor;
  }
  expect(pages).toEqual(faults);
  const [first] = faults;
  // Its last second touches it; the one after does not.
  const end_s = Date.parse(String(first?.end)) / 1_000;
  const from = (seconds: number) => ({ ...OCTOBER, from: new Date(seconds * 1_000).toISOString() });
  expect((await told<{ faults: Row[] }>(operation, 'trunk-faults', from(end_s - 1))).faults).toContainEqual(
    first,
  );
  expect((await told<{ faults: Row[] }>(operation, 'trunk-faults', from(end_s))).faults).not.toContainEqual(
    first,
  );
});

test('windows that nobody can mean, and cursors that were never given', async () => {
  const operation = await service.operation();
  for (const path of ['trunks', 'trunk-faults']) {
    const reversed = { from: OCTOBER.to, to: OCTOBER.from };
    expect(await refusal(operation, path, reversed)).toBe('400 bad-parameter');
    expect(await refusal(operation, path, { from: OCTOBER.from })).toMatch(/^400 /);
    expect(await refusal(operation, path, { ...OCTOBER, to: 'now' })).toBe('400 bad-parameter');
  }
  expect(await refusal(operation, 'trunks', { ...OCTOBER, from: '2025-10-30T00:00:00-05:00' })).toBe(
    '400 window-too-long',
  );
  for (const more of [{ cursor: 'x' }, { limit: '1001' }, { limit: '0' }] as Record<string, string>[]) {
    expect(await refusal(operation, 'trunk-faults', { ...OCTOBER, ...more })).toBe('400 bad-parameter');
  }
  const beyond = { from: '1000-01-01T00:00:00Z', to: '9999-12-31T23:59:59Z' };
  expect(await told(operation, 'trunk-faults', beyond)).toEqual({ faults: [], next_cursor: null });
  const old = { from: '1500-01-01T00:00:00Z', to: '1500-01-02T00:00:00Z' };
  expect(await told(operation, 'trunk-faults', old)).toEqual({ faults: [], next_cursor: null });
  expect(await told(operation, 'trunks', OCTOBER)).toEqual({ trunks: [] });
  expect(await told(operation, 'trunks', old)).toEqual({ trunks: [] });
});

test('who asks about many moments, each to be learned anew, holds up nobody else', async () => {
  const many = await filled('everything', 1, 20_000);
  const one = await filled('quiet', 1, 500);
  const { admission } = service.service.services;
  let learning = 0;
  let most = 0;
  const moments = Array.from({ length: 14 }, (_, day) => new Date(Date.UTC(2026, 9, 15 + day)).toISOString());
  const done: string[] = [];
  const asked = moments.map(async (as_of) => {
    await told(many, 'shares', { as_of });
    done.push(as_of);
  });
  await expect.poll(() => admission.learning.figures().held, { timeout: 60_000 }).toBe(1);
  const watched = (async () => {
    while (done.length < moments.length) {
      learning = admission.learning.figures().held;
      most = Math.max(most, learning);
      await sleep(1);
    }
  })();
  await told(one, 'shares', { as_of: OCTOBER.to });
  // It had a place at once, beside the other's one, and did not wait behind its line.
  expect(done.length).toBeLessThan(moments.length / 2);
  await Promise.all(asked);
  await watched;
  expect(most).toBeLessThanOrEqual(2);
  await expect.poll(() => admission.learning.figures()).toMatchObject({ held: 0, waiting: 0 });
});

test('callers who ask for the same wait for one learning', async () => {
  const operation = await filled('everything', 2, 5_000);
  const { admission } = service.service.services;
  const opened: string[] = [];
  const open = admission.learning.open.bind(admission.learning);
  admission.learning.open = (key) => {
    opened.push(key);
    return open(key);
  };
  try {
    await Promise.all(Array.from({ length: 6 }, () => told(operation, 'shares', { as_of: OCTOBER.to })));
    await told(operation, 'verdicts', { as_of: OCTOBER.to, limit: '1' });
    await told(operation, 'trunk-faults', OCTOBER);
  } finally {
    admission.learning.open = open;
  }
  expect(opened).toHaveLength(1);
});

test('what learns lets others go first, again and again', async () => {
  const operation = await filled('everything', 3, 40_000);
  const { desk } = service.service.services.admission;
  let turns = 0;
  const stream = desk.stream.bind(desk);
  desk.stream = (...asked) => {
    const give_turn = stream(...asked);
    return async () => {
      turns += 1;
      return give_turn();
    };
  };
  try {
    await told(operation, 'shares', { as_of: OCTOBER.to });
  } finally {
    desk.stream = stream;
  }
  // Twelve walks over 40,000 attempts alone have two turns each.
  expect(turns).toBeGreaterThan(24);
});
