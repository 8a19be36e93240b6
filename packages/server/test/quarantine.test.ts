import { DEFAULT_LIMITS, FIELD_LIMITS, QUARANTINE_PAGE } from '@recuento/contract';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { EngineUnavailable } from '../src/attempts/engine/engine.js';
import { ENDPOINTS } from '../src/http/endpoints.js';
import { ADMIN_TOKEN, attempt, type TestOperation, TestService } from './harness.js';
import { type Ask, asKept, asking, Follower, history, putAside } from './quarantine/follower.js';
import { postCampaign } from './uploads.js';

/** `/v1/hygiene/quarantine` and what goes with it: telephones that are put aside, and back. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());
afterEach(() => {
  service.ahead_ms = 0;
  service.stands_at_ms = undefined;
});

const DAY_MS = 86_400_000;
const askOf = (operation: TestOperation, token = operation.token) => asking(() => service.service.url, token);
const later = (days: number) =>
  new Date(Math.floor((Date.now() + days * DAY_MS) / 1_000) * 1_000).toISOString();

async function opened(settings = {}): Promise<{ operation: TestOperation; ask: Ask }> {
  const operation = await service.operation(settings);
  return { operation, ask: askOf(operation) };
}

async function taken(ask: Ask, body: object): Promise<[id: string, telephones: number]> {
  const { status, json } = await ask('POST', '/quarantine', { reason: 'a test', ...body });
  expect([status, json]).toEqual([201, { id: expect.any(String), telephones_taken: expect.any(Number) }]);
  return [json.id, json.telephones_taken];
}

async function restored(ask: Ask, body: object): Promise<number> {
  const { status, json } = await ask('POST', '/restore', body);
  expect([status, json]).toEqual([200, { telephones_restored: expect.any(Number) }]);
  return json.telephones_restored;
}

const telephonesOf = async (ask: Ask, query = '') =>
  (await putAside(ask, query)).map(({ telephone }) => telephone);

test('the examples of the documentation are what it takes', async () => {
  const { ask } = await opened();
  const example = (id: string) => ENDPOINTS.find((each) => each.id === id)?.body_example as object;
  expect(await taken(ask, example('put_in_quarantine'))).toEqual(['1', 1]);
  expect(await restored(ask, example('restore_quarantined'))).toBe(1);
});

test('what is put aside is listed with reason, until when and by whom, and put back; attempts stay as they are', async () => {
  const { operation, ask } = await opened();
  await operation.upload([attempt({ telephone: '1' })]);
  const until = later(30);
  const before = Date.now();
  expect(await taken(ask, { telephones: ['1', '2'], reason: 'gone', until })).toEqual(['1', 2]);
  const [first, second] = await putAside(ask);
  expect(first).toEqual({
    telephone: '1',
    until,
    reason: 'gone',
    id: '1',
    by: expect.stringMatching(/^[0-9a-f-]{36}$/),
    at: expect.any(String),
    rule: null,
  });
  expect(Math.abs(Date.parse(first?.at ?? '') - before)).toBeLessThan(60_000);
  expect(second?.telephone).toBe('2');
  expect(await restored(ask, { telephones: ['1', '3'], reason: 'a mistake' })).toBe(1);
  expect(await telephonesOf(ask)).toEqual(['2']);
  expect(await history(ask)).toMatchObject([
    { id: '2', telephone: '1', action: 'restore', until: null, reason: 'a mistake', evidence: null },
    { id: '1', telephone: '2', action: 'quarantine', until, reason: 'gone' },
    { id: '1', telephone: '1', action: 'quarantine', until, reason: 'gone' },
  ]);
  expect(await history(ask, '&telephone=2')).toHaveLength(1);
  const attempts = await operation.campaign8('all', '20261101000000', '20261130235959');
  expect(attempts.json.data).toHaveLength(1);
});

describe('of several who put aside the same', () => {
  test('a telephone is taken once, and again only for longer', async () => {
    const { ask } = await opened();
    const until = later(10);
    expect((await taken(ask, { telephones: ['1', '2', '1'], until }))[1]).toBe(2);
    expect((await taken(ask, { telephones: ['1', '2', '3'], until }))[1]).toBe(1);
    expect((await taken(ask, { telephones: ['1'], until: later(9) }))[1]).toBe(0);
    expect((await taken(ask, { telephones: ['1'], until: later(20) }))[1]).toBe(1);
    expect((await taken(ask, { telephones: ['1', '2'] }))[1]).toBe(2);
    expect((await taken(ask, { telephones: ['1', '2'], until: later(90) }))[1]).toBe(0);
    expect(await putAside(ask)).toMatchObject([
      { telephone: '1', until: null, id: '5' },
      { telephone: '2', until: null, id: '5' },
      { telephone: '3', id: '2' },
    ]);
  });

  test('undoing one act leaves what the others put aside', async () => {
    const { ask } = await opened();
    const [until, longer] = [later(10), later(20)];
    const [one] = await taken(ask, { telephones: ['1', '2', '3'], until });
    const [two] = await taken(ask, { telephones: ['2', '3', '4'], until: longer });
    const follower = new Follower(ask);
    await follower.follow();
    expect(await restored(ask, { id: two })).toBe(3);
    expect(asKept(await putAside(ask))).toEqual(new Map(['1', '2', '3'].map((each) => [each, until])));
    await follower.follow();
    expect(follower.put_aside).toEqual(asKept(await putAside(ask)));
    expect(await restored(ask, { id: two })).toBe(0);
    const [three] = await taken(ask, { telephones: ['2'], until: longer });
    // Number 2 is put aside by the third act by now: nothing changes for it yet.
    expect(await restored(ask, { id: Number(one) })).toBe(2);
    expect(await telephonesOf(ask)).toEqual(['2']);
    expect(await restored(ask, { id: three })).toBe(1);
    expect(await telephonesOf(ask)).toEqual([]);
    await follower.follow();
    expect(follower.put_aside.size).toBe(0);
  });

  test('what add_dnc blocked stays so when another act is undone, and is restored where its telephone is named', async () => {
    const { operation, ask } = await opened();
    const blocked = await postCampaign(operation, 'api=add_dnc', [{ telephone: '1', days_block: 5 }]);
    expect(blocked.status).toBe(201);
    const [id] = await taken(ask, { telephones: ['1', '2'] });
    expect(await restored(ask, { id })).toBe(2);
    expect(await putAside(ask)).toMatchObject([{ telephone: '1', reason: 'add_dnc' }]);
    expect(await restored(ask, { telephones: ['1'] })).toBe(1);
    expect(await putAside(ask)).toEqual([]);
  });

  test('thousands at once leave one history, whoever comes first', async () => {
    const { ask } = await opened();
    const lists = Array.from({ length: 6 }, (_, shift) =>
      Array.from({ length: 2_000 }, (_, at) => String(at + shift * 500)),
    );
    const follower = new Follower(ask, 700);
    const following = follower.follow();
    const acts = await Promise.all(lists.map((telephones) => taken(ask, { telephones })));
    expect(acts.map(([id]) => Number(id)).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(acts.reduce((sum, [, count]) => sum + count, 0)).toBe(4_500);
    await following;
    await follower.follow();
    expect(follower.told).toHaveLength(4_500);
    expect(follower.put_aside.size).toBe(4_500);
    expect(await telephonesOf(ask)).toHaveLength(4_500);
    // What one of them tells of each telephone, the history says too.
    const told = await history(ask);
    for (const [id, count] of acts) expect(told.filter((entry) => entry.id === id)).toHaveLength(count);
  });
});

describe('lists', () => {
  test('are of one telephone, or of what a campaign dialed', async () => {
    const { operation, ask } = await opened();
    await operation.upload([
      attempt({ telephone: '1', campaign_id: 1 }),
      attempt({ telephone: '2', campaign_id: 2 }),
      attempt({ telephone: '4', campaign_id: 1 }),
    ]);
    await taken(ask, { telephones: ['1', '2', '3', '+57 \\ "\' ñ'] });
    expect(await telephonesOf(ask, '&campaign_id=1')).toEqual(['1']);
    expect(await telephonesOf(ask, '&campaign_id=2')).toEqual(['2']);
    expect(await telephonesOf(ask, '&campaign_id=all')).toHaveLength(4);
    expect(await telephonesOf(ask, '&telephone=3')).toEqual(['3']);
    expect(await telephonesOf(ask, '&telephone=9')).toEqual([]);
    const odd = encodeURIComponent('+57 \\ "\' ñ');
    expect(await telephonesOf(ask, `&telephone=${odd}`)).toEqual(['+57 \\ "\' ñ']);
    expect(await history(ask, `&telephone=${odd}`)).toHaveLength(1);
  });

  test('are the same whatever a page holds, also when a page is full to the last', async () => {
    const { ask } = await opened();
    const telephones = ['10', '9', 'ñ', '\\', "'", '"', '😀', 'a b', 'a\u2028b'];
    await taken(ask, { telephones: telephones.slice(0, 5) });
    await taken(ask, { telephones });
    const whole = await putAside(ask);
    expect(whole).toHaveLength(9);
    for (const limit of [1, 2, 3, 9]) {
      expect(await putAside(ask, '', limit)).toEqual(whole);
      expect(await history(ask, '', limit)).toEqual(await history(ask));
      const follower = new Follower(ask, limit);
      await follower.follow();
      expect(follower.told).toHaveLength(9);
      expect(follower.put_aside).toEqual(asKept(whole));
    }
  });

  test('have bounds, and refuse what is no cursor of theirs', async () => {
    const { ask } = await opened();
    await taken(ask, { telephones: ['1', '2'] });
    const { json } = await ask('GET', '/quarantine?limit=1');
    for (const path of ['/quarantine', '/history', '/changes']) {
      expect((await ask('GET', `${path}?limit=${QUARANTINE_PAGE.rows_max}`)).status).toBe(200);
      for (const limit of [0, QUARANTINE_PAGE.rows_max + 1, 'x'])
        expect((await ask('GET', `${path}?limit=${limit}`)).json.id).toBe('bad-parameter');
      const cursor = path === '/changes' ? 'since' : 'cursor';
      expect((await ask('GET', `${path}?${cursor}=abc`)).json.id).toBe('bad-parameter');
      if (path === '/quarantine') continue;
      const refused = await ask('GET', `${path}?${cursor}=${json.next_cursor}`);
      expect([refused.json.id, refused.json.detail]).toEqual([
        'bad-parameter',
        expect.stringContaining(cursor),
      ]);
    }
  });

  test('of nothing are empty, and a follower of nothing may go on', async () => {
    const { ask } = await opened();
    expect(await putAside(ask)).toEqual([]);
    expect(await history(ask)).toEqual([]);
    const { json } = await ask('GET', '/changes');
    expect(json).toEqual({ changes: [], next: expect.any(String) });
    expect((await ask('GET', `/changes?since=${json.next}`)).json).toEqual(json);
    await taken(ask, { telephones: ['1'] });
    expect((await ask('GET', `/changes?since=${json.next}`)).json.changes).toHaveLength(1);
  });
});

describe('what is refused', () => {
  const x = (count: number) => '5'.repeat(count);
  test.each([
    [{}, 'telephones'],
    [{ telephones: [] }, 'telephones'],
    [{ telephones: '1' }, 'telephones'],
    [{ telephones: ['1', ''] }, 'telephones'],
    [{ telephones: [x(FIELD_LIMITS.telephone_chars + 1)] }, 'telephones'],
    [{ telephones: ['1\n2'] }, 'telephones'],
    [{ telephones: [null] }, 'telephones'],
    [{ telephones: ['1'], reason: undefined }, 'reason'],
    [{ telephones: ['1'], reason: '' }, 'reason'],
    [{ telephones: ['1'], reason: x(FIELD_LIMITS.text_chars + 1) }, 'reason'],
    [{ telephones: ['1'], until: 'tomorrow' }, 'until'],
    [{ telephones: ['1'], until: '2026-11-01T00:00:00' }, 'until'],
    [{ telephones: ['1'], until: '2001-01-01T00:00:00Z' }, 'until'],
    [{ telephones: ['1'], until: '2101-01-01T00:00:00Z' }, 'until'],
    [{ telephones: ['1'], until: 5 }, 'until'],
    [{ telephones: ['1'], other: 1 }, 'other'],
  ])('%j names %s, and nothing is put aside', async (body, field) => {
    const { ask } = await opened();
    const { status, json } = await ask('POST', '/quarantine', { reason: 'a test', ...body });
    expect([status, json.id, json.faults[0].field]).toEqual([422, 'invalid-records', field]);
    expect(await putAside(ask)).toEqual([]);
    expect(await history(ask)).toEqual([]);
  });

  test.each([
    [{}],
    [{ telephones: ['1'], id: '1' }],
    [{ id: 'x' }],
    [{ id: -1 }],
    [{ id: 1.5 }],
    [{ telephones: [] }],
    [{ telephones: ['1'], other: 1 }],
  ])('a restore of %j', async (body) => {
    const { ask } = await opened();
    expect((await ask('POST', '/restore', body)).json.id).toBe('invalid-records');
  });

  test('an id that put nothing aside does not exist', async () => {
    const { ask } = await opened();
    await taken(ask, { telephones: ['1'] });
    await restored(ask, { telephones: ['1'] });
    for (const id of [0, 2, 3, '2147483647'])
      expect((await ask('POST', '/restore', { id })).json.id).toBe('unknown-resource');
    expect((await ask('POST', '/restore', { id: 2 ** 31 })).json.id).toBe('invalid-records');
    expect(await restored(ask, { id: 1 })).toBe(0);
  });

  test('faults are counted and named by their place', async () => {
    const { ask } = await opened();
    const telephones = Array.from({ length: 1_000 }, (_, at) => (at % 2 ? '' : String(at)));
    const { json } = await ask('POST', '/quarantine', { telephones, reason: '' });
    expect(json.detail).toContain('501');
    expect(json.faults).toHaveLength(100);
    expect(json.faults[1]).toEqual({ index: 3, field: 'telephones', reason: 'is missing' });
  });

  test(`${DEFAULT_LIMITS.max_records} telephones pass, one more does not; all of the longest pass`, async () => {
    const { ask } = await opened();
    const telephones = Array.from({ length: DEFAULT_LIMITS.max_records + 1 }, (_, at) =>
      String(at).padStart(FIELD_LIMITS.telephone_chars, '0'),
    );
    for (const path of ['/quarantine', '/restore']) {
      const over = await ask('POST', path, { telephones, reason: 'a test' });
      expect([over.status, over.json.id]).toEqual([413, 'too-many-records']);
    }
    expect(await history(ask)).toEqual([]);
    const edge = telephones.slice(1);
    expect((await taken(ask, { telephones: edge }))[1]).toBe(DEFAULT_LIMITS.max_records);
    expect(await restored(ask, { telephones: edge })).toBe(DEFAULT_LIMITS.max_records);
  });

  test('who may not', async () => {
    const { operation } = await opened();
    const [report, admin] = [await operation.newToken(['report']), await operation.newToken(['admin'])];
    const body = { telephones: ['1'], reason: 'a test' };
    for (const path of ['/quarantine', '/restore']) {
      const sent = path === '/restore' ? { telephones: ['1'] } : body;
      expect((await askOf(operation, report)('POST', path, sent)).json.id).toBe('scope-missing');
      expect((await askOf(operation, admin)('POST', path, sent)).status).toBeLessThan(300);
    }
    for (const path of ['/quarantine', '/history', '/changes']) {
      expect((await askOf(operation, report)('GET', path)).status).toBe(200);
      expect((await askOf(operation, admin)('GET', path)).json.id).toBe('scope-missing');
    }
    const administrator = askOf(operation, ADMIN_TOKEN);
    const of = `?operation=${operation.server}`;
    expect((await administrator('POST', `/quarantine${of}`, body)).status).toBe(201);
    expect((await administrator('GET', `/quarantine${of}`)).json.quarantined).toMatchObject([
      { by: 'admin' },
    ]);
  });
});

test('operations have nothing to do with each other', async () => {
  const [one, two] = [await opened(), await opened()];
  await taken(one.ask, { telephones: ['1', '2'] });
  await taken(two.ask, { telephones: ['2', '3'] });
  expect(await restored(one.ask, { telephones: ['2', '3'] })).toBe(1);
  expect(await telephonesOf(one.ask)).toEqual(['1']);
  expect(await telephonesOf(two.ask)).toEqual(['2', '3']);
  expect(await restored(two.ask, { id: 1 })).toBe(2);
  expect(await history(one.ask)).toHaveLength(3);
});

test('people’s acts are in the audit', async () => {
  const { operation, ask } = await opened();
  await taken(ask, { telephones: ['1'] });
  await restored(ask, { telephones: ['1'] });
  const reply = await service.v1('GET', '/audit', operation.token);
  const { entries } = (await reply.json()) as { entries: object[] };
  expect(entries).toMatchObject([
    { action: 'hygiene.restore', subject: '2' },
    { action: 'hygiene.quarantine', subject: '1' },
  ]);
});

test('an act can be filled by the engine: 200,000 telephones that it selects, with what is known of each', async () => {
  const { operation, ask } = await opened();
  const { accounts, quarantine } = service.service.services;
  const { id } = await accounts.operations.byServer(operation.server);
  const from = { by: 'admin', signal: new AbortController().signal };
  const some = {
    sql: `SELECT toString({first:UInt64} + number) AS telephone, '{"attempts":3}' AS evidence FROM numbers(200000)`,
    params: { first: 573_000_000_000 },
  };
  await taken(ask, { telephones: ['573000000000', '573000000001'] });
  const terms = { reason: 'a rule', rule: '{"name":"bold"}', until_s: null };
  const made = await quarantine.putAsideSelected(id, some, terms, from);
  expect(made).toEqual({ number: 2, telephones: 199_998 });
  // Each of them once, also where the SELECT has it twice.
  const twice = { ...some, sql: `SELECT * FROM (${some.sql}) UNION ALL SELECT * FROM (${some.sql})` };
  expect((await quarantine.putAsideSelected(id, twice, terms, from)).telephones).toBe(0);
  const { json } = await ask('GET', '/quarantine?telephone=573000000002');
  expect(json.quarantined).toMatchObject([
    { id: '2', reason: 'a rule', rule: { name: 'bold' }, by: 'admin' },
  ]);
  expect(await history(ask, '&telephone=573000000002')).toMatchObject([{ evidence: { attempts: 3 } }]);
  const follower = new Follower(ask, QUARANTINE_PAGE.rows_max);
  await follower.follow();
  expect(follower.put_aside.size).toBe(200_000);
  expect(await restored(ask, { id: 2 })).toBe(199_998);
  expect(await telephonesOf(ask)).toEqual(['573000000000', '573000000001']);
  await follower.follow();
  expect([...follower.put_aside.keys()]).toEqual(['573000000000', '573000000001']);
}, 300_000);

test('an act that fails when it has rows leaves nothing, and the next one goes on', async () => {
  const { operation, ask } = await opened();
  const { accounts, quarantine, retests, engine } = service.service.services;
  const { id } = await accounts.operations.byServer(operation.server);
  const rowsIn = async (table: string) => {
    const sql = `SELECT count() FROM ${table} FINAL WHERE operation_id = ${id} FORMAT TSV`;
    return Number(await engine.read({ sql, fair_key: 'test', max_ms: 60_000 }));
  };
  await taken(ask, { telephones: ['1'] });
  const from = { by: 'admin', signal: new AbortController().signal, give_turn: async () => undefined };
  const { change } = engine;
  engine.change = async (...statement) => {
    await change.apply(engine, statement);
    throw new EngineUnavailable('the connection was lost');
  };
  try {
    const act = quarantine.putAside(id, ['1', '2', '3'], { reason: 'lost', until_s: null }, from);
    await expect(act).rejects.toThrow('the connection was lost');
  } finally {
    engine.change = change;
  }
  expect(await rowsIn('hygiene_events')).toBe(3);
  expect(await telephonesOf(ask)).toEqual(['1']);
  expect(await taken(ask, { telephones: ['1', '2'] })).toEqual(['3', 1]);
  const follower = new Follower(ask);
  await follower.follow();
  expect(follower.told.map(({ telephone }) => telephone)).toEqual(['1', '2']);
  expect(await telephonesOf(ask)).toEqual(['1', '2']);
  expect(await history(ask)).toHaveLength(2);
  // Hours later, what was left of it is deleted.
  service.ahead_ms = DAY_MS;
  await retests.look();
  for (const table of ['hygiene_events', 'hygiene_events_by_telephone']) expect(await rowsIn(table)).toBe(2);
  expect((await accounts.hygieneActs.settled(id)).without).toEqual([]);
  expect(await telephonesOf(ask)).toEqual(['1', '2']);
});

test('all of it survives a restart', async () => {
  const { ask } = await opened();
  await taken(ask, { telephones: ['1', '2', '3'], until: later(3) });
  await restored(ask, { telephones: ['2'] });
  const [listed, told] = [await putAside(ask), await history(ask)];
  await service.restart();
  expect([await putAside(ask), await history(ask)]).toEqual([listed, told]);
  expect((await taken(ask, { telephones: ['2'] }))[0]).toBe('3');
});
