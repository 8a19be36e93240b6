import { gzipSync } from 'node:zlib';
import type { ImportDocument, RejectDocument } from '@recuento/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bLeg, json, UUID } from './freeswitch-records.js';
import { NOVEMBER, type TestOperation, TestService } from './harness.js';

let service: TestService;
let operation: TestOperation;
let campaigns = 0;
beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation();
});
afterAll(() => service.stop());

const fresh = () => {
  campaigns += 1;
  return campaigns;
};

async function post(format: string, body: string | Uint8Array, query = '', headers = {}): Promise<Response> {
  return fetch(`${service.service.url}/v1/imports?format=${format}&time_zone=UTC${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${operation.token}`, ...headers },
    body,
  });
}

async function imported(format: string, body: string | Uint8Array, query = '', headers = {}) {
  const reply = await post(format, body, query, headers);
  const document = (await reply.json()) as ImportDocument;
  expect([reply.status, document.state]).toEqual([202, 'done']);
  const { read, stored, unchanged, joined, skipped, rejected } = document;
  expect(stored + unchanged + joined + skipped + rejected).toBe(read);
  return document;
}

async function rejectsOf(document: ImportDocument): Promise<RejectDocument[]> {
  const reply = await service.v1('GET', `/imports/${document.id}/rejects`, operation.token);
  return ((await reply.json()) as { rejects: RejectDocument[] }).rejects;
}

async function report(campaign: number | 'all') {
  return (await operation.campaign8(campaign, ...NOVEMBER)).json.data;
}

const call = (nr: number, fields: object = {}) => ({
  sid: `CA${String(nr).padStart(32, '0')}`,
  to: `+57300${1_000_000 + nr}`,
  status: 'busy',
  direction: 'outbound-api',
  start_time: 'Tue, 03 Nov 2026 12:00:00 +0000',
  duration: '0',
  answered_by: null,
  ...fields,
});

const row = (nr: number, fields: object = {}) => ({
  campaign_id: '1',
  customer_name: 'Ana',
  customer_id: `c${nr}`,
  date: '2026-11-03 12:00:00',
  telephone: `57300${1_000_000 + nr}`,
  result: 'NO-ANSWER',
  conn_id: `conn-${nr}`,
  ...fields,
});

test('pages of Twilio in one object, one after another, as resources, and in gzip', async () => {
  const pages = {
    readFullPage1: {
      calls: [call(1), call(2, { direction: 'inbound' })],
      end: 1,
      next_page_uri: '/2010?Page=1',
    },
    readFullPage2: { calls: [call(1), call(3, { status: 'queued' })], end: 1, next_page_uri: null },
    readEmpty: { calls: [], page: 0 },
  };
  const bodies = [
    JSON.stringify(pages, null, 1),
    Object.values(pages)
      .map((page) => JSON.stringify(page))
      .join('\n'),
    Object.values(pages)
      .map((page) => `\x1e${JSON.stringify(page, null, 2)}\n`)
      .join(''),
    [call(1), call(2, { direction: 'inbound' }), call(1), call(3, { status: 'queued' })]
      .map((one) => JSON.stringify(one, null, 2))
      .join(''),
  ];
  for (const body of bodies) {
    const id = fresh();
    const query = `&campaign_id=${id}`;
    const expected = { read: 4, stored: 1, joined: 1, skipped: 2 };
    const document = await imported('twilio', body, query);
    expect(document).toMatchObject({ ...expected, skipped_by_reason: { inbound: 1, not_final: 1 } });
    const again = await imported('twilio', gzipSync(body), query, { 'content-encoding': 'gzip' });
    expect(again).toMatchObject({ ...expected, stored: 0, unchanged: 1 });
    expect(await report(id)).toMatchObject([{ telephone: '+573001000001', busy: '1' }]);
  }
});

test('a broken record costs itself, told by its number; a cut document its tail', async () => {
  const id = fresh();
  const records = [call(1), call(2), call(3)].map((one) => JSON.stringify(one));
  const body = `{"calls":[${records[0]},{"sid":"x", "to": tru},${records[1]},7,${records[2]?.slice(0, -3)}`;
  const document = await imported('twilio', body, `&campaign_id=${id}`);
  expect(document).toMatchObject({ read: 5, stored: 2, rejected: 3 });
  expect(await rejectsOf(document)).toMatchObject([
    { line: 2, reason: 'it is not JSON', raw: '{"sid":"x", "to": tru}' },
    { line: 4, reason: 'it is no JSON object', raw: '7' },
    { line: 5, reason: 'it is cut off' },
  ]);
});

test('legs of FreeSWITCH: two a call are one attempt, in any order and over files', async () => {
  const legs = [
    json({ hangup_cause: 'NO_ANSWER' }),
    bLeg({ hangup_cause: 'USER_BUSY', sip_term_status: '486' }),
    json({ uuid: `${UUID}-2`, hangup_cause: 'ORIGINATOR_CANCEL', hangup_cause_q850: '16' }, { encode: true }),
  ];
  const pieces = fc.tuple(
    fc.shuffledSubarray(legs, { minLength: legs.length }),
    fc.shuffledSubarray(legs),
    fc.nat(legs.length),
  );
  await fc.assert(
    fc.asyncProperty(pieces, async ([all, again, cut]) => {
      const id = fresh();
      for (const part of [all.slice(0, cut), again, all.slice(cut)]) {
        const body = part.map((one) => JSON.stringify(one, null, 2)).join('\n');
        await imported('freeswitch-json', body, `&campaign_id=${id}`);
      }
      expect(await report(id)).toMatchObject([
        { total_machine_recognitions: '2', busy: '1', no_answer: '1' },
      ]);
    }),
    { numRuns: 25 },
  );
});

test("the vendor's replies: rows go to the campaigns that they name, with their record", async () => {
  const [one, two] = [fresh(), fresh()];
  const reply = (rows: object[]) =>
    JSON.stringify({ code: 200, error: null, msg: `${rows.length} records were found`, data: rows });
  const body = [
    reply([row(1, { campaign_id: one }), row(2, { campaign_id: String(two), result: 'BUSY' })]),
    '{"code":404,"error":"NOT FOUND","msg":"0 records were found","data":[]}',
    reply([row(3, { campaign_id: two }), row(1, { campaign_id: one })]),
  ].join('\n');
  const document = await imported('vendor-campaign-3', body);
  expect(document).toMatchObject({ campaign_id: null, read: 4, stored: 3, joined: 1 });
  expect(await report(one)).toHaveLength(1);
  expect(await report(two)).toMatchObject([{ busy: '1' }, { no_answer: '1' }]);
  const kept = await service.service.services.engine.read({
    sql: `SELECT customer_id, record['customer_name'] FROM told FINAL WHERE campaign_id = ${one} FORMAT TSV`,
    fair_key: 'test',
    max_ms: 30_000,
  });
  expect(kept.toString()).toBe('c1\tAna\n');
  expect(await imported('vendor-campaign-3', body, `&campaign_id=${two}`)).toMatchObject({
    campaign_id: two,
    unchanged: 2,
    skipped_by_reason: { other_campaign: 2 },
  });
  expect((await service.v1('GET', `/imports/${document.id}`, operation.token)).status).toBe(200);
});

test('a format takes its JSON and its files by the first byte', async () => {
  const id = fresh();
  const csv = `conn_id,telephone,date,result\nconn-1,573001000001,2026-11-03 12:00:00,BUSY\n`;
  const query = `&campaign_id=${id}`;
  expect(await imported('vendor-campaign-3', csv, query)).toMatchObject({ read: 2, stored: 1, skipped: 1 });
  const body = ` \n[${JSON.stringify(row(1, { campaign_id: '', result: 'BUSY', customer_id: '', customer_name: '' }))}]`;
  expect(await imported('vendor-campaign-3', body, query)).toMatchObject({ read: 1, unchanged: 1 });
  expect((await post('vendor-campaign-3', 'nothing,of it', query)).status).toBe(422);
  expect((await post('twilio', JSON.stringify(call(1)))).status).toBe(400);
});

test('auto tells each of them', async () => {
  const samples: [string, string][] = [
    ['twilio', JSON.stringify({ calls: [call(1)] })],
    ['freeswitch-json', JSON.stringify(json({}))],
    ['vendor-campaign-3', JSON.stringify({ code: 200, data: [row(1, { campaign_id: '' })] })],
  ];
  for (const [format, body] of samples) {
    const document = await imported('auto', body, `&campaign_id=${fresh()}`);
    expect(document.format).toContain(format);
    expect(document.stored).toBe(1);
  }
});
