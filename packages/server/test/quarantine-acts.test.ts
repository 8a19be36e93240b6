import { HOLDS_LISTED_MAX } from '@recuento/contract';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { TestService } from './harness.js';
import { type Ask, asking, putAside } from './quarantine/follower.js';
import { postCampaign } from './uploads.js';

/** `/v1/hygiene/acts` and `/v1/hygiene/quarantine/counts`: what was done, how much of it stands, and what comes up next. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

const START_MS = Date.parse('2026-11-03T12:00:00Z');
const DAY_MS = 86_400_000;
beforeEach(() => {
  service.stands_at_ms = START_MS;
});
afterEach(() => {
  service.stands_at_ms = undefined;
});

const inDays = (days: number) => new Date(START_MS + days * DAY_MS).toISOString();
const numbered = (count: number) => Array.from({ length: count }, (_, at) => String(at).padStart(6, '0'));

async function opened() {
  const operation = await service.operation();
  return { operation, ask: asking(() => service.service.url, operation.token) };
}

async function quarantined(ask: Ask, body: object): Promise<string> {
  const { status, json } = await ask('POST', '/quarantine', { reason: 'a test', ...body });
  expect(status).toBe(201);
  return json.id;
}

const countsOf = async (ask: Ask) => (await ask('GET', '/quarantine/counts')).json;
const telephonesOf = async (ask: Ask, query: string) =>
  (await putAside(ask, query)).map(({ telephone }) => telephone);

test('an operation that put nothing aside has counts of nothing, and no acts', async () => {
  const { ask } = await opened();
  expect(await countsOf(ask)).toEqual({
    telephones: 0,
    telephones_without_time: 0,
    telephones_due: 0,
    telephones_due_soon: 0,
    next_due_at: null,
    next_retest: null,
    holds: [],
    telephones_of_other_holds: 0,
  });
  expect((await ask('GET', '/acts')).json).toEqual({ acts: [], next_cursor: null });
  expect((await ask('GET', '/acts/1')).status).toBe(404);
  expect((await ask('GET', '/acts/99999999999')).status).toBe(404);
});

test('acts say who did what to how many, how many they hold still, and what undoing them would do', async () => {
  const { operation, ask } = await opened();
  const one = await quarantined(ask, { telephones: ['1', '2', '3'], until: inDays(10), reason: 'first' });
  const two = await quarantined(ask, { telephones: ['2', '3', '4'], until: inDays(20), reason: 'second' });
  await postCampaign(operation, 'api=add_dnc', [{ telephone: '9', days_block: 5 }]);
  await ask('POST', '/restore', { telephones: ['3'], reason: 'a mistake' });
  const { json } = await ask('GET', '/acts');
  expect(json).toMatchObject({
    acts: [
      { id: '4', action: 'restore', reason: 'a mistake', telephones: 1, telephones_held: 0, rule: null },
      { id: '3', action: 'quarantine', reason: 'add_dnc', telephones: 1, telephones_held: 1, until: null },
      { id: two, reason: 'second', telephones: 3, telephones_held: 2, until: inDays(20), at: inDays(0) },
      { id: one, reason: 'first', telephones: 3, telephones_held: 2, until: inDays(10) },
    ],
    next_cursor: null,
  });
  expect(new Set(json.acts.map(({ by }: { by: string }) => by)).size).toBe(1);
  const without = await ask('GET', '/acts?add_dnc=without&limit=2');
  expect(without.json.acts.map(({ id }: { id: string }) => id)).toEqual(['4', two]);
  const rest = await ask('GET', `/acts?add_dnc=without&limit=2&cursor=${without.json.next_cursor}`);
  expect(rest.json).toMatchObject({ acts: [{ id: one }], next_cursor: null });

  // Number 2 is held by the first act too; undoing is what it says.
  const told = (await ask('GET', `/acts/${two}`)).json;
  expect(told).toMatchObject({ id: two, undo: { telephones_restored: 2, telephones_dialed_again: 1 } });
  expect((await ask('GET', '/acts/4')).json.undo).toBeNull();
  const undone = await ask('POST', '/restore', { id: two });
  expect(undone.json.telephones_restored).toBe(told.undo.telephones_restored);
  expect((await ask('GET', `/acts/${two}`)).json).toMatchObject({
    telephones_held: 0,
    undo: { telephones_restored: 0, telephones_dialed_again: 0 },
  });
  expect(await telephonesOf(ask, '')).toEqual(['1', '2', '9']);
});

test('what is put aside is counted by what holds it longest, and listed by it', async () => {
  const { operation, ask } = await opened();
  const one = await quarantined(ask, { telephones: ['1', '2', '3'], until: inDays(3), reason: 'first' });
  const two = await quarantined(ask, { telephones: ['3'], reason: 'for ever' });
  await postCampaign(operation, 'api=add_dnc', [
    { telephone: '8', days_block: 5 },
    { telephone: '1', days_block: 30 },
  ]);
  await postCampaign(operation, 'api=add_dnc', [{ telephone: '9', days_block: 5 }]);
  const by = expect.any(String);
  expect(await countsOf(ask)).toEqual({
    telephones: 5,
    telephones_without_time: 1,
    telephones_due: 0,
    telephones_due_soon: 1,
    next_due_at: inDays(3),
    next_retest: null,
    holds: [
      {
        held_by: 'add_dnc',
        reason: 'add_dnc',
        by: null,
        at: null,
        rule: null,
        telephones: 3,
        telephones_due: 0,
      },
      {
        held_by: two,
        reason: 'for ever',
        by,
        at: inDays(0),
        rule: null,
        telephones: 1,
        telephones_due: 0,
      },
      { held_by: one, reason: 'first', by, at: inDays(0), rule: null, telephones: 1, telephones_due: 0 },
    ],
    telephones_of_other_holds: 0,
  });
  expect(await telephonesOf(ask, '&held_by=add_dnc')).toEqual(['1', '8', '9']);
  expect(await telephonesOf(ask, `&held_by=${one}`)).toEqual(['2']);
  expect(await telephonesOf(ask, `&held_by=${two}`)).toEqual(['3']);
  expect(await telephonesOf(ask, '&held_by=remove_record')).toEqual([]);
  expect(await telephonesOf(ask, '&held_by=9999999999')).toEqual([]);
  expect((await ask('GET', '/quarantine?held_by=nobody')).status).toBe(400);
});

test('those whose time has come are counted and listed, with when the next of them come up', async () => {
  const { ask } = await opened();
  const id = await quarantined(ask, { telephones: numbered(250), until: inDays(1) });
  await quarantined(ask, { telephones: ['x'], until: inDays(40) });
  service.stands_at_ms = START_MS + DAY_MS;
  await service.service.services.retests.look();
  expect(await countsOf(ask)).toMatchObject({
    telephones: 151,
    telephones_due: 150,
    telephones_due_soon: 0,
    next_due_at: inDays(40),
    next_retest: { at: new Date(START_MS + DAY_MS + 15 * 60_000).toISOString(), telephones: 100 },
    holds: [
      { held_by: id, telephones: 150, telephones_due: 150 },
      { telephones: 1, telephones_due: 0 },
    ],
  });
  const due = await telephonesOf(ask, '&due=now');
  expect(due).toHaveLength(150);
  expect(due).not.toContain('x');
  expect((await ask('GET', '/acts?limit=1')).json.acts).toMatchObject([
    { action: 'retest', by: 'recuento', telephones: 100, telephones_held: 0 },
  ]);
});

test(`more than ${HOLDS_LISTED_MAX} holds are counted, and the smallest not listed`, async () => {
  const { ask } = await opened();
  for (const telephone of numbered(HOLDS_LISTED_MAX + 2)) {
    await quarantined(ask, { telephones: telephone === '000000' ? ['a', 'b', telephone] : [telephone] });
  }
  const { telephones, holds, telephones_of_other_holds } = await countsOf(ask);
  expect(telephones).toBe(HOLDS_LISTED_MAX + 4);
  expect(holds).toHaveLength(HOLDS_LISTED_MAX);
  expect(holds[0]).toMatchObject({ held_by: '1', telephones: 3 });
  expect(telephones_of_other_holds).toBe(2);
});

test('a token needs the scope report, and sees its own operation alone', async () => {
  const { operation, ask } = await opened();
  await quarantined(ask, { telephones: ['1'] });
  const ingest = asking(() => service.service.url, await operation.newToken(['ingest']));
  const other = (await opened()).ask;
  for (const path of ['/acts', '/acts/1', '/quarantine/counts']) {
    expect((await ingest('GET', path)).status).toBe(403);
  }
  expect((await other('GET', '/acts/1')).status).toBe(404);
  expect((await other('GET', '/acts')).json.acts).toEqual([]);
  expect((await countsOf(other)).telephones).toBe(0);
});
