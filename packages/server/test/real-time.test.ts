import { MACHINE_CODES, REAL_TIME_CAMPAIGNS } from '@recuento/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { writeCursor } from '../src/reports/cursor.js';
import { attempt, type TestOperation, TestService } from './harness.js';
import { Tally } from './model/tally.js';
import { addRecords } from './uploads.js';

/** `real_time.php?api=campaigns`: what today's attempts of each campaign have come to. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

/** Midnight in Bogota, where no clock ever changes, of a day that is to come. */
const MIDNIGHT_S = Date.UTC(2027, 2, 10, 5) / 1_000;
const at = (second: number) => new Date((MIDNIGHT_S + second) * 1_000).toISOString();
/** Moves the service's clock to so many seconds after that midnight. */
const setClock = (second: number) => {
  service.ahead_ms = (MIDNIGHT_S + second) * 1_000 - Date.now();
};
beforeEach(() => setClock(12 * 3_600));

async function ask(
  operation: TestOperation,
  more: Record<string, string> = {},
  headers: Record<string, string> = {},
) {
  const query = new URLSearchParams({ api: 'campaigns', ...more });
  const reply = await fetch(`${service.service.url}/api/v2/real_time.php?${query}`, {
    headers: { 'wolkvox-token': operation.token, ...headers },
  });
  const body = (await reply.json()) as {
    code: number | string;
    error: string | null;
    msg: string;
    data: Record<string, string>[];
    next_cursor?: string | null;
  };
  return { status: reply.status, headers: reply.headers, ...body };
}

const name = async (operation: TestOperation, campaign_id: number, named: string) =>
  service.v1('PUT', `/campaigns/${campaign_id}`, operation.token, { name: named });

const campaignsOf = async (operation: TestOperation, more: Record<string, string> = {}) =>
  (await ask(operation, more)).data.map(({ campaign }) => campaign);

test('names each campaign and counts what its attempts of today came to, in the documented columns', async () => {
  const operation = await service.operation();
  await operation.upload(MACHINE_CODES.map((result) => attempt({ dialed_at: at(60), result })));
  await name(operation, 1001, 'Cobros "A"');
  await name(operation, 7, 'Preventa - norte');
  const { status, code, error, msg, data } = await ask(operation);
  expect([status, code, error, msg]).toEqual([200, 200, null, '2 records were found']);
  for (const row of data)
    expect(Object.keys(row)).toEqual(REAL_TIME_CAMPAIGNS.columns.map((column) => column.name));
  const empty = Object.fromEntries(REAL_TIME_CAMPAIGNS.columns.map((column) => [column.name, '']));
  expect(data).toEqual([
    {
      ...empty,
      campaign: '7 - Preventa - norte',
      ...{ dial: '0', answer: '0', no_answer: '0', 'busy/congestion/failed': '0', answer_machine: '0' },
    },
    {
      ...empty,
      campaign: '1001 - Cobros "A"',
      ...{ dial: '10', answer: '1', no_answer: '1', 'busy/congestion/failed': '3', answer_machine: '1' },
    },
  ]);
});

test('one campaign by its number, all of them by all; one that is not there is 404', async () => {
  const operation = await service.operation();
  expect(await ask(operation)).toMatchObject({ status: 404, msg: '0 records were found', data: [] });
  await operation.upload([1001, 1002].map((campaign_id) => attempt({ campaign_id })));
  expect(await campaignsOf(operation)).toEqual(['1001 - ', '1002 - ']);
  expect(await campaignsOf(operation, { campaign_id: 'ALL' })).toEqual(['1001 - ', '1002 - ']);
  expect(await campaignsOf(operation, { campaign_id: '1002' })).toEqual(['1002 - ']);
  for (const campaign_id of ['1003', '0', '99999999999'])
    expect((await ask(operation, { campaign_id })).status).toBe(404);
  expect((await ask(operation, { campaign_id: 'x' })).status).toBe(400);
  await operation.change({ reply_profile: { code: 'string', empty_status: 200 } });
  expect(await ask(operation, { campaign_id: '1003' })).toMatchObject({ status: 200, code: '200', data: [] });
});

test('records are the customers that were added, each once, and empty where none was', async () => {
  const operation = await service.operation();
  await addRecords(operation, [{ customer_id: 'A', tel1: '1' }, { customer_id: 'B' }]);
  await addRecords(operation, [{ customer_id: 'A', tel1: '2' }]);
  await addRecords(operation, [{ customer_id: 'A' }], 1003);
  await operation.upload([attempt({ campaign_id: 1002, dialed_at: at(0) })]);
  const { data } = await ask(operation);
  expect(data.map(({ campaign, records, dial }) => [campaign, records, dial])).toEqual([
    ['1001 - ', '2', '0'],
    ['1002 - ', '', '1'],
    ['1003 - ', '1', '0'],
  ]);
});

test.each(['campaing_id', 'campaign'])(
  '%s for campaign_id is refused, as ignored it would bring all campaigns',
  async (sent) => {
    const operation = await service.operation();
    await operation.upload([attempt()]);
    const { status, msg } = await ask(operation, { [sent]: '1' });
    expect([status, msg]).toEqual([400, `THE PARAMETER ${sent} IS NOT VALID: campaign_id is its name here`]);
  },
);

test('a call has one session at a time, as every report: when one statement fails, no other goes on', async () => {
  const operation = await service.operation();
  await addRecords(operation, [{ customer_id: 'A' }]);
  const { engine, accounts } = service.service.services;
  const { id } = await accounts.operations.byServer(operation.server);
  const { read } = engine;
  const asked = { statements: 0, now: 0, at_once: 0 };
  engine.read = async (request) => {
    // The service asks for itself meanwhile, whether the engine answers.
    if (request.fair_key !== `operation ${id}`) return read.call(engine, request);
    asked.statements += 1;
    asked.now += 1;
    asked.at_once = Math.max(asked.at_once, asked.now);
    try {
      return await read.call(engine, request);
    } finally {
      asked.now -= 1;
    }
  };
  try {
    expect((await ask(operation)).data).toMatchObject([{ records: '1' }]);
  } finally {
    engine.read = read;
  }
  expect(asked).toEqual({ statements: 2, now: 0, at_once: 1 });
});

describe('today', () => {
  const dialsOf = async (operation: TestOperation) => (await ask(operation)).data.map(({ dial }) => dial);

  test('begins at midnight of the operation’s zone and ends at the next one, to the second', async () => {
    const [bogota, utc] = [await service.operation(), await service.operation({ time_zone: 'UTC' })];
    const seconds = [-86_401, -86_400, -1, 0, 86_399, 86_400];
    const dials = seconds.map((second) => attempt({ dialed_at: at(second) }));
    for (const operation of [bogota, utc]) await operation.upload(dials);
    const seen = async (second: number) => {
      setClock(second);
      return [...(await dialsOf(bogota)), ...(await dialsOf(utc))];
    };
    // In Bogota 23:59:59 of the day before; the day of UTC began five hours ago.
    expect(await seen(-1)).toEqual(['2', '2']);
    expect(await seen(0)).toEqual(['2', '2']);
    expect(await seen(19 * 3_600 - 1)).toEqual(['2', '2']);
    expect(await seen(19 * 3_600)).toEqual(['2', '2']);
    expect(await seen(86_400)).toEqual(['1', '2']);
    expect(await seen(2 * 86_400)).toEqual(['0', '0']);
  });

  test('what was asked before midnight says nothing of the day that began', async () => {
    const operation = await service.operation();
    await operation.upload([attempt({ dialed_at: at(86_399) })]);
    setClock(86_399);
    expect(await dialsOf(operation)).toEqual(['1']);
    setClock(86_400);
    expect(await dialsOf(operation)).toEqual(['0']);
  });

  test.each([
    // 23 hours long: from 05:00 to 04:00 of UTC.
    [
      '2027-03-14',
      ['2027-03-14T04:59:59Z', '2027-03-15T04:00:00Z'],
      ['2027-03-14T05:00:00Z', '2027-03-15T03:59:59Z'],
    ],
    // 25 hours long: from 04:00 to 05:00.
    [
      '2027-11-07',
      ['2027-11-07T03:59:59Z', '2027-11-08T05:00:00Z'],
      ['2027-11-07T04:00:00Z', '2027-11-08T04:59:59Z'],
    ],
  ])('%s in New York, when its clock changes', async (day, outside, inside) => {
    const operation = await service.operation({ time_zone: 'America/New_York' });
    await operation.upload([...outside, ...inside].map((dialed_at) => attempt({ dialed_at })));
    for (const hour of ['05', '12', '23']) {
      service.ahead_ms = Date.parse(`${day}T${hour}:30:00Z`) - Date.now();
      expect(await dialsOf(operation)).toEqual(['2']);
    }
  });

  test('is of now: a reply is not to be kept, and an If-None-Match is answered with it', async () => {
    const operation = await service.operation();
    await operation.upload([attempt({ dialed_at: at(0) })]);
    const { headers } = await ask(operation);
    expect([headers.get('etag'), headers.get('cache-control')]).toEqual([null, 'no-store']);
    await operation.upload([attempt({ dialed_at: at(1) })]);
    const again = await ask(operation, {}, { 'if-none-match': '*' });
    expect([again.status, again.data[0]?.dial]).toEqual([200, '2']);
  });
});

describe('cursor', () => {
  test('pages follow the numbers; without one more campaigns than a reply may have are refused with how many', async () => {
    const operation = await service.operation({ limits: { max_rows: 2 } });
    await operation.upload([9, 10].map((campaign_id) => attempt({ campaign_id, dialed_at: at(0) })));
    expect((await ask(operation)).status).toBe(200);
    await operation.upload([100, 2 ** 32 - 1].map((campaign_id) => attempt({ campaign_id })));
    await operation.upload([attempt({ campaign_id: 2 ** 32 - 1, dialed_at: at(0) })]);
    const refused = await ask(operation);
    expect([refused.status, refused.msg]).toEqual([413, expect.stringContaining('4 ROWS')]);
    const seen: unknown[] = [];
    for (let cursor: string | null | undefined = ''; typeof cursor === 'string'; ) {
      const page = await ask(operation, { cursor });
      expect(page.data.length).toBeLessThanOrEqual(2);
      seen.push(...page.data.map(({ campaign, dial }) => [campaign, dial]));
      cursor = page.next_cursor;
    }
    expect(seen).toEqual([
      ['9 - ', '1'],
      ['10 - ', '1'],
      ['100 - ', '0'],
      ['4294967295 - ', '1'],
    ]);
    const beyond = await ask(operation, { cursor: writeCursor(String(2 ** 32 - 1)) });
    expect(beyond).toMatchObject({ status: 200, data: [], next_cursor: null });
  });

  test.each(['AAAA', writeCursor('Busy'), writeCursor('12345678901')])(
    '%s is none of its own',
    async (cursor) => {
      const operation = await service.operation();
      expect(await ask(operation, { cursor })).toMatchObject({ status: 400 });
      const usage = await service.v1('GET', '/usage', operation.token);
      expect(await usage.json()).toMatchObject({ calls_used: 0 });
    },
  );
});

test('agrees with a plain model, whatever was delivered and replaced', async () => {
  const dial = fc.record({
    campaign_id: fc.constantFrom(1, 2, 3),
    telephone: fc.constantFrom('1', '2'),
    attempt_id: fc.constantFrom('a', 'b'),
    dialed_at: fc.constantFrom(-1, 0, 1, 43_200, 86_399, 86_400).map(at),
    result: fc.constantFrom(...MACHINE_CODES),
  });
  const uploads = fc.array(fc.array(dial, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(uploads, async (sent) => {
      const operation = await service.operation();
      const tally = new Tally();
      for (const upload of sent) {
        await operation.upload(upload);
        tally.deliver(upload);
      }
      const campaigns = new Set(sent.flat().map(({ campaign_id }) => campaign_id));
      const expected = [...campaigns].sort().map((campaign) => {
        const counts = tally.byResult(campaign, MIDNIGHT_S, MIDNIGHT_S + 86_400);
        const of = (...codes: string[]) =>
          String(codes.reduce((sum, code) => sum + (counts.get(code) ?? 0), 0));
        return [
          `${campaign} - `,
          of(...MACHINE_CODES),
          of('answer'),
          of('no_answer'),
          of('busy', 'congestion', 'failed'),
          of('answer_machine'),
        ];
      });
      const rows = (await ask(operation)).data.map((row) => [
        row.campaign,
        row.dial,
        row.answer,
        row.no_answer,
        row['busy/congestion/failed'],
        row.answer_machine,
      ]);
      expect(rows).toEqual(expected);
      const one = await ask(operation, { campaign_id: String(expected[0]?.[0]).split(' - ')[0] ?? '' });
      expect([one.data[0]?.campaign, one.data[0]?.dial]).toEqual(expected[0]?.slice(0, 2));
    }),
    { numRuns: 30 },
  );
});

test('another operation’s campaigns, attempts and customers are not in it', async () => {
  const [mine, other] = [await service.operation(), await service.operation()];
  await mine.upload([attempt({ dialed_at: at(0) })]);
  const before = (await ask(mine)).data;
  await name(other, 1001, 'theirs');
  await addRecords(other, [{ customer_id: 'A' }]);
  await other.upload([attempt({ dialed_at: at(0) }), attempt({ campaign_id: 7, dialed_at: at(0) })]);
  expect((await ask(mine)).data).toEqual(before);
});

test('the checks are those of every call: token, server, api, scope, slot and the day; each call counts', async () => {
  const operation = await service.operation({
    licences: 1,
    limits: { calls_per_licence: 2, max_simultaneous: 1 },
  });
  const ingest = await operation.newToken(['ingest']);
  const refused = async (more: Record<string, string>, headers: Record<string, string> = {}) => {
    const { status, msg } = await ask(operation, more, headers);
    return [status, msg];
  };
  expect(await refused({}, { 'wolkvox-token': '' })).toEqual([401, 'PLEASE ENTER THE WOLKVOX-TOKEN']);
  expect(await refused({}, { 'wolkvox-token': 'rct_no' })).toEqual([403, 'PLEASE VALIDATE TOKEN']);
  expect((await refused({}, { wolkvox_server: '9999' }))[0]).toBe(403);
  expect(await refused({ api: 'nothing' })).toEqual([400, expect.stringContaining('DOES NOT EXIST')]);
  expect(await refused({ cursor: 'x' })).toEqual([400, expect.stringContaining('cursor')]);
  expect(await refused({}, { 'wolkvox-token': ingest })).toEqual([403, expect.stringContaining('report')]);
  expect((await ask(operation)).status).toBe(404);
  expect(await refused({})).toEqual([403, 'TOKEN LIMIT EXCEEDED']);
  const posted = await fetch(`${service.service.url}/api/v2/real_time.php`, { method: 'POST' });
  expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
});

test('a reply is compressed as it may be, and refused where it is too large', async () => {
  const operation = await service.operation();
  await operation.upload(Array.from({ length: 20 }, (_, i) => attempt({ campaign_id: i + 1 })));
  expect((await ask(operation, {}, { 'accept-encoding': 'gzip' })).headers.get('content-encoding')).toBe(
    'gzip',
  );
  await operation.change({ limits: { max_reply_bytes: 1_024 } });
  expect((await ask(operation)).status).toBe(413);
});
