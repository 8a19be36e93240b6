import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { REPORTS } from '../src/reports/registry.js';
import { ADMIN_TOKEN, attempt, NOVEMBER, type TestOperation, TestService } from './harness.js';

/** What one operation has, asks and does is never seen, counted or felt by another. */
let service: TestService;
let mine: TestOperation;
let other: TestOperation;

beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());
beforeEach(async () => {
  mine = await service.operation();
  other = await service.operation();
});

const json = async (reply: Response) => (await reply.json()) as Record<string, unknown>;
const usage = async (operation: TestOperation) => json(await service.v1('GET', '/usage', operation.token));

describe('attempts', () => {
  test('the same telephones, campaigns and identities are told apart', async () => {
    const dials = Array.from({ length: 50 }, (_, i) => attempt({ telephone: `57${i}` }));
    await mine.upload(dials.map((dial) => ({ ...dial, result: 'busy' })));
    await other.upload(dials.map((dial) => ({ ...dial, result: 'failed' })));
    await other.upload([
      attempt({ telephone: 'only theirs' }),
      attempt({ telephone: '570', campaign_id: 7 }),
    ]);
    for (const campaign of [1001, 'all']) {
      const { data } = (await mine.campaign8(campaign, ...NOVEMBER)).json;
      expect(data).toHaveLength(50);
      for (const row of data) {
        expect(row).toMatchObject({ total_machine_recognitions: '1', busy: '1', failed: '0' });
      }
    }
    expect((await mine.campaign8(7, ...NOVEMBER)).status).toBe(404);
  });

  test('a replacement in one leaves the same identity of the other as it is', async () => {
    const dial = attempt({ result: 'busy' });
    await mine.upload([dial]);
    await other.upload([dial]);
    await other.upload([{ ...dial, result: 'answer' }]);
    expect((await other.campaign8('all', ...NOVEMBER)).status).toBe(404);
    expect((await mine.campaign8('all', ...NOVEMBER)).json.data).toMatchObject([{ busy: '1' }]);
  });

  test.each([...REPORTS.keys()])('%s tells the attempts of its own operation alone', async (api) => {
    const dial = attempt({ amd: 'machine', customer_id: 'c' });
    const ask = async (operation: TestOperation) =>
      (await operation.get({ api, campaign_id: 'all', date_ini: NOVEMBER[0], date_end: NOVEMBER[1] })).json;
    await other.upload([dial, attempt({ telephone: 'only theirs', amd: 'machine', result: 'busy' })]);
    expect(await ask(mine)).toMatchObject({ code: 404, data: [] });
    await mine.upload([dial]);
    const { data } = await ask(mine);
    expect(data).toHaveLength(1);
    expect(JSON.stringify(data)).not.toContain('theirs');
    await other.upload([{ ...dial, result: 'failed' }, attempt({ amd: 'machine' })]);
    expect((await ask(mine)).data).toEqual(data);
  });

  test("a cursor of one, sent by the other, pages through the other's own telephones", async () => {
    await mine.change({ limits: { max_rows: 2 } });
    await mine.upload(['1', '3', '5'].map((telephone) => attempt({ telephone })));
    await other.upload(['2', '4', '6'].map((telephone) => attempt({ telephone })));
    const page = await mine.campaign8('all', ...NOVEMBER, { cursor: '' });
    const cursor = String(page.json.next_cursor);
    const theirs = await other.campaign8('all', ...NOVEMBER, { cursor });
    expect(theirs.json.data.map(({ telephone }) => telephone)).toEqual(['4', '6']);
  });

  test('the same question about the same data has an ETag of its own, and an upload ends that of one alone', async () => {
    const dial = attempt({ dialed_at: '2020-02-03T12:00:00-05:00' });
    await mine.upload([dial]);
    await other.upload([dial]);
    const ask = async (operation: TestOperation, etag = '') =>
      operation.campaign8('all', '20200201000000', '20200229235959', {}, { 'if-none-match': etag });
    const [etag, theirs] = [await ask(mine), await ask(other)].map((reply) => String(reply.headers.etag));
    expect(etag).not.toBe(theirs);
    expect((await ask(other, etag)).status).toBe(200);
    await other.upload([attempt({ dialed_at: dial.dialed_at })]);
    expect([(await ask(mine, etag)).status, (await ask(other, theirs)).status]).toEqual([304, 200]);
  });
});

describe('tokens', () => {
  test.each([
    ['GET', '/usage'],
    ['GET', '/campaigns'],
    ['GET', '/imports'],
    ['GET', '/tokens'],
    ['PUT', '/campaigns/1'],
    ['POST', '/attempts'],
    ['POST', '/tokens'],
    ['POST', '/imports'],
  ])("%s %s?operation= of another's is refused", async (method, path) => {
    const bodies: Record<string, unknown> = {
      '/campaigns/1': { name: 'taken over' },
      '/attempts': [attempt()],
      '/tokens': { name: 'x', scopes: ['report'] },
    };
    const body = method === 'GET' ? undefined : bodies[path];
    for (const server of [other.server, `wv${other.server}`, '9999']) {
      const reply = await service.v1(method, `${path}?operation=${server}`, mine.token, body);
      expect([server, reply.status, (await json(reply)).id]).toEqual([server, 403, 'token-invalid']);
    }
    expect((await other.campaign8('all', ...NOVEMBER)).status).toBe(404);
    expect(await json(await service.v1('GET', '/campaigns', other.token))).toEqual({ campaigns: [] });
    const { tokens } = await json(await service.v1('GET', '/tokens', other.token));
    expect(tokens).toHaveLength(1);
  });

  test('wolkvox_server of another is refused, and does not count for either', async () => {
    for (const wolkvox_server of [other.server, `wv${other.server}`, 'x']) {
      const reply = await mine.campaign8('all', ...NOVEMBER, {}, { wolkvox_server });
      const { msg } = reply.json;
      expect([reply.status, msg]).toEqual([
        403,
        expect.stringMatching(`^PLEASE VALIDATE TOKEN: .* ${mine.server}$`),
      ]);
    }
    expect([(await usage(mine)).calls_used, (await usage(other)).calls_used]).toEqual([0, 0]);
  });

  test("another's are neither made, listed nor revoked", async () => {
    const made = await service.v1('POST', '/tokens', mine.token, {
      operation: other.server,
      name: 'x',
      scopes: ['report'],
    });
    expect([made.status, (await json(made)).id]).toEqual([403, 'token-invalid']);
    const listed = await json(await service.v1('GET', `/tokens?operation=${other.server}`, ADMIN_TOKEN));
    const [theirs] = listed.tokens as { id: string }[];
    expect(await (await service.v1('GET', '/tokens', mine.token)).text()).not.toContain(theirs?.id);
    const revoked = await service.v1('DELETE', `/tokens/${theirs?.id}`, mine.token);
    expect([revoked.status, (await json(revoked)).id]).toEqual([404, 'unknown-resource']);
    expect((await other.campaign8('all', ...NOVEMBER)).status).toBe(404); // no records: the token lives
  });

  test('revoking one of mine leaves theirs', async () => {
    const { tokens } = await json(await service.v1('GET', '/tokens', mine.token));
    const [own] = tokens as { id: string }[];
    expect((await service.v1('DELETE', `/tokens/${own?.id}`, mine.token)).status).toBe(204);
    expect((await mine.campaign8('all', ...NOVEMBER)).json.msg).toBe('PLEASE VALIDATE TOKEN');
    expect((await other.campaign8('all', ...NOVEMBER)).status).toBe(404);
  });
});

describe('operations', () => {
  test("neither another's nor one's own are changed or listed with an operation's token", async () => {
    for (const server of [other.server, mine.server]) {
      const reply = await service.v1('PATCH', `/operations/${server}`, mine.token, { licences: 9 });
      expect([reply.status, (await json(reply)).id]).toEqual([403, 'scope-missing']);
    }
    expect((await service.v1('GET', '/operations', mine.token)).status).toBe(403);
    expect((await usage(other)).calls_limit).toBe(100_000);
  });

  test('a change of one leaves the other as it was', async () => {
    const before = await usage(other);
    await mine.change({
      licences: 1,
      time_zone: 'Asia/Tokyo',
      reply_profile: { code: 'string' },
      limits: { max_rows: 1, max_window_days: 1 },
    });
    expect(await usage(other)).toEqual({ ...before, reset_seconds: expect.any(Number) });
    expect((await other.campaign8('all', ...NOVEMBER)).json.code).toBe(404);
  });

  test('campaigns and idempotency keys of one are nothing to the other', async () => {
    await service.v1('PUT', '/campaigns/7', mine.token, { name: 'Cobranza' });
    expect(await json(await service.v1('GET', '/campaigns', other.token))).toEqual({ campaigns: [] });
    const upload = async (operation: TestOperation, telephone: string) =>
      fetch(`${service.service.url}/v1/attempts`, {
        method: 'POST',
        headers: {
          'wolkvox-token': operation.token,
          'content-type': 'application/json',
          'idempotency-key': 'the same',
        },
        body: JSON.stringify([attempt({ telephone })]),
      });
    expect((await upload(mine, '1')).status).toBe(201);
    expect((await upload(other, '2')).status).toBe(201);
    expect((await other.campaign8('all', ...NOVEMBER)).json.data).toMatchObject([{ telephone: '2' }]);
  });

  test("an import of one can't be seen by the other", async () => {
    const query = 'format=asterisk-csv&campaign_id=1&time_zone=UTC';
    const made = await fetch(`${service.service.url}/v1/imports?${query}`, {
      method: 'POST',
      headers: { 'wolkvox-token': mine.token },
      body: 'not a line of any log\n',
    });
    const { id } = await json(made);
    expect(id).toEqual(expect.any(String));
    for (const path of [`/imports/${id}`, `/imports/${id}/rejects`]) {
      expect((await service.v1('GET', path, mine.token)).status).toBe(200);
      const reply = await service.v1('GET', path, other.token);
      expect([path, reply.status, (await json(reply)).id]).toEqual([path, 404, 'unknown-resource']);
    }
    expect((await json(await service.v1('GET', '/imports', other.token))).imports).toEqual([]);
  });
});

describe('limits', () => {
  test("the day's calls of one do not touch the other's", async () => {
    await mine.change({ licences: 1, limits: { calls_per_licence: 1 } });
    expect((await mine.campaign8('all', ...NOVEMBER)).status).toBe(404);
    expect((await mine.campaign8('all', ...NOVEMBER)).json.msg).toBe('TOKEN LIMIT EXCEEDED');
    expect(await usage(other)).toMatchObject({ calls_used: 0, tokens: [{ calls: 0 }] });
    expect((await other.campaign8('all', ...NOVEMBER)).status).toBe(404);
    expect(await usage(other)).toMatchObject({ calls_used: 1, tokens: [{ calls: 1 }] });
    expect(await usage(mine)).toMatchObject({ calls_used: 1, calls_left: 0 });
  });

  test('an operation with slow reports and all its slots taken holds up no report and no upload of another', async () => {
    // A call of the other that got no session in this time would be a 504.
    await other.change({ limits: { max_call_ms: 30_000 } });
    await mine.upload([attempt()]);
    const slow = await slowReportsOf(mine);
    const waiting = [mine.campaign8('all', ...NOVEMBER), mine.campaign8('all', ...NOVEMBER)];
    while ((await usage(mine)).calls_used !== 2);
    const third = await mine.campaign8('all', ...NOVEMBER);
    expect(third.json.msg).toContain('EXCEEDS THE LIMIT OF SIMULTANEOUS REQUESTS');
    for (let round = 1; round <= 5; round += 1) {
      await other.upload([attempt({ telephone: String(round) })]);
      const [one, two] = await Promise.all([
        other.campaign8('all', ...NOVEMBER),
        other.campaign8(1001, ...NOVEMBER),
      ]);
      expect([one.status, one.json.data.length, two.status]).toEqual([200, round, 200]);
    }
    // All that time the slow ones held their sessions, and the reports behind them waited.
    const first = await Promise.race([...waiting.map((reply) => reply.then(() => 'answered')), slow.state()]);
    expect(first).toBe('still slow');
    await slow.stop();
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200]);
  });

  test('many large uploads of one keep none of another waiting for all of them', async () => {
    let ended = 0;
    const flood = Array.from({ length: 20 }, async (_, batch) => {
      const dials = Array.from({ length: 10_000 }, (_, i) => attempt({ telephone: `${batch}-${i}` }));
      await mine.upload(dials);
      ended += 1;
    });
    await other.upload([attempt({ telephone: 'theirs' })]);
    expect(ended).toBeLessThan(flood.length);
    await Promise.all(flood);
    expect((await other.campaign8('all', ...NOVEMBER)).json.data).toHaveLength(1);
    expect((await mine.campaign8('all', ...NOVEMBER, { cursor: '' })).json.data).toHaveLength(60_000);
  });
});

/** More reports of an operation than there are sessions, each running for minutes unless stopped. */
async function slowReportsOf(operation: TestOperation) {
  const { engine, accounts } = service.service.services;
  const { id } = await accounts.operations.byServer(operation.server);
  const controller = new AbortController();
  let ended = 0;
  const reports = Array.from({ length: 12 }, () =>
    engine
      .read({ sql: SLOW_SQL, fair_key: `operation ${id}`, max_ms: 120_000, signal: controller.signal })
      .catch(() => undefined)
      .finally(() => {
        ended += 1;
      }),
  );
  return {
    state: async () => (ended === 0 ? 'still slow' : 'ended'),
    stop: async () => {
      controller.abort();
      await Promise.all(reports);
    },
  };
}

const SLOW_SQL = 'SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 42 FORMAT TSV';
