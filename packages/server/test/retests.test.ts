import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { RETESTS } from '../src/hygiene/quarantine/retests.js';
import { TestService } from './harness.js';
import { type Ask, asKept, asking, Follower, history, putAside } from './quarantine/follower.js';
import { postCampaign } from './uploads.js';

/** What comes up by itself: telephones whose time has come, a few at a time, and the ends of `add_dnc`. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

const START_MS = Date.parse('2026-11-03T12:00:00Z');
const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
beforeEach(() => {
  service.stands_at_ms = START_MS;
});
afterEach(() => {
  service.stands_at_ms = undefined;
});

const inDays = (days: number) => new Date(START_MS + days * DAY_MS).toISOString();

async function opened() {
  const operation = await service.operation();
  const ask = asking(() => service.service.url, operation.token);
  return { operation, ask };
}

async function quarantined(ask: Ask, body: object): Promise<string> {
  const { status, json } = await ask('POST', '/quarantine', { reason: 'a test', ...body });
  expect(status).toBe(201);
  return json.id;
}

/** The service's clock goes on, and it looks. (It may have looked by itself before, which is the same.) */
async function goTo(ms: number): Promise<void> {
  service.stands_at_ms = ms;
  await service.service.services.retests.look();
}

const numbered = (count: number) => Array.from({ length: count }, (_, at) => String(at).padStart(6, '0'));
const telephonesOf = async (ask: Ask) => (await putAside(ask)).map(({ telephone }) => telephone);

test('a telephone comes up when its time has come, not a second before, and a dialer that follows is told', async () => {
  const { ask } = await opened();
  await quarantined(ask, { telephones: ['1'], until: inDays(3) });
  await quarantined(ask, { telephones: ['2'], until: inDays(4) });
  await quarantined(ask, { telephones: ['3'] });
  const follower = new Follower(ask);
  await follower.follow();
  await goTo(START_MS + 3 * DAY_MS - 1_000);
  expect(await telephonesOf(ask)).toEqual(['1', '2', '3']);
  await goTo(START_MS + 3 * DAY_MS);
  expect(await telephonesOf(ask)).toEqual(['2', '3']);
  await goTo(START_MS + 400 * DAY_MS);
  expect(await telephonesOf(ask)).toEqual(['3']);
  await follower.follow();
  expect(follower.put_aside).toEqual(new Map([['3', null]]));
  expect(follower.told.slice(3)).toEqual([
    { telephone: '1', action: 'retest', at: inDays(3), until: null },
    { telephone: '2', action: 'retest', at: inDays(400), until: null },
  ]);
  expect((await history(ask)).slice(0, 1)).toMatchObject([
    { action: 'retest', by: 'recuento', reason: 'its time has come', rule: null },
  ]);
  // It can be put aside again.
  await quarantined(ask, { telephones: ['1'] });
  expect(await telephonesOf(ask)).toEqual(['1', '3']);
});

test('of many that are due a few come up at a time, from all over the list, and all of them in the end', async () => {
  const { ask } = await opened();
  const count = 2 * RETESTS.least + 50;
  await quarantined(ask, { telephones: numbered(count), until: inDays(1) });
  const left: number[] = [];
  let now_ms = START_MS + DAY_MS;
  for (let look = 0; look < 4; look += 1) {
    await goTo(now_ms);
    await goTo(now_ms + RETESTS.every_ms - 1);
    left.push((await telephonesOf(ask)).length);
    if (look === 0) {
      const up = (await history(ask)).filter(({ action }) => action === 'retest');
      const beyond = up.filter(({ telephone }) => Number(telephone) >= count / 2).length;
      expect(beyond).toBeGreaterThan(RETESTS.least / 5);
      expect(beyond).toBeLessThan((RETESTS.least * 4) / 5);
    }
    now_ms += RETESTS.every_ms;
  }
  expect(left).toEqual([150, 50, 0, 0]);
  expect(await history(ask, '', 10_000)).toHaveLength(2 * count);
});

test('of very many a hundredth comes up', async () => {
  const { operation, ask } = await opened();
  const { accounts, quarantine } = service.service.services;
  const { id } = await accounts.operations.byServer(operation.server);
  const all = { sql: `SELECT toString(number) AS telephone, '' AS evidence FROM numbers(30000)`, params: {} };
  const terms = { reason: 'a test', until_s: (START_MS + DAY_MS) / 1_000 };
  const from = { by: 'admin', signal: new AbortController().signal };
  await quarantine.putAsideSelected(id, all, terms, from);
  await goTo(START_MS + DAY_MS);
  expect(await putAside(ask, '', 10_000)).toHaveLength(30_000 - 300);
});

test('several acts that are due share what comes up', async () => {
  const { ask } = await opened();
  const telephones = numbered(3 * RETESTS.least);
  for (let act = 0; act < 3; act += 1) {
    const some = telephones.slice(act * RETESTS.least, (act + 1) * RETESTS.least);
    await quarantined(ask, { telephones: some, until: inDays(1) });
  }
  await goTo(START_MS + DAY_MS);
  expect(await telephonesOf(ask)).toHaveLength(2 * RETESTS.least);
  await goTo(START_MS + DAY_MS + RETESTS.every_ms);
  await goTo(START_MS + DAY_MS + 2 * RETESTS.every_ms);
  expect(await telephonesOf(ask)).toEqual([]);
});

test('entries of add_dnc end at their second, each at its own, and the history and the changes say so', async () => {
  const { operation, ask } = await opened();
  const entries = [1, 2, 3].map((days_block) => ({ telephone: String(days_block), days_block }));
  expect((await postCampaign(operation, 'api=add_dnc', entries)).status).toBe(201);
  const follower = new Follower(ask);
  await follower.follow();
  expect(follower.put_aside).toEqual(new Map([1, 2, 3].map((days) => [String(days), inDays(days)])));
  expect(await putAside(ask)).toMatchObject([{ reason: 'add_dnc', until: inDays(1) }, {}, {}]);
  for (const days of [1, 2, 3]) {
    service.stands_at_ms = START_MS + days * DAY_MS - 1_000;
    expect(await telephonesOf(ask)).toContain(String(days));
    // Also before anybody looked.
    service.stands_at_ms = START_MS + days * DAY_MS;
    expect(await telephonesOf(ask)).not.toContain(String(days));
    await goTo(START_MS + days * DAY_MS);
    await follower.follow();
    expect(follower.put_aside).toEqual(asKept(await putAside(ask)));
    expect(follower.told).toHaveLength(3 + days);
    expect((await history(ask))[0]).toMatchObject({
      telephone: String(days),
      action: 'restore',
      reason: 'the time of add_dnc is over',
      by: 'recuento',
    });
  }
});

test('what add_dnc holds longer comes up for no re-test before, and after it at once', async () => {
  const { operation, ask } = await opened();
  await quarantined(ask, { telephones: ['1'], until: inDays(1) });
  await postCampaign(operation, 'api=add_dnc', [{ telephone: '1', days_block: 10 }]);
  expect(await putAside(ask)).toMatchObject([{ telephone: '1', until: inDays(10), reason: 'add_dnc' }]);
  await goTo(START_MS + 5 * DAY_MS);
  expect(await telephonesOf(ask)).toEqual(['1']);
  await goTo(START_MS + 10 * DAY_MS);
  expect(await telephonesOf(ask)).toEqual([]);
  expect((await history(ask))[0]).toMatchObject({ action: 'retest' });
});

test('a shorter entry of add_dnc takes the place of a longer one, and what else holds the telephone stays', async () => {
  const { operation, ask } = await opened();
  await postCampaign(operation, 'api=add_dnc', [{ telephone: '1', days_block: 30 }]);
  await quarantined(ask, { telephones: ['1'], until: inDays(40) });
  await postCampaign(operation, 'api=add_dnc', [{ telephone: '1', days_block: 5 }]);
  expect(await putAside(ask)).toMatchObject([{ until: inDays(40), id: '2' }]);
  const follower = new Follower(ask);
  await follower.follow();
  expect(follower.told).toHaveLength(2); // the third changed nothing for now
  expect(await history(ask)).toHaveLength(3);
  expect((await ask('POST', '/restore', { id: 2 })).json).toEqual({ telephones_restored: 1 });
  expect(await putAside(ask)).toMatchObject([{ until: inDays(5), id: '3' }]);
  await goTo(START_MS + 5 * DAY_MS);
  expect(await putAside(ask)).toEqual([]);
});

test('undoing an act after the time of the one below it puts the telephone back', async () => {
  const { ask } = await opened();
  await quarantined(ask, { telephones: ['1'], until: inDays(1) });
  const id = await quarantined(ask, { telephones: ['1'], until: inDays(9) });
  await goTo(START_MS + 2 * DAY_MS);
  expect(await telephonesOf(ask)).toEqual(['1']);
  expect((await ask('POST', '/restore', { id })).json).toEqual({ telephones_restored: 1 });
  expect(await telephonesOf(ask)).toEqual([]);
});
