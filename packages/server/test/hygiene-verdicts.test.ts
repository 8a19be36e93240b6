import { TABLE_LIMITS, VERDICTS } from '@recuento/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMIN_TOKEN, attempt, type SentAttempt, type TestOperation, TestService } from './harness.js';
import { ask, fileRows, type Row, refusal, told, type VerdictsPage, walk } from './hygiene/asking.js';
import { fill, WORLD_UNTIL_S, WORLD_ZONE, worldOptions } from './hygiene/world.js';
import { TEST_ENGINE } from './servers/test-stores.js';

/** `GET /v1/hygiene/verdicts` and `/shares`: pages, orders, filters and who may ask. */
let service: TestService;
let operation: TestOperation;
/** Its last moment, and one in its middle. */
const END = '2026-10-31T23:59:59-05:00';
const MIDDLE = '2026-10-17T11:30:00-05:00';
const ODD = ['+573001234567', "'); --", '\\n', '{after:String}', '😀', 'ñ', '5 7'];

beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation({ time_zone: WORLD_ZONE });
  await fill(operation, worldOptions('everything', 3, 4_000));
  await operation.upload(
    ODD.map((telephone) => attempt({ telephone, dialed_at: '2026-10-10T10:00:00-05:00', trunk: "o'sip" })),
  );
  const other = await service.operation({ time_zone: WORLD_ZONE });
  await other.upload([attempt({ telephone: 'theirs', dialed_at: '2026-10-10T10:00:00-05:00' })]);
});
afterAll(() => service.stop());

/** The whole table at a moment. It is asked once: nobody adds attempts to this operation. */
const tables = new Map<string, Promise<Row[]>>();
function tableAt(as_of: string): Promise<Row[]> {
  const known = tables.get(as_of) ?? fileRows(operation, { as_of });
  tables.set(as_of, known);
  return known;
}

/** What servers can get wrong is how they are asked: one order of each kind and some of the filters show that. */
const triedHere = <T>(all: readonly T[], on_servers: (one: T) => boolean): readonly T[] =>
  TEST_ENGINE === 'embedded' ? all : all.filter(on_servers);

const SORTS = ['telephone', 'probability', 'attempts', 'last_dialed_at'].flatMap((sort) => [
  sort,
  `-${sort}`,
]);
/** Rows of a page: there is a first one, one in the middle and a last one. */
const PAGE_ROWS = 307;
const bytesOf = (telephone: unknown) => Buffer.from(String(telephone));

/** In the order that the sort promises, ties by telephone. */
function sorted(rows: readonly Row[], sort: string): Row[] {
  const column = sort.replace(/^-/, '');
  const sign = sort.startsWith('-') ? -1 : 1;
  return rows.toSorted((a, b) => {
    const by_telephone = Buffer.compare(bytesOf(a.telephone), bytesOf(b.telephone));
    if (column === 'telephone') return sign * by_telephone;
    const [first, second] = [a[column] ?? '', b[column] ?? ''];
    if (first === second) return by_telephone;
    return first < second ? -sign : sign;
  });
}

test.each(triedHere(SORTS, (sort) => sort === 'telephone' || sort === '-probability'))(
  'sorted by %s, pages have the rows of the file in the same order',
  async (sort) => {
    const file = await fileRows(operation, { as_of: END, sort });
    expect(file.length).toBeGreaterThan(2 * PAGE_ROWS);
    expect(file).toEqual(sorted(file, sort));
    expect(new Set(file.map(({ telephone }) => telephone)).size).toBe(file.length);
    expect(await walk(operation, { as_of: END, sort }, PAGE_ROWS)).toEqual(file);
  },
);

const FILTERS: readonly Record<string, string>[] = [
  { verdict: 'invalid' },
  { verdict: 'invalid', sort: '-attempts' },
  { verdict: 'unproven', campaign_id: '1002', sort: '-telephone' },
  { campaign_id: '1003' },
  { campaign_id: '1003', sort: 'last_dialed_at', as_of: MIDDLE },
  { verdict: 'trunk_fault' },
];

test.each(triedHere(FILTERS, ({ verdict, sort }) => verdict !== undefined && sort !== undefined))(
  'with %j, pages have the rows of the file',
  async (query) => {
    const asked = { as_of: END, ...query };
    const file = await fileRows(operation, asked);
    const all = await tableAt(asked.as_of);
    expect(file.length).toBeLessThan(all.length);
    if (query.verdict !== 'trunk_fault') expect(file.length).toBeGreaterThan(10);
    expect(await walk(operation, asked, Math.ceil((file.length + 1) / 3))).toEqual(file);
    // What is known of a telephone is the same, whichever campaign asks; the next attempt is one of that campaign.
    const telephones = new Map(all.map((row) => [row.telephone, row]));
    const own = query.campaign_id === undefined ? {} : { probability: expect.any(Number) };
    for (const row of file) expect(row).toEqual({ ...telephones.get(row.telephone), ...own });
    if (query.campaign_id === undefined) {
      expect(file.map(({ telephone }) => telephone).sort()).toEqual(
        all.flatMap(({ telephone, verdict }) => (verdict === query.verdict ? [telephone] : [])).sort(),
      );
    }
  },
);

test('a telephone asked alone is as in the table, whatever it is called', async () => {
  const file = await tableAt(END);
  const some = file.filter(({ telephone }, index) => index % 250 === 0 || ODD.includes(String(telephone)));
  expect(some.length).toBeGreaterThan(ODD.length + 2);
  for (const row of some) {
    const page = await told<VerdictsPage>(operation, 'verdicts', {
      as_of: END,
      telephone: String(row.telephone),
    });
    expect(page).toEqual({ as_of: '2026-11-01T04:59:59Z', verdicts: [row], next_cursor: null });
  }
  const none = { as_of: '2026-11-01T04:59:59Z', verdicts: [], next_cursor: null };
  expect(await told(operation, 'verdicts', { as_of: END, telephone: 'theirs' })).toEqual(none);
  const before = { as_of: '2026-10-10T09:59:59-05:00', telephone: '😀' };
  expect(await told(operation, 'verdicts', before)).toMatchObject({ verdicts: [], next_cursor: null });
  expect(await fileRows(operation, { as_of: END, telephone: '😀' })).toMatchObject([{ telephone: '😀' }]);
});

test('a page of exactly all rows is the last one', async () => {
  const asked = { as_of: END, verdict: 'invalid' };
  const file = await fileRows(operation, asked);
  for (const sort of ['telephone', '-probability']) {
    for (const [limit, is_last] of [
      [file.length, true],
      [file.length + 1, true],
      [file.length - 1, false],
    ] as const) {
      const page = await told<VerdictsPage>(operation, 'verdicts', { ...asked, sort, limit: String(limit) });
      expect([page.verdicts.length, page.next_cursor === null]).toEqual([
        Math.min(limit, file.length),
        is_last,
      ]);
    }
  }
  const all = await tableAt(END);
  const page = await told<VerdictsPage>(operation, 'verdicts', { as_of: END, limit: String(all.length) });
  expect(page).toEqual({ as_of: '2026-11-01T04:59:59Z', verdicts: all, next_cursor: null });
});

test('limits, and parameters that nobody can mean', async () => {
  expect(
    await told(operation, 'verdicts', { limit: String(TABLE_LIMITS.page_rows_max), as_of: END }),
  ).toBeDefined();
  for (const query of [
    { limit: String(TABLE_LIMITS.page_rows_max + 1) },
    { limit: '0' },
    { verdict: 'dead' },
    { sort: 'reason' },
    { as_of: 'yesterday' },
    { as_of: '2026-11-01' },
    { telephone: '1'.repeat(65) },
    { campaign_id: 'x' },
    { format: 'pdf' },
    { format: 'csv', limit: '5' },
    { format: 'csv', cursor: 'x' },
  ] as Record<string, string>[]) {
    expect([query, await refusal(operation, 'verdicts', query)]).toEqual([query, '400 bad-parameter']);
  }
  expect(await told(operation, 'verdicts', { telephone: '1'.repeat(64) })).toMatchObject({ verdicts: [] });
});

test('a cursor belongs to its sort and its moment', async () => {
  const first = await told<VerdictsPage>(operation, 'verdicts', {
    as_of: END,
    sort: '-attempts',
    limit: '5',
  });
  const cursor = first.next_cursor ?? '';
  const next = { sort: '-attempts', limit: '5', cursor };
  const second = await told<VerdictsPage>(operation, 'verdicts', next);
  expect(second.as_of).toBe(first.as_of);
  expect(await told(operation, 'verdicts', { ...next, as_of: END })).toEqual(second);
  for (const query of [
    { ...next, sort: 'attempts' },
    { ...next, sort: 'telephone' },
    { ...next, as_of: MIDDLE },
    { ...next, cursor: `${cursor}x` },
    { ...next, cursor: cursor.slice(1) },
  ]) {
    expect(await refusal(operation, 'verdicts', query)).toBe('400 bad-parameter');
  }
});

test('all pages are of the moment of the first one, while time goes on and attempts arrive', async () => {
  const own = await service.operation();
  const dial = (fields: Partial<SentAttempt>) => attempt({ dialed_at: '2026-11-03T12:00:00Z', ...fields });
  await own.upload(['1', '2', '3'].map((telephone) => dial({ telephone })));
  service.stands_at_ms = Date.UTC(2026, 10, 3, 12, 30);
  try {
    for (const sort of ['telephone', '-last_dialed_at']) {
      const first = await told<VerdictsPage>(own, 'verdicts', { sort, limit: '1' });
      expect(first).toMatchObject({ as_of: '2026-11-03T12:30:00Z', verdicts: [{ telephone: '1' }] });
      service.stands_at_ms += 60_000;
      await own.upload(
        ['15', '2'].map((telephone) =>
          dial({ telephone, dialed_at: '2026-11-03T12:30:01Z', result: 'answer' }),
        ),
      );
      const query = { sort, limit: '5', cursor: first.next_cursor ?? '' };
      expect(await told(own, 'verdicts', query)).toEqual({
        as_of: '2026-11-03T12:30:00Z',
        verdicts: [
          expect.objectContaining({ telephone: '2', attempts: 1 }),
          expect.objectContaining({ telephone: '3', attempts: 1 }),
        ],
        next_cursor: null,
      });
      service.stands_at_ms -= 60_000;
    }
  } finally {
    service.stands_at_ms = undefined;
  }
});

test('shares add up to the table, of the operation and of a campaign', async () => {
  for (const query of [{ as_of: END }, { as_of: MIDDLE }, { as_of: END, campaign_id: '1004' }] as Record<
    string,
    string
  >[]) {
    const rows = await (query.campaign_id === undefined
      ? tableAt(query.as_of ?? END)
      : fileRows(operation, query));
    const count = (verdict: string) => rows.filter((row) => row.verdict === verdict).length;
    const shares = await told<{ telephones: number; shares: Record<string, number> }>(
      operation,
      'shares',
      query,
    );
    expect(shares.telephones).toBe(rows.length);
    expect(shares.shares).toEqual(Object.fromEntries(VERDICTS.map((verdict) => [verdict, count(verdict)])));
  }
});

test('before the first attempt, and without any, there is nothing', async () => {
  const none = await service.operation();
  const shares = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0]));
  for (const [who, as_of] of [
    [operation, '2026-01-01T00:00:00Z'],
    [none, '2026-11-01T00:00:00Z'],
  ] as const) {
    expect(await told(who, 'verdicts', { as_of })).toEqual({ as_of, verdicts: [], next_cursor: null });
    expect(await told(who, 'verdicts', { as_of, sort: '-probability' })).toMatchObject({ verdicts: [] });
    expect(await told(who, 'shares', { as_of })).toEqual({ as_of, telephones: 0, shares });
    expect((await ask(who, 'verdicts', { as_of, format: 'csv' })).body.trim().split('\n')).toHaveLength(1);
  }
});

test('moments beyond all attempts are as far as there may be any', async () => {
  const last = await told<VerdictsPage>(operation, 'verdicts', { as_of: '9999-12-31T23:59:59Z', limit: '1' });
  expect(last).toMatchObject({ as_of: '2100-12-31T23:59:59Z', verdicts: [{ attempts: 1 }] });
  const cursor = last.next_cursor ?? '';
  expect(
    await told(operation, 'verdicts', { as_of: '9999-12-31T23:59:59Z', limit: '1', cursor }),
  ).toMatchObject({ as_of: '2100-12-31T23:59:59Z' });
  const first = await told(operation, 'shares', { as_of: '1000-01-01T00:00:00Z' });
  expect(first).toMatchObject({ as_of: '2000-01-01T00:00:00Z', telephones: 0 });
});

test('after the last attempt evidence grows old', async () => {
  const old = await told<{ shares: Record<string, number> }>(operation, 'shares', {
    as_of: '2027-06-01T00:00:00Z',
  });
  expect(Object.entries(old.shares).filter(([, count]) => count > 0)).toEqual([
    ['unproven', (await tableAt(END)).length],
  ]);
});

test('reasons are in the language that is asked for', async () => {
  const query = { as_of: END, telephone: 'ñ' };
  const reasonIn = async (language: string) => {
    const reply = await ask(operation, 'verdicts', query, { 'accept-language': language });
    expect([reply.headers['content-language'], reply.headers.vary]).toEqual([
      language,
      'Accept-Language, Accept-Encoding',
    ]);
    return JSON.parse(reply.body).verdicts[0].reason;
  };
  expect(await reasonIn('en')).toBe('Nobody answered in 1 attempts on 1 days: too little to say more.');
  expect(await reasonIn('es')).toBe('Nadie contestó en 1 intentos en 1 días: muy poco para decir más.');
});

test('who may read reports may ask, of its own operation alone', async () => {
  const paths = ['verdicts', 'shares', 'trunks', 'trunk-faults'] as const;
  const window = { from: '2026-10-01T00:00:00-05:00', to: END };
  for (const path of paths) {
    const query = path.startsWith('trunk') ? window : { as_of: END };
    const status = async (token: string, more: Record<string, string> = {}) => {
      const reply = await ask(operation, path, { ...query, ...more }, { 'wolkvox-token': token });
      return reply.statusCode;
    };
    expect(await status(await operation.newToken(['report']))).toBe(200);
    expect(await status(await operation.newToken(['ingest', 'admin']))).toBe(403);
    expect(await status('nobody')).toBe(403);
    expect(await status(ADMIN_TOKEN)).toBe(400);
    expect(await status(ADMIN_TOKEN, { operation: operation.server })).toBe(200);
    expect(await status(ADMIN_TOKEN, { operation: '9999' })).toBe(404);
  }
  const rows = await tableAt(END);
  expect(rows.map(({ telephone }) => telephone)).not.toContain('theirs');
  expect(WORLD_UNTIL_S).toBe(Date.parse(END) / 1_000 + 1);
});

test('a call ends when its time is up, also while something is learned for it', async () => {
  const slow = await service.operation({ time_zone: WORLD_ZONE, limits: { max_call_ms: 1_000 } });
  const { knowledge } = service.service.services;
  const at = knowledge.at.bind(knowledge);
  const learning = gate();
  knowledge.at = async (...asked) => {
    await learning.opened;
    return at(...asked);
  };
  const window = { from: '2026-10-01T00:00:00-05:00', to: END };
  try {
    const refused = await Promise.all([
      refusal(slow, 'verdicts'),
      refusal(slow, 'verdicts', { format: 'csv' }),
      refusal(slow, 'shares'),
      refusal(slow, 'trunks', { ...window, from: '2026-10-02T00:00:00-05:00' }),
      refusal(slow, 'trunk-faults', window),
    ]);
    expect(refused).toEqual(Array(refused.length).fill('504 report-timeout'));
  } finally {
    learning.open();
    knowledge.at = at;
  }
});

/** What waits for `opened` waits until it is opened. */
function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
