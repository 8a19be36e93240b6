import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import type { ImportDocument } from '@recuento/contract';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { attempt, type TestOperation, TestService } from './harness.js';

/** Replies of windows that are over, sent again from memory. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start({ kept_reply_mib: 64 });
});
afterAll(() => service.stop());

const OCTOBER = { date_ini: '20261001000000', date_end: '20261031235959' };
const QUESTION = { api: 'campaign_8', campaign_id: '1001', ...OCTOBER };

async function dialed(settings = {}, telephones = 50): Promise<TestOperation> {
  const operation = await service.operation(settings);
  const attempts = Array.from({ length: telephones }, (_, at) =>
    attempt({ telephone: `5730012345${at}`, dialed_at: '2026-10-03T12:00:00-05:00' }),
  );
  await operation.upload(attempts);
  return operation;
}

/** How often the engine is asked for a report while `work` runs. */
async function reports(work: () => Promise<unknown>): Promise<number> {
  const read = vi.spyOn(service.service.services.engine, 'read');
  try {
    await work();
    return read.mock.calls.filter(([{ fair_key }]) => fair_key !== 'probe').length;
  } finally {
    read.mockRestore();
  }
}

test('asked again the engine is not, and the reply has the same bytes and headers', async () => {
  const operation = await dialed();
  const first = await operation.get(QUESTION);
  let again = first;
  expect(await reports(async () => (again = await operation.get(QUESTION)))).toBe(0);
  const shown = ({ status, body, headers }: typeof first) => [
    status,
    body,
    headers.etag,
    headers['content-type'],
    headers['content-length'],
    headers['cache-control'],
    headers.vary,
  ];
  expect(shown(again)).toEqual(shown(first));
  await operation.upload([attempt({ telephone: '1', dialed_at: '2026-10-03T12:30:00-05:00' })]);
  expect(await reports(async () => (again = await operation.get(QUESTION)))).toBe(1);
  expect(again.json.data).toHaveLength(51);
});

test('each encoding is kept for itself', async () => {
  const operation = await dialed();
  const plain = await operation.get(QUESTION);
  const gzipped = async () => {
    const { url } = service.service;
    const reply = await service.service.inject({
      url: `${url}/api/v2/reports_manager.php?${new URLSearchParams(QUESTION)}`,
      headers: { 'wolkvox-token': operation.token, 'accept-encoding': 'gzip' },
    });
    expect(reply.headers['content-encoding']).toBe('gzip');
    return gunzipSync(reply.rawPayload).toString();
  };
  expect(await reports(gzipped)).toBe(1);
  expect(await reports(async () => expect(await gzipped()).toBe(plain.body))).toBe(0);
});

test('it counts like any other, and is refused like any other', async () => {
  const operation = await dialed({ licences: 3, limits: { calls_per_licence: 1 } });
  const left: unknown[] = [];
  for (let call = 0; call < 3; call += 1) left.push((await operation.get(QUESTION)).headers.ratelimit);
  expect(left.map((text) => /r=(\d+)/.exec(String(text))?.[1])).toEqual(['2', '1', '0']);
  const refused = await operation.get(QUESTION);
  expect([refused.status, refused.json.data]).toEqual([403, []]);
  expect((await operation.get({ ...QUESTION, campaign_id: 'x' })).status).toBe(400);
});

test('it takes a slot like any other, and gives it back', async () => {
  const operation = await dialed({ limits: { max_simultaneous: 1 } });
  await operation.get(QUESTION);
  const { dataVersions } = service.service.services.accounts;
  const of = dataVersions.of.bind(dataVersions);
  let goOn = () => {};
  const gate = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const looked = vi.spyOn(dataVersions, 'of').mockImplementationOnce((read) => gate.then(() => of(read)));
  try {
    const first = operation.get(QUESTION);
    await expect.poll(() => looked.mock.calls.length).toBe(1);
    expect((await operation.get(QUESTION)).headers.link).toContain('/too-many-simultaneous>');
    goOn();
    expect(await reports(async () => expect((await first).status).toBe(200))).toBe(0);
    expect((await operation.get(QUESTION)).status).toBe(200);
  } finally {
    looked.mockRestore();
  }
});

test('nobody gets one whose token is revoked, or has not the scope', async () => {
  const operation = await dialed();
  const { body } = await operation.get(QUESTION);
  const ask = async (token: string) => {
    const reply = await service.service.inject({
      url: `/api/v2/reports_manager.php?${new URLSearchParams(QUESTION)}`,
      headers: { 'wolkvox-token': token },
    });
    return [/errors\/([^>]+)/.exec(String(reply.headers.link))?.[1], reply.body === body];
  };
  const other = await operation.newToken(['report']);
  expect(await ask(other)).toEqual([undefined, true]);
  expect(await ask(await operation.newToken(['ingest']))).toEqual(['scope-missing', false]);
  const { tokens } = (await (await service.v1('GET', '/tokens', operation.token)).json()) as {
    tokens: { id: string; scopes: string[] }[];
  };
  const revoked = tokens.find(({ scopes }) => String(scopes) === 'report');
  expect((await service.v1('DELETE', `/tokens/${revoked?.id}`, operation.token)).status).toBeLessThan(300);
  expect(await ask(other)).toEqual(['token-invalid', false]);
});

test('a window that is still open is made anew', async () => {
  const operation = await dialed();
  const open = { ...QUESTION, date_ini: '20261015000000', date_end: '20261114235959' };
  const real_ms = service.ahead_ms;
  service.ahead_ms = Date.parse('2026-11-01T12:00:00Z') - Date.now();
  try {
    await operation.get(open);
    expect(await reports(() => operation.get(open))).toBe(1);
  } finally {
    service.ahead_ms = real_ms;
  }
});

test('what one operation keeps is nothing to another with the same question', async () => {
  const [mine, other] = [await dialed({}, 1), await dialed({}, 2)];
  const asked = async () => [
    (await mine.get(QUESTION)).json.data.length,
    (await other.get(QUESTION)).json.data.length,
  ];
  expect([await asked(), await asked()]).toEqual([
    [1, 2],
    [1, 2],
  ]);
});

test('what a month says while an import is taken back of it is not said any more when the next month is begun', async () => {
  const operation = await service.operation();
  const september = { ...QUESTION, date_ini: '20260901000000', date_end: '20260930235959' };
  const months = ['2026-09-03T12:00:00-05:00', '2026-10-03T12:00:00-05:00'];
  const of = (telephone: string) =>
    months.map((dialed_at) => attempt({ attempt_id: 'a', telephone, dialed_at, result: 'busy' }));
  await operation.upload([...of('573001'), ...of('573002')]);
  const before = (await operation.get(september)).body;
  const map = 'telephone=telephone,dialed_at=dialed_at,result=result,attempt_id=attempt_id';
  const query = new URLSearchParams({ format: 'csv', campaign_id: '1001', map, replace: 'yes' });
  const imported = await fetch(`${service.service.url}/v1/imports?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${operation.token}` },
    body: `telephone,dialed_at,result,attempt_id\n${months.map((at) => `573001,${at},failed,a`).join('\n')}\n`,
  });
  const { id } = (await imported.json()) as ImportDocument;
  const { engine } = service.service.services;
  // What the import outranked is merged away, so that nothing is said of it until it is put in again.
  await engine.command('OPTIMIZE TABLE held_by_campaign FINAL');
  const { change } = engine;
  const said: string[] = [];
  engine.change = async (sql, fair_key) => {
    // Behind the first deletion, and before the first of the next month.
    if (said.length === 0 && !sql.startsWith('DELETE')) said.push((await operation.get(september)).body);
    if (said.length === 1 && sql.includes("'202610'")) said.push((await operation.get(september)).body);
    return change.call(engine, sql, fair_key);
  };
  try {
    await service.v1('DELETE', `/imports/${id}`, operation.token);
    for (let state = ''; state !== 'undone'; await sleep(10)) {
      const job = await service.v1('GET', `/imports/${id}`, operation.token);
      state = ((await job.json()) as ImportDocument).state;
    }
  } finally {
    engine.change = change;
  }
  expect(said[0]).not.toBe(before);
  expect(said[1]).toBe(before);
});
