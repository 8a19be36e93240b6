import { MACHINE_CODES, MACHINE_RECOGNITIONS } from '@recuento/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { campaign8 } from '../src/reports/campaign-8.js';
import { ADMIN_TOKEN, attempt, NOVEMBER, type TestOperation, TestService } from './harness.js';

/** The documented call and its reply, statement by statement. */
let service: TestService;
let operation: TestOperation;
beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation();
});
afterAll(() => service.stop());

const QUERY = `api=campaign_8&campaign_id=all&date_ini=${NOVEMBER[0]}&date_end=${NOVEMBER[1]}`;

/** A call as it goes over the wire, with the headers given and no others. */
async function call(query: string, headers: Record<string, string>) {
  const reply = await fetch(`${service.service.url}/api/v2/reports_manager.php?${query}`, { headers });
  return { status: reply.status, type: reply.headers.get('content-type'), body: await reply.text() };
}

describe('the reply', () => {
  test('has the keys of the page in the order of the page, and every value of data is a string', async () => {
    const one = await service.operation();
    await one.upload([attempt({ telephone: '573001234567', result: 'congestion' })]);
    const reply = await call(QUERY, { 'wolkvox-token': one.token });
    expect([reply.status, reply.type]).toEqual([200, 'application/json; charset=utf-8']);
    expect(reply.body).toBe(
      '{"code":200,"error":null,"msg":"1 records were found","data":[{"telephone":"573001234567",' +
        '"total_machine_recognitions":"1","no_answer":"0","answer_machine":"0","busy":"0","congestion":"1","failed":"0"}]}',
    );
    const [row = {}] = JSON.parse(reply.body).data;
    expect(Object.keys(row)).toEqual(campaign8.description.columns.map(({ name }) => name));
  });

  test('says how many records were found, never singular and never formatted', async () => {
    const one = await service.operation();
    for (const [first, count] of [
      [0, 1],
      [1, 2],
      [2, 1_234],
    ] as const) {
      await one.upload(
        Array.from({ length: count - first }, (_, i) => attempt({ telephone: String(first + i) })),
      );
      expect((await one.campaign8('all', ...NOVEMBER)).json.msg).toBe(`${count} records were found`);
    }
  });

  test('has one row a telephone, in byte order, and the same data gives the same bytes', async () => {
    const one = await service.operation();
    const telephones = ['10', '9', '+57', '057', '57', 'ñ', '☎', '😀', '1'];
    await one.upload(telephones.flatMap((telephone) => [attempt({ telephone }), attempt({ telephone })]));
    const first = await one.campaign8('all', ...NOVEMBER);
    const expected = telephones.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(first.json.data.map(({ telephone }) => telephone)).toEqual(expected);
    expect((await one.campaign8('all', ...NOVEMBER)).body).toBe(first.body);
  });
});

describe('what is counted', () => {
  test.each(MACHINE_RECOGNITIONS)('%s is counted in its own column and in the total', async (code) => {
    const one = await service.operation();
    await one.upload([attempt({ result: code }), attempt({ result: code }), attempt({ result: code })]);
    const none = Object.fromEntries(MACHINE_RECOGNITIONS.map((name) => [name, '0']));
    expect((await one.campaign8('all', ...NOVEMBER)).json.data).toEqual([
      { telephone: '573001234567', total_machine_recognitions: '3', ...none, [code]: '3' },
    ]);
  });

  test('the total is the sum of the five columns', async () => {
    const one = await service.operation();
    const dials = MACHINE_RECOGNITIONS.flatMap((result, i) =>
      Array.from({ length: i + 1 }, () => attempt({ result })),
    );
    await one.upload(dials);
    expect((await one.campaign8('all', ...NOVEMBER)).json.data).toMatchObject([
      {
        total_machine_recognitions: '15',
        no_answer: '1',
        answer_machine: '2',
        busy: '3',
        congestion: '4',
        failed: '5',
      },
    ]);
  });

  test.each(MACHINE_CODES.filter((code) => !MACHINE_RECOGNITIONS.includes(code)))(
    '%s is no machine recognition: it adds nothing, and alone it makes no row',
    async (code) => {
      const one = await service.operation();
      await one.upload([
        attempt({ telephone: '1', result: code }),
        attempt({ telephone: '2', result: code }),
        attempt({ telephone: '2', result: 'busy' }),
      ]);
      expect((await one.campaign8('all', ...NOVEMBER)).json.data).toMatchObject([
        { telephone: '2', total_machine_recognitions: '1', busy: '1' },
      ]);
    },
  );

  test('a telephone is the dialed string: prefixes, leading zeros and spaces stay', async () => {
    const one = await service.operation();
    const telephones = ['+573001234567', '0', '00573001234567', '3001234567', '57 300 123', '573001234567'];
    await one.upload(telephones.map((telephone) => attempt({ telephone })));
    const { data } = (await one.campaign8('all', ...NOVEMBER)).json;
    expect(data.map(({ telephone }) => telephone)).toEqual(telephones);
  });

  test('a number that costs dials and never answers is told apart from one that answers', async () => {
    const one = await service.operation();
    const dial = (telephone: string, ...results: string[]) =>
      results.map((result) => attempt({ telephone, result }));
    await one.upload([
      ...dial('dead', 'failed', 'failed', 'failed', 'congestion'),
      ...dial('alive', 'no_answer', 'answer', 'answer'),
    ]);
    expect((await one.campaign8('all', ...NOVEMBER)).json.data).toMatchObject([
      { telephone: 'alive', total_machine_recognitions: '1', no_answer: '1', failed: '0' },
      { telephone: 'dead', total_machine_recognitions: '4', congestion: '1', failed: '3' },
    ]);
  });
});

describe('parameters', () => {
  test('campaign_id is one campaign by its number, or all of them merged, in any case', async () => {
    const one = await service.operation();
    await one.upload([
      attempt({ campaign_id: 1, result: 'busy' }),
      attempt({ campaign_id: 2, result: 'failed' }),
      attempt({ campaign_id: 4_294_967_295, result: 'failed' }),
    ]);
    const total = async (campaign: string) => {
      const { data } = (await one.campaign8(campaign, ...NOVEMBER)).json;
      return data.map((row) => [row.total_machine_recognitions, row.busy, row.failed]);
    };
    expect(await total('1')).toEqual([['1', '1', '0']]);
    expect(await total('0001')).toEqual([['1', '1', '0']]);
    expect(await total('4294967295')).toEqual([['1', '0', '1']]);
    for (const all of ['all', 'ALL', 'All']) expect(await total(all)).toEqual([['3', '1', '2']]);
    for (const unknown of ['3', '0', '4294967296', '99999999999999999999']) {
      expect(await total(unknown)).toEqual([]);
    }
  });

  test('date_ini and date_end are both inclusive, to the second, in the time zone of the operation', async () => {
    const one = await service.operation({ time_zone: 'Asia/Tokyo' });
    await one.upload([attempt({ dialed_at: '2026-11-03T12:00:00+09:00' })]);
    const ask = async (from: string, to: string) => (await one.campaign8('all', from, to)).status;
    expect(await ask('20261103120000', '20261103120000')).toBe(200);
    expect(await ask('20261103110000', '20261103120000')).toBe(200);
    expect(await ask('20261103120000', '20261103130000')).toBe(200);
    expect(await ask('20261103110000', '20261103115959')).toBe(404);
    expect(await ask('20261103120001', '20261103130000')).toBe(404);
  });

  test.each(['api', 'campaign_id', 'date_ini', 'date_end'])('%s is required', async (name) => {
    const query = new URLSearchParams(QUERY);
    query.delete(name);
    const reply = await operation.get(query.toString());
    expect(reply.json).toEqual({
      code: 400,
      error: 'BAD REQUEST',
      msg: `SOME PARAMETERS ARE REQUIRED: ${name}`,
      data: [],
    });
  });
});

describe('headers', () => {
  test('the token comes in wolkvox-token and nowhere in the URL', async () => {
    expect((await call(QUERY, { 'wolkvox-token': operation.token })).status).toBe(404);
    expect((await call(QUERY, { 'Wolkvox-Token': operation.token })).status).toBe(404);
    const without = await call(`${QUERY}&wolkvox-token=${operation.token}&token=${operation.token}`, {});
    expect([without.status, without.body]).toEqual([
      401,
      '{"code":401,"error":"UNAUTHORIZED","msg":"PLEASE ENTER THE WOLKVOX-TOKEN","data":[]}',
    ]);
    const stranger = await call(QUERY, { 'wolkvox-token': `${operation.token}x` });
    expect([stranger.status, stranger.body]).toEqual([
      403,
      '{"code":403,"error":"FORBIDDEN","msg":"PLEASE VALIDATE TOKEN","data":[]}',
    ]);
    // The administrator's token is no operation's: it asks for no report.
    expect((await call(QUERY, { 'wolkvox-token': ADMIN_TOKEN })).status).toBe(403);
  });

  test("wolkvox_server may be sent with or without wv, and must be the token's operation", async () => {
    const ask = async (wolkvox_server: string) =>
      (await call(QUERY, { 'wolkvox-token': operation.token, wolkvox_server })).status;
    expect(await ask(operation.server)).toBe(404);
    expect(await ask(`wv${operation.server}`)).toBe(404);
    expect(await ask(`WV${operation.server}`)).toBe(404);
    expect(await ask('')).toBe(404);
    expect(await ask(`1${operation.server}`)).toBe(403);
  });
});

test('the limits of an operation are those of the page unless it is told otherwise', async () => {
  const made = await service.v1('POST', '/operations', ADMIN_TOKEN, {
    server: 'page',
    name: 'page',
    licences: 7,
  });
  expect(await made.json()).toMatchObject({
    limits: {
      max_rows: 60_000,
      max_records: 10_000,
      max_window_days: 31,
      max_reply_bytes: 256 * 1024 * 1024,
      max_call_ms: 60_000,
      max_simultaneous: 2,
      calls_per_licence: 1_000,
    },
  });
  const usage = await service.v1('GET', '/usage?operation=page', ADMIN_TOKEN);
  expect(await usage.json()).toMatchObject({ calls_limit: 7_000, calls_left: 7_000 });
});

test('asking again at once is allowed: every five minutes is advice', async () => {
  for (let again = 0; again < 20; again += 1) {
    expect((await operation.campaign8('all', ...NOVEMBER)).status).toBe(404);
  }
});
