import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bLeg, json, START_S, UUID } from './freeswitch-records.js';
import { NOVEMBER, type TestOperation, TestService } from './harness.js';
import { openAccountsOf } from './servers/opened-accounts.js';

const AUTH_TOKEN = 'twilio-auth-token-for-tests';
/** Of operations that differ in their zeros alone. */
const ALIKE: Readonly<Record<string, string>> = {
  '09077': 'twilio-auth-token-of-one',
  '9077': 'twilio-auth-token-of-the-other',
};
const PUBLIC_URL = 'https://calls.example.com';

let service: TestService;
let operation: TestOperation;
let campaign = 100;
beforeAll(async () => {
  // The first operation of a test file is 0001.
  const twilio_auth_tokens = { '0001': AUTH_TOKEN, ...ALIKE };
  service = await TestService.start({ twilio_auth_tokens, public_url: PUBLIC_URL });
  operation = await service.operation();
  expect(operation.server).toBe('0001');
});
afterAll(() => service.stop());

interface Stored {
  attempt_id: string;
  telephone: string;
  dialed_at_s: number;
  result: string;
  trunk: string;
  sip: number | null;
  amd: string;
}

async function stored(campaign_id: number): Promise<Stored[]> {
  const rows = await service.service.services.engine.read({
    sql: `SELECT attempt_id, telephone, toUInt32(dialed_at) AS dialed_at_s, result, trunk, sip, amd FROM (
        SELECT * FROM told WHERE campaign_id = ${campaign_id}
        ORDER BY version DESC LIMIT 1 BY telephone, dialed_at, attempt_id
      ) ORDER BY attempt_id FORMAT JSONEachRow`,
    fair_key: 'test',
    max_ms: 30_000,
  });
  return rows
    .toString()
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((row) => JSON.parse(row));
}

/** Whose a campaign's attempts are. */
async function operationsOf(campaign_id: number): Promise<number[]> {
  const rows = await service.service.services.engine.read({
    sql: `SELECT DISTINCT operation_id FROM told WHERE campaign_id = ${campaign_id} FORMAT JSONCompactColumns`,
    fair_key: 'test',
    max_ms: 30_000,
  });
  const [ids]: [number[]] = JSON.parse(rows.toString());
  return ids;
}

const fresh = () => {
  campaign += 1;
  return campaign;
};

async function imported(format: string, body: string, campaign_id: number): Promise<Record<string, unknown>> {
  const reply = await fetch(`${service.service.url}/v1/imports?format=${format}&campaign_id=${campaign_id}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${operation.token}` },
    body,
  });
  expect(reply.status).toBe(202);
  return (await reply.json()) as Record<string, unknown>;
}

describe('FreeSWITCH', () => {
  const post = (query: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${service.service.url}/v1/hooks/freeswitch?${query}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${operation.token}`,
        'content-type': 'application/json',
        ...headers,
      },
      body,
    });

  test('a leg is stored once, however often it is posted', async () => {
    const id = fresh();
    const body = JSON.stringify(json({ hangup_cause: 'USER_BUSY' }, { encode: true }));
    for (let nr = 0; nr < 3; nr += 1) {
      expect((await post(`campaign_id=${id}`, body)).status).toBe(204);
    }
    expect(await stored(id)).toMatchObject([
      { attempt_id: UUID, telephone: '573001234567', dialed_at_s: START_S, result: 'busy', trunk: 'north' },
    ]);
    const report = await operation.campaign8(id, ...NOVEMBER);
    expect(report.json.data).toMatchObject([{ total_machine_recognitions: '1', busy: '1' }]);
  });

  test.each([
    ['URL-encoded', 'application/x-www-form-urlencoded', (text: string) => `cdr=${encodeURIComponent(text)}`],
    [
      'form-encoded',
      'application/x-www-form-urlencoded',
      (text: string) => `${new URLSearchParams({ cdr: text })}`,
    ],
    [
      'base64',
      'application/x-www-form-base64-encoded',
      (text: string) => `cdr=${Buffer.from(text).toString('base64')}`,
    ],
    ['as it is', 'application/json', (text: string) => text],
    ['as it is, of earlier versions', 'application/x-www-form-plaintext', (text: string) => text],
    ['without a name', 'text/plain', (text: string) => text],
  ])('the field cdr, %s', async (_name, type, encode) => {
    const id = fresh();
    const body = encode(JSON.stringify(json({ sip_h_note: 'ñ + % & ="' })));
    expect((await post(`campaign_id=${id}`, body, { 'content-type': type })).status).toBe(204);
    expect(await stored(id)).toHaveLength(1);
  });

  test('what is encoded by half is told with the settings that cause it', async () => {
    const record = JSON.stringify(
      json({ sip_full_from: '"Agente Uno" <sip:1001@10.0.0.1>' }, { encode: true }),
    );
    // A percent sign that stands before two digits is not encoded again.
    const half = encodeURIComponent(record).replace(/%25([0-9A-F]{2})/g, '%$1');
    const reply = await post(`campaign_id=${fresh()}`, `cdr=${half}`, {
      'content-type': 'application/x-www-form-urlencoded',
    });
    const { id, detail } = (await reply.json()) as { id: string; detail: string };
    expect([reply.status, id]).toEqual([400, 'malformed-body']);
    expect(detail).toContain('encode TO "false"');
    expect(detail).toContain('encode-values');
    const cut = await post(`campaign_id=1`, record.slice(0, -9));
    expect(((await cut.json()) as { detail: string }).detail).not.toContain('encode');
  });

  test('the settings of the guide are those that every version posts whole', async () => {
    const guide = await readFile(new URL('../../../docs/guide/imports.md', import.meta.url), 'utf8');
    expect(guide).toContain('<param name="encode" value="false"/>');
  });

  test('the token as the password of Basic, and what FreeSWITCH puts behind the address', async () => {
    const id = fresh();
    const authorization = `Basic ${Buffer.from(`recuento:${operation.token}`).toString('base64')}`;
    const reply = await post(`campaign_id=${id}?uuid=a_${UUID}`, JSON.stringify(json({})), { authorization });
    expect(reply.status).toBe(204);
    expect(await stored(id)).toHaveLength(1);
    const wrong = `Basic ${Buffer.from('recuento:wrong').toString('base64')}`;
    expect((await post(`campaign_id=${id}`, '{}', { authorization: wrong })).status).toBe(403);
    const none = `Basic ${Buffer.from('recuento:').toString('base64')}`;
    expect((await post(`campaign_id=${id}`, '{}', { authorization: none })).status).toBe(401);
  });

  test.each([
    ['levels', (count: number) => `{"variables":${'['.repeat(count - 1)}${']'.repeat(count - 1)}}`, 32],
    ['values', (count: number) => `{"variables":[${Array(count).fill('{}')}]}`, 20_000],
  ])('%s of a record are bounded before it is read', async (_what, record, most) => {
    const refused = async (count: number) => {
      // A record of some kilobytes is read whatever it is.
      const reply = await post('campaign_id=1', record(count).replace('{', `{${' '.repeat(5_000)}`));
      return ((await reply.json()) as { id: string }).id;
    };
    expect(await refused(most)).toBe('invalid-records'); // read, and no record of a call
    expect(await refused(most + 1)).toBe('malformed-body');
  });

  test('of a form only the field cdr is read', async () => {
    const id = fresh();
    const record = encodeURIComponent(JSON.stringify(json({})));
    expect((await post(`campaign_id=${id}`, `cdr=${record}&a=%zz&cdr=x${'&b'.repeat(100_000)}`)).status).toBe(
      204,
    );
    expect(await stored(id)).toHaveLength(1);
  });

  test('both legs of a call, at the same moment or in any order, are one attempt with the stronger outcome', async () => {
    const agent = { direction: 'inbound', sip_auth_username: '1001', originate_disposition: 'NO_ANSWER' };
    const a = JSON.stringify(json({ ...agent, sip_gateway_name: '' }));
    const b = JSON.stringify(bLeg({ hangup_cause: 'USER_BUSY', sip_term_status: '486' }));
    for (const posts of [
      [a, b],
      [b, a],
      [a, b, a, b, b, a],
    ]) {
      const [one, other] = [fresh(), fresh()];
      await Promise.all(posts.map((body) => post(`campaign_id=${one}`, body)));
      for (const body of posts) expect((await post(`campaign_id=${other}`, body)).status).toBe(204);
      for (const id of [one, other]) expect(await stored(id)).toMatchObject([{ result: 'busy', sip: 486 }]);
    }
  });

  test('many calls at once are all there when their posts are answered', async () => {
    const id = fresh();
    const posts = Array.from({ length: 200 }, (_, nr) =>
      post(`campaign_id=${id}`, JSON.stringify(json({ uuid: `${UUID}-${nr}` }))),
    );
    for (const reply of await Promise.all(posts)) expect(reply.status).toBe(204);
    expect(await stored(id)).toHaveLength(200);
  });

  test('what was posted and is imported later is there already', async () => {
    const id = fresh();
    const body = JSON.stringify(json({}));
    await post(`campaign_id=${id}`, body);
    expect(await imported('freeswitch-json', `${body}\n${JSON.stringify(bLeg({}))}`, id)).toMatchObject({
      read: 2,
      joined: 1,
      unchanged: 1,
    });
    expect(await stored(id)).toHaveLength(1);
  });

  test('what is no attempt is taken and not stored; what cannot be read is refused', async () => {
    const id = fresh();
    const inbound = JSON.stringify(json({ direction: 'inbound' }));
    expect((await post(`campaign_id=${id}`, inbound)).status).toBe(204);
    expect(await stored(id)).toEqual([]);
    const refused = async (query: string, body: string) => {
      const reply = await post(query, body);
      return [reply.status, ((await reply.json()) as { id: string }).id];
    };
    expect(await refused(`campaign_id=${id}`, '{}')).toEqual([422, 'invalid-records']);
    expect(await refused(`campaign_id=${id}`, '{')).toEqual([400, 'malformed-body']);
    expect(await refused(`campaign_id=${id}`, '')).toEqual([400, 'malformed-body']);
    expect(await refused('', inbound)).toEqual([400, 'missing-parameters']);
    expect(await refused('campaign_id=0', inbound)).toEqual([400, 'bad-parameter']);
    expect(await refused(`campaign_id=${id}`, ' '.repeat(1024 * 1024 + 1))).toEqual([413, 'body-too-large']);
    const reader = await operation.newToken(['report']);
    expect((await post(`campaign_id=${id}`, inbound, { authorization: `Bearer ${reader}` })).status).toBe(
      403,
    );
  });
});

describe('Twilio', () => {
  const SID = `CA${'0'.repeat(32)}`;
  const CALL = {
    AccountSid: `AC${'0'.repeat(32)}`,
    CallSid: SID,
    CallStatus: 'no-answer',
    To: '+573001234567',
    From: '+16015550100',
    Direction: 'outbound-api',
    Timestamp: 'Tue, 03 Nov 2026 12:00:30 +0000',
    SequenceNumber: '2',
  };

  function signatureOf(url: string, form: Record<string, string>, secret = AUTH_TOKEN): string {
    const text = Object.entries(form).sort().flat().join('');
    return createHmac('sha1', secret).update(`${url}${text}`).digest('base64');
  }

  async function callback(
    query: string,
    form: Record<string, string>,
    { signed = form, origin = PUBLIC_URL, secret = AUTH_TOKEN, headers = {} } = {},
  ): Promise<Response> {
    const path = `/v1/hooks/twilio?${query}`;
    return fetch(`${service.service.url}${path}`, {
      method: 'POST',
      headers: { 'x-twilio-signature': signatureOf(`${origin}${path}`, signed, secret), ...headers },
      body: new URLSearchParams(form),
    });
  }

  const to = (id: number) => `operation=0001&campaign_id=${id}`;

  test("this test signs as the vendor's documentation shows", () => {
    const form = {
      CallSid: 'CA1234567890ABCDE',
      Caller: '+14158675309',
      Digits: '1234',
      From: '+14158675309',
      To: '+18005551212',
    };
    expect(signatureOf('https://mycompany.com/myapp.php?foo=1&bar=2', form, '12345')).toBe(
      'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
    );
  });

  test.each([
    [{}, 'no_answer', ''],
    [{ CallStatus: 'busy' }, 'busy', ''],
    [{ CallStatus: 'failed' }, 'failed', ''],
    [{ CallStatus: 'failed', SipResponseCode: '503' }, 'congestion', ''],
    [{ CallStatus: 'failed', SipResponseCode: '404' }, 'failed', ''],
    [{ CallStatus: 'canceled' }, 'no_answer', ''],
    [{ CallStatus: 'completed', CallDuration: '20' }, 'answer', ''],
    [{ CallStatus: 'completed', CallDuration: '20', AnsweredBy: 'human' }, 'answer', 'human'],
    [
      { CallStatus: 'completed', CallDuration: '20', AnsweredBy: 'machine_end_beep' },
      'answer_machine',
      'machine',
    ],
    [{ CallStatus: 'completed', CallDuration: '20', AnsweredBy: 'fax' }, 'answer_machine', 'machine'],
    [{ CallStatus: 'completed', SipResponseCode: '200', AnsweredBy: 'unknown' }, 'answer', 'not_sure'],
  ])('%j is %s', async (fields, result, amd) => {
    const id = fresh();
    const form = { ...CALL, ...fields };
    for (let nr = 0; nr < 2; nr += 1) expect((await callback(to(id), form)).status).toBe(204);
    const started_at_s = START_S + 30 - Number('CallDuration' in form ? form.CallDuration : 0);
    expect(await stored(id)).toMatchObject([
      { attempt_id: SID, telephone: '+573001234567', dialed_at_s: started_at_s, result, amd },
    ]);
  });

  test.each([
    { CallStatus: 'initiated' },
    { CallStatus: 'ringing' },
    { CallStatus: 'in-progress' },
    { CallStatus: 'queued' },
    { CallStatus: '' },
    { Direction: 'inbound', CallStatus: 'completed' },
    { To: 'client:ana' },
  ])('%j is acknowledged and not stored', async (fields) => {
    const id = fresh();
    expect((await callback(to(id), { ...CALL, ...fields })).status).toBe(204);
    expect(await stored(id)).toEqual([]);
  });

  test('a callback that is not signed as it should be is refused, and says no more', async () => {
    const id = fresh();
    const other = await service.operation();
    const refusals = [
      callback(to(id), CALL, { secret: 'another-token-of-twilio' }),
      callback(to(id), CALL, { signed: { ...CALL, CallStatus: 'busy' } }),
      callback(to(id), CALL, { origin: 'https://other.example.com' }),
      callback(to(id), CALL, { headers: { 'x-twilio-signature': '' } }),
      callback(to(id), CALL, { headers: { 'x-twilio-signature': 'AAAA' } }),
      callback(`operation=${other.server}&campaign_id=${id}`, CALL),
      callback(`operation=9999&campaign_id=${id}`, CALL),
      callback(`campaign_id=${id}`, CALL),
    ];
    for (const reply of await Promise.all(refusals)) {
      expect([reply.status, ((await reply.json()) as { id: string }).id]).toEqual([403, 'signature-invalid']);
    }
    expect(await stored(id)).toEqual([]);
  });

  test('operations of an earlier version that differ in their zeros alone have each its own token', async () => {
    await service.operation({ server: '09077' });
    await service.operation({ server: '9078' });
    const accounts = await openAccountsOf(service.directory);
    // As such a version stored it.
    await accounts.updateTable('operations').set({ server: '9077' }).where('server', '=', '9078').execute();
    await accounts.destroy();
    const { operations } = service.service.services.accounts;
    for (const [server, secret] of Object.entries(ALIKE)) {
      const id = fresh();
      const other = ALIKE[server === '9077' ? '09077' : '9077'];
      const query = `operation=${server}&campaign_id=${id}`;
      expect((await callback(query, CALL, { secret: other })).status).toBe(403);
      expect((await callback(query, CALL, { secret })).status).toBe(204);
      expect(await operationsOf(id)).toEqual([(await operations.byServer(server)).id]);
    }
  });

  test('one that is signed and cannot be read is refused', async () => {
    const id = fresh();
    expect((await callback(to(id), { ...CALL, CallSid: '' })).status).toBe(422);
    expect((await callback('operation=0001&campaign_id=x', CALL)).status).toBe(400);
    expect((await callback('operation=0001', CALL)).status).toBe(400);
  });

  test('a call that came by callback and is in a list too is one attempt, whichever came first', async () => {
    const busy = { ...CALL, CallStatus: 'busy' };
    const listed = {
      sid: SID,
      to: CALL.To,
      status: 'no-answer',
      direction: 'outbound-api',
      start_time: 'Tue, 03 Nov 2026 12:00:00 +0000',
      duration: '0',
      answered_by: null,
    };
    const page = JSON.stringify({ page: 0, calls: [listed], uri: '/' });
    const [first, second] = [fresh(), fresh()];
    await callback(to(first), busy);
    expect(await imported('twilio', page, first)).toMatchObject({ read: 1, unchanged: 1 });
    await imported('twilio', page, second);
    await service.restart(); // nothing is remembered but what is stored
    await callback(to(second), busy);
    expect(await stored(first)).toMatchObject([{ result: 'busy', dialed_at_s: START_S + 30 }]);
    expect(await stored(second)).toMatchObject([{ result: 'busy', dialed_at_s: START_S }]);
  });
});
