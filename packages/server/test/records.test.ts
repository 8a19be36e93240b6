import { CUSTOMER_FIELDS, DEFAULT_LIMITS, FIELD_LIMITS } from '@recuento/contract';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { entryOf } from './catalogue.js';
import { attempt, type TestOperation, TestService } from './harness.js';
import { asKept, asking, Follower, history, putAside } from './quarantine/follower.js';
import { addRecords, callCampaign, postCampaign } from './uploads.js';

/** `campaign.php?api=remove_record` and `recall_records`: what becomes of customers' telephones, and back. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());
afterEach(() => {
  service.ahead_ms = 0;
});

const DAY_MS = 86_400_000;
const askOf = (operation: TestOperation) => asking(() => service.service.url, operation.token);
const telephonesOf = async (operation: TestOperation) =>
  (await putAside(askOf(operation))).map(({ telephone }) => telephone);

const sendRemoval = (operation: TestOperation, customer_id: unknown, more = '', campaign_id = 1001) =>
  callCampaign(operation, 'DELETE', `api=remove_record&campaign_id=${campaign_id}${more}`, { customer_id });
const sendRecall = (operation: TestOperation, field: unknown, value: unknown, campaign_id = 1001) =>
  callCampaign(operation, 'PUT', `api=recall_records&campaign_id=${campaign_id}`, { field, value });

/** Removes, expects 202, and returns sent, removed, not found, put aside, still dialed. */
async function removed(...sent: Parameters<typeof sendRemoval>): Promise<number[]> {
  const { status, json, body } = await sendRemoval(...sent);
  expect(status, body).toBe(202);
  return Object.values(json.data[0] ?? {}).map(Number);
}

/** Recalls, expects 202, and returns affected records, and telephones that stay put aside. */
async function recalled(...sent: Parameters<typeof sendRecall>): Promise<number[]> {
  const { status, json, body } = await sendRecall(...sent);
  expect(status, body).toBe(202);
  const { affected_records, telephones_put_aside } = json.data[0] ?? {};
  return [Number(affected_records), Number(telephones_put_aside)];
}

/** An operation with customers: an id, and its telephones. */
async function opened(
  customers: Readonly<Record<string, readonly string[]>> = {},
  campaign_id = 1001,
): Promise<TestOperation> {
  const operation = await service.operation();
  await add(operation, customers, campaign_id);
  return operation;
}

async function add(
  operation: TestOperation,
  customers: Readonly<Record<string, readonly string[]>>,
  campaign_id = 1001,
): Promise<void> {
  const records = Object.entries(customers).map(([customer_id, telephones]) => ({
    customer_id,
    ...Object.fromEntries(telephones.map((telephone, at) => [`tel${at + 1}`, telephone])),
  }));
  if (records.length > 0) await addRecords(operation, records, campaign_id);
}

describe('what is replied', () => {
  test('is the documented envelope, its code as the reply profile has it, values as texts', async () => {
    for (const code of ['number', 'string']) {
      const operation = await service.operation({ reply_profile: { code } });
      await add(operation, { x: ['1', '2'], y: ['2'] });
      const is = code === 'number' ? '202' : '"202"';
      const one = await sendRemoval(operation, 'x,z');
      expect([one.status, one.headers.get('content-type')]).toEqual([202, 'application/json; charset=utf-8']);
      expect(one.body).toBe(
        `{"code":${is},"error":null,"msg":"1 records were removed, 1 were not found, 1 of their telephones are still dialed: other customers have them",` +
          '"data":[{"total_sent":"2","total_removed":"1","total_not_found":"1","telephones_put_aside":"1","telephones_still_dialed":"1"}]}',
      );
      const two = await sendRecall(operation, 'customer_id', ' x ');
      expect(two.body).toBe(
        `{"code":${is},"error":null,"msg":"1 records were set to be dialed again","data":[{"campaign_id":"1001",` +
          '"field":"customer_id","value":" x ","normalized_value":"x","affected_records":"1","telephones_put_aside":"0"}]}',
      );
    }
  });

  test('nobody with these ids, or with that value, is 404 and no act', async () => {
    for (const empty_status of [404, 200]) {
      const operation = await service.operation({ reply_profile: { empty_status } });
      await add(operation, { x: ['1'] });
      expect(entryOf(await sendRemoval(operation, 'y'))).toBe('no-records');
      expect(entryOf(await sendRemoval(operation, 'x', '', 1002))).toBe('no-records');
      expect(entryOf(await sendRecall(operation, 'customer_id', 'y'))).toBe('no-records');
      expect(entryOf(await sendRecall(operation, 'customer_id', 'x', 1002))).toBe('no-records');
      expect(await history(askOf(operation))).toEqual([]);
    }
  });
});

describe('removing', () => {
  test('puts all telephones aside until they are recalled; attempts and customers stay', async () => {
    const operation = await opened({ x: ['1', '2', '3'], y: ['4'] });
    await operation.upload([attempt({ telephone: '1', customer_id: 'x' })]);
    expect(await removed(operation, 'x')).toEqual([1, 1, 0, 3, 0]);
    expect(await putAside(askOf(operation))).toMatchObject(
      ['1', '2', '3'].map((telephone) => ({ telephone, until: null, reason: 'remove_record', id: '1' })),
    );
    const [entry] = await history(askOf(operation), '&telephone=1');
    expect(entry).toMatchObject({
      action: 'quarantine',
      reason: 'remove_record',
      by: expect.stringMatching(/^[0-9a-f-]{36}$/),
      evidence: { campaign_id: 1001, customers: ['x'], other_customers: 0 },
    });
    const rows = await operation.campaign8('all', '20261101000000', '20261130235959');
    expect(rows.json.data).toHaveLength(1);
    expect(await recalled(operation, 'customer_id', 'x')).toEqual([1, 0]);
    expect(await telephonesOf(operation)).toEqual([]);
    expect(await removed(operation, 'x')).toEqual([1, 1, 0, 3, 0]);
  });

  test('again changes nothing and replies the same, and so does recalling again', async () => {
    const operation = await opened({ x: ['1', '2'], y: ['2'] });
    for (const _ of [1, 2, 3]) expect(await removed(operation, 'x')).toEqual([1, 1, 0, 1, 1]);
    expect(await history(askOf(operation))).toHaveLength(2);
    expect(await recalled(operation, 'customer_id', 'x')).toEqual([1, 0]);
    const told = await history(askOf(operation));
    expect(await recalled(operation, 'customer_id', 'x')).toEqual([0, 0]);
    expect(await history(askOf(operation))).toEqual(told);
  });

  test('a customer without telephones is removed, which puts nothing aside', async () => {
    const operation = await opened({ x: [] });
    expect(await removed(operation, 'x')).toEqual([1, 1, 0, 0, 0]);
    expect(await recalled(operation, 'customer_id', 'x')).toEqual([0, 0]);
  });

  test('takes the telephones that customers have now, of the campaign that is named', async () => {
    const operation = await opened({ x: ['1', '2'] });
    await add(operation, { x: ['2', '3'] });
    await add(operation, { x: ['4'] }, 1002);
    expect(await removed(operation, 'x')).toEqual([1, 1, 0, 2, 0]);
    expect(await telephonesOf(operation)).toEqual(['2', '3']);
    expect(await removed(operation, 'x', '', 1002)).toEqual([1, 1, 0, 1, 0]);
    expect(await telephonesOf(operation)).toEqual(['2', '3', '4']);
  });

  test('several ids: commas, blanks, numbers, a list, each once', async () => {
    const operation = await opened({ 7: ['1'], x: ['2'], 'a,b': ['3'], ñ: ['4'], '"\\': ['5'] });
    expect(await removed(operation, ' 7 ,,x, 7,ñ,"\\,')).toEqual([4, 4, 0, 4, 0]);
    expect(await removed(operation, 7)).toEqual([1, 1, 0, 1, 0]);
    expect(await removed(operation, ['a,b', 7, ' x '])).toEqual([3, 3, 0, 3, 0]);
    expect(await telephonesOf(operation)).toEqual(['1', '2', '3', '4', '5']);
  });

  test('does not touch another operation’s customers with the same ids and telephones', async () => {
    const [one, two] = [await opened({ x: ['1'] }), await opened({ x: ['1', '2'], y: ['1'] })];
    expect(await removed(one, 'x')).toEqual([1, 1, 0, 1, 0]);
    expect(await telephonesOf(two)).toEqual([]);
    expect(await removed(two, 'x,y')).toEqual([2, 2, 0, 2, 0]);
    expect(await recalled(one, 'customer_id', 'x')).toEqual([1, 0]);
    expect(await telephonesOf(two)).toEqual(['1', '2']);
  });

  test('with result, only customers whose last attempt in the campaign ended so', async () => {
    const operation = await opened({ w: ['1'], x: ['2'], y: ['3'], z: ['4'] });
    const at = (second: number) => `2026-11-03T09:15:0${second}-05:00`;
    await operation.upload([
      attempt({ attempt_id: '1', telephone: '1', dialed_at: at(1), result: 'busy' }),
      attempt({ attempt_id: '2', telephone: '1', dialed_at: at(2), result: 'no_answer' }),
      attempt({ attempt_id: '3', telephone: '9', customer_id: 'x', dialed_at: at(1), result: 'no_answer' }),
      attempt({ attempt_id: '4', telephone: '3', dialed_at: at(1), result: 'no_answer' }),
      attempt({ attempt_id: '5', telephone: '3', dialed_at: at(2), result: 'busy' }),
      // Of another campaign, and of another customer.
      attempt({ attempt_id: '6', campaign_id: 1002, telephone: '4', dialed_at: at(1), result: 'no_answer' }),
      attempt({ attempt_id: '7', telephone: '2', customer_id: 'v', dialed_at: at(3), result: 'busy' }),
    ]);
    expect(await removed(operation, 'w,x,y,z', '&result=NO%20ANSWER')).toEqual([4, 2, 2, 2, 0]);
    expect(await telephonesOf(operation)).toEqual(['1', '2']);
    expect(entryOf(await sendRemoval(operation, 'w,x,y,z', '&result=failed'))).toBe('no-records');
    for (const result of ['chanunavail', 'x']) {
      const reply = await sendRemoval(operation, 'w', `&result=${result}`);
      expect([entryOf(reply), reply.json.msg]).toEqual([
        'bad-parameter',
        expect.stringContaining('no-answer'),
      ]);
    }
    expect(await removed(operation, 'y')).toEqual([1, 1, 0, 1, 0]);
    expect((await sendRecall(operation, 'result', 'No_Answer')).json.data).toMatchObject([
      { field: 'result', value: 'No_Answer', normalized_value: 'no-answer', affected_records: '2' },
    ]);
    expect(await telephonesOf(operation)).toEqual(['3']);
  });
});

describe('a telephone that others have', () => {
  test('is dialed on until the last of them is removed, in any campaign and in any order', async () => {
    const operation = await opened({ x: ['1', '2'], y: ['1'] });
    await add(operation, { z: ['1'] }, 1002);
    const follower = new Follower(askOf(operation));
    expect(await removed(operation, 'x')).toEqual([1, 1, 0, 1, 1]);
    expect(await telephonesOf(operation)).toEqual(['2']);
    expect(await history(askOf(operation), '&telephone=1')).toMatchObject([
      { action: 'restore', until: null, evidence: { customers: ['x'], other_customers: 2 } },
    ]);
    expect(await removed(operation, 'z', '', 1002)).toEqual([1, 1, 0, 0, 1]);
    await follower.follow();
    expect([...follower.put_aside.keys()]).toEqual(['2']);
    expect(await removed(operation, 'y')).toEqual([1, 1, 0, 1, 0]);
    expect(await telephonesOf(operation)).toEqual(['1', '2']);
    expect(await history(askOf(operation), '&telephone=1')).toMatchObject([
      { action: 'quarantine', evidence: { customers: ['x', 'z', 'y'], other_customers: 0 } },
      {},
      {},
    ]);
    // Any of them brings it back.
    expect(await recalled(operation, 'customer_id', 'z', 1002)).toEqual([1, 0]);
    expect(await telephonesOf(operation)).toEqual(['2']);
    await follower.follow();
    expect(follower.put_aside).toEqual(asKept(await putAside(askOf(operation))));
  });

  test('is put aside at once where all of them are named, and where two callers name one each', async () => {
    const operation = await opened({ x: ['1'], y: ['1'], v: ['2'], w: ['2'] });
    expect(await removed(operation, 'x,y')).toEqual([2, 2, 0, 1, 0]);
    const both = await Promise.all([removed(operation, 'v'), removed(operation, 'w')]);
    expect(await telephonesOf(operation)).toEqual(['1', '2']);
    // Whoever came last has it put aside; the other one may be told either.
    expect(both.some(([, , , put_aside]) => put_aside === 1)).toBe(true);
    expect(await history(askOf(operation), '&telephone=2')).toMatchObject([
      { action: 'quarantine' },
      { action: 'restore' },
    ]);
  });

  test('who has it no more does not count, and the same customer in another campaign is the same', async () => {
    const operation = await opened({ x: ['1'], y: ['1'] });
    await add(operation, { x: ['1'] }, 1002);
    await add(operation, { y: ['2'] });
    expect(await removed(operation, 'x')).toEqual([1, 1, 0, 1, 0]);
  });

  test('stays put aside when somebody gets it later, and is his when he is recalled', async () => {
    const operation = await opened({ x: ['1'] });
    await removed(operation, 'x');
    await add(operation, { y: ['1'], z: ['1'] });
    expect(await telephonesOf(operation)).toEqual(['1']);
    expect(await removed(operation, 'z')).toEqual([1, 1, 0, 1, 0]);
    expect(await recalled(operation, 'customer_id', 'y')).toEqual([1, 0]);
    expect(await telephonesOf(operation)).toEqual([]);
  });

  test('of more than 20 customers, it is never put aside by this', async () => {
    const ids = (count: number, name: string) => Array.from({ length: count }, (_, at) => `${name}${at}`);
    const of = (all: string[], telephone: string) => Object.fromEntries(all.map((id) => [id, [telephone]]));
    const [twenty, more] = [ids(20, 'x'), ids(21, 'y')];
    const operation = await opened({ ...of(twenty, '1'), ...of(more, '2') });
    expect(await removed(operation, [...twenty, ...more])).toEqual([41, 41, 0, 1, 1]);
    expect(await telephonesOf(operation)).toEqual(['1']);
    for (const id of more) await sendRemoval(operation, id);
    expect(await telephonesOf(operation)).toEqual(['1']);
  }, 120_000);

  test('ids of any length are told apart', async () => {
    const long = (end: string) => `${'ñ'.repeat(FIELD_LIMITS.text_chars - 1)}${end}`;
    const operation = await opened({ [long('a')]: ['1'], [long('b')]: ['1'] });
    expect(await removed(operation, long('a'))).toEqual([1, 1, 0, 0, 1]);
    expect(await removed(operation, long('a'))).toEqual([1, 1, 0, 0, 1]);
    expect(await removed(operation, long('b'))).toEqual([1, 1, 0, 1, 0]);
  });
});

describe('recalling', () => {
  test('by every field of add_record, and by no other', async () => {
    const all = Object.fromEntries(CUSTOMER_FIELDS.map((field) => [field, `${field} 1`]));
    const operation = await service.operation();
    await addRecords(operation, [all, { customer_id: 'y', tel1: '5', opt1: 'opt1 2' }]);
    for (const field of CUSTOMER_FIELDS) {
      expect((await removed(operation, 'customer_id 1,y')).slice(0, 2)).toEqual([2, 2]);
      expect(await recalled(operation, ` ${field.toUpperCase()} `, ` ${field} 1`)).toEqual([1, 0]);
      expect(await telephonesOf(operation)).toEqual(['5']);
    }
    for (const field of ['', 'x', 'tel11', '__proto__', 'agent_id', 7, null, undefined, ['opt1']]) {
      const reply = await sendRecall(operation, field, 'x');
      expect([entryOf(reply), reply.json.data[0]?.field]).toEqual(['invalid-records', 'field']);
    }
    for (const value of ['', ' ', null, undefined, {}, true, 'x'.repeat(FIELD_LIMITS.text_chars + 1)]) {
      const reply = await sendRecall(operation, 'opt1', value);
      expect([entryOf(reply), reply.json.data[0]?.field]).toEqual(['invalid-records', 'value']);
    }
    expect(entryOf(await sendRecall(operation, 'result', 'chanunavail'))).toBe('invalid-records');
    expect(await telephonesOf(operation)).toEqual(['5']);
  }, 120_000);

  test('a part of the list', async () => {
    const operation = await service.operation();
    await addRecords(
      operation,
      Array.from({ length: 50 }, (_, at) => ({
        customer_id: `${at}`,
        tel1: `1${at}`,
        tel2: `2${at}`,
        opt1: at % 2 ? ' odd ' : 'even',
      })),
    );
    await removed(operation, Array.from({ length: 40 }, (_, at) => at).join(','));
    expect(await recalled(operation, 'opt1', 'odd')).toEqual([20, 0]);
    expect(await telephonesOf(operation)).toHaveLength(40);
  });

  test('leaves what add_dnc blocks, a person put aside, or a rule would, and says so', async () => {
    const operation = await opened({ x: ['1', '2', '3', '4'] });
    const until = new Date(Math.floor((Date.now() + 5 * DAY_MS) / 1_000) * 1_000).toISOString();
    const put = (telephone: string, more = {}) =>
      askOf(operation)('POST', '/quarantine', { telephones: [telephone], reason: 'by hand', ...more });
    await postCampaign(operation, 'api=add_dnc', [{ telephone: '1', days_block: 5 }]);
    await put('2', { until });
    expect(await removed(operation, 'x')).toEqual([1, 1, 0, 4, 0]);
    // What comes after the removal holds as well.
    expect((await put('3')).json.telephones_taken).toBe(0);
    await postCampaign(operation, 'api=add_dnc', [{ telephone: '3', days_block: 1 }]);
    const { json } = await sendRecall(operation, 'customer_id', 'x');
    expect(json.msg).toBe(
      '1 records were set to be dialed again, 3 of their telephones stay put aside for another reason',
    );
    expect(await putAside(askOf(operation))).toMatchObject([
      { telephone: '1', reason: 'add_dnc' },
      { telephone: '2', reason: 'by hand', until },
      { telephone: '3', reason: 'by hand', until: null },
    ]);
    const follower = new Follower(askOf(operation));
    await follower.follow();
    expect(follower.put_aside).toEqual(asKept(await putAside(askOf(operation))));
  });

  test('what was over under a removal does not come back with it', async () => {
    const operation = await opened({ x: ['1', '2'] });
    const until = new Date(Math.floor((Date.now() + DAY_MS) / 1_000) * 1_000).toISOString();
    await askOf(operation)('POST', '/quarantine', { telephones: ['1'], reason: 'by hand', until });
    await postCampaign(operation, 'api=add_dnc', [{ telephone: '2', days_block: 1 }]);
    await removed(operation, 'x');
    service.ahead_ms = 2 * DAY_MS;
    await service.service.services.retests.look();
    expect(await telephonesOf(operation)).toEqual(['1', '2']);
    expect(await recalled(operation, 'customer_id', 'x')).toEqual([1, 0]);
    expect(await telephonesOf(operation)).toEqual([]);
  });

  test('what is remembered of a telephone outlives other acts, and a restore ends it', async () => {
    const operation = await opened({ x: ['1'], y: ['1'] });
    await removed(operation, 'x');
    const until = new Date(Math.floor((Date.now() + DAY_MS) / 1_000) * 1_000).toISOString();
    const quarantine = { telephones: ['1'], reason: 'by hand', until };
    await askOf(operation)('POST', '/quarantine', quarantine);
    await postCampaign(operation, 'api=add_dnc', [{ telephone: '1', days_block: 1 }]);
    service.ahead_ms = 2 * DAY_MS;
    await service.service.services.retests.look();
    expect(await telephonesOf(operation)).toEqual([]);
    expect(await removed(operation, 'y')).toEqual([1, 1, 0, 1, 0]);
    const restored = await askOf(operation)('POST', '/restore', { telephones: ['1'] });
    expect(restored.json).toEqual({ telephones_restored: 1 });
    expect(await removed(operation, 'x')).toEqual([1, 1, 0, 0, 1]);
  });

  test('a removal is undone by its id, too', async () => {
    const operation = await opened({ x: ['1', '2'], y: ['2'] });
    await removed(operation, 'x');
    const undone = await askOf(operation)('POST', '/restore', { id: '1' });
    expect(undone.json).toEqual({ telephones_restored: 1 });
    expect(await telephonesOf(operation)).toEqual([]);
    expect(await removed(operation, 'y')).toEqual([1, 1, 0, 0, 1]);
  });
});

describe('what is refused', () => {
  const REMOVE = 'api=remove_record&campaign_id=1001';
  const RECALL = 'api=recall_records&campaign_id=1001';

  test.each([
    [{}],
    [{ customer_id: null }],
    [{ customer_id: '' }],
    [{ customer_id: ' , ,' }],
    [{ customer_id: [] }],
    [{ customer_id: [''] }],
    [{ customer_id: [null] }],
    [{ customer_id: [['x']] }],
    [{ customer_id: [{}] }],
    [{ customer_id: {} }],
    [{ customer_id: true }],
    [{ customer_id: 2 ** 53 }],
    [{ customer_id: 'x,a\nb' }],
    [{ customer_id: 'x,\ud800' }],
    [{ customer_id: `x,${'y'.repeat(FIELD_LIMITS.text_chars + 1)}` }],
  ])('%j names customer_id, and nobody is removed', async (body) => {
    const operation = await opened({ x: ['1'] });
    const reply = await callCampaign(operation, 'DELETE', REMOVE, body);
    expect([entryOf(reply), reply.json.data[0]?.field]).toEqual(['invalid-records', 'customer_id']);
    expect(await telephonesOf(operation)).toEqual([]);
  });

  const commas = (count: number) => `{"customer_id":"${','.repeat(count)}"}`;
  test.each([
    ['that is empty', '', 'malformed-body'],
    ['that is cut', '{"customer_id":"x"', 'malformed-body'],
    ['of a form', 'customer_id=x', 'malformed-body'],
    ['that is not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 'malformed-body'],
    ['that is a list', '[]', 'invalid-records'],
    ['that is null', 'null', 'invalid-records'],
    ['that is a text', '"x"', 'invalid-records'],
    ['of brackets', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'invalid-records'],
    ['of a MiB of commas', commas(1024 * 1024 - 18), 'invalid-records'],
    ['of a MiB and a byte', commas(1024 * 1024 - 17), 'body-too-large'],
  ])('a body %s is refused by both', async (_, body, id) => {
    const operation = await service.operation();
    for (const [method, query] of [
      ['DELETE', REMOVE],
      ['PUT', RECALL],
    ] as const)
      expect([method, entryOf(await callCampaign(operation, method, query, body))]).toEqual([method, id]);
  });

  test(`${DEFAULT_LIMITS.max_records} ids pass, one more does not; also of 100 characters each`, async () => {
    const operation = await opened({ ['0'.repeat(100)]: ['1'] });
    const ids = Array.from({ length: DEFAULT_LIMITS.max_records + 1 }, (_, at) =>
      String(at).padStart(100, '0'),
    );
    const over = await sendRemoval(operation, ids.join(','));
    expect([entryOf(over), over.json.msg]).toEqual([
      'too-many-records',
      expect.stringMatching(/10001 .* 10000/),
    ]);
    expect(await removed(operation, ids.slice(0, -1).join(','))).toEqual([10_000, 1, 9_999, 1, 0]);
  });

  test('ten thousand customers with eleven telephones each are one act', async () => {
    const operation = await service.operation();
    const of = (at: number) =>
      Object.fromEntries(Array.from({ length: 10 }, (_, tel) => [`tel${tel + 1}`, `57300${at}${tel}`]));
    await addRecords(
      operation,
      Array.from({ length: 10_000 }, (_, at) => ({
        customer_id: `c${at}`,
        ...of(10_000 + at),
        tel_extra: `6${at}`,
      })),
    );
    const ids = Array.from({ length: 10_000 }, (_, at) => `c${at}`).join(',');
    expect(await removed(operation, ids)).toEqual([10_000, 10_000, 0, 110_000, 0]);
    expect(await removed(operation, ids)).toEqual([10_000, 10_000, 0, 110_000, 0]);
    expect(await recalled(operation, 'tel1', of(10_007).tel1)).toEqual([1, 0]);
    const entries = await history(askOf(operation), '&telephone=67');
    expect(entries.map(({ id, action }) => [id, action])).toEqual([
      ['3', 'restore'],
      ['1', 'quarantine'],
    ]);
  }, 300_000);

  test('the method, the token, the parameters and the scope, in this order', async () => {
    const operation = await opened({ x: ['1'] });
    const report = await operation.newToken(['report']);
    const body = { customer_id: 'x', field: 'customer_id', value: 'x' };
    for (const [method, query, others] of [
      ['DELETE', REMOVE, ['POST', 'PUT']],
      ['PUT', RECALL, ['POST', 'DELETE']],
    ] as const) {
      for (const other of others) {
        const reply = await callCampaign(operation, other, query, body, { 'wolkvox-token': 'rct_no' });
        expect([entryOf(reply), reply.headers.get('allow')]).toEqual([
          'method-not-allowed',
          `${method}, OPTIONS`,
        ]);
      }
      const api = query.replace('&campaign_id=1001', '');
      const send = (asked: string, token: string) =>
        callCampaign(operation, method, asked, body, { 'wolkvox-token': token });
      expect(entryOf(await send(api, 'rct_no'))).toBe('token-invalid');
      expect(entryOf(await send(api, report))).toBe('missing-parameters');
      for (const campaign_id of ['0', 'all', '-1', '4294967296'])
        expect(entryOf(await send(`${api}&campaign_id=${campaign_id}`, report))).toBe('bad-parameter');
      expect(entryOf(await send(query, report))).toBe('scope-missing');
      expect((await send(query, operation.token)).status).toBe(202);
    }
  });

  test('a body of any type, or packed, is read', async () => {
    const operation = await opened({ x: ['1'] });
    for (const type of ['', 'text/plain', 'application/x-www-form-urlencoded', 'a/b; =']) {
      const reply = await callCampaign(
        operation,
        'DELETE',
        REMOVE,
        { customer_id: 'x' },
        { 'content-type': type },
      );
      expect([type, reply.status]).toEqual([type, 202]);
    }
  });
});

test('many callers at once leave one history, which the changes tell', async () => {
  const customers = Object.fromEntries(
    Array.from({ length: 30 }, (_, at) => [`c${at}`, [`1${at}`, `2${at % 10}`]]),
  );
  const operation = await opened(customers);
  const tokens = [operation.token, await operation.newToken(['ingest', 'report', 'admin'])];
  const follower = new Follower(askOf(operation), 7);
  const ids = Object.keys(customers);
  const work = async (token: string, mine: readonly string[]) => {
    for (const id of mine) {
      const headers = { 'wolkvox-token': token };
      await callCampaign(
        operation,
        'DELETE',
        'api=remove_record&campaign_id=1001',
        { customer_id: id },
        headers,
      );
      if (id.endsWith('3'))
        await callCampaign(
          operation,
          'PUT',
          'api=recall_records&campaign_id=1001',
          { field: 'customer_id', value: id },
          headers,
        );
    }
  };
  await Promise.all([
    work(
      tokens[0] ?? '',
      ids.filter((_, at) => at % 2 === 0),
    ),
    work(
      tokens[1] ?? '',
      ids.filter((_, at) => at % 2 === 1),
    ),
    follower.follow(),
  ]);
  await follower.follow();
  const rows = await putAside(askOf(operation));
  expect(follower.put_aside).toEqual(asKept(rows));
  // Their own telephone is put aside unless they were recalled, and a shared one where all three have it removed.
  const expected = ids.flatMap((id, at) => (id.endsWith('3') ? [] : [`1${at}`]));
  const shared = Array.from({ length: 10 }, (_, at) => at).flatMap((at) => (at === 3 ? [] : [`2${at}`]));
  expect(rows.map(({ telephone }) => telephone)).toEqual([...expected, ...shared].sort());
}, 120_000);

test('all of it survives a restart, and people’s acts are in the audit', async () => {
  const operation = await opened({ x: ['1', '2'], y: ['2'] });
  await removed(operation, 'x');
  const before = [await putAside(askOf(operation)), await history(askOf(operation))];
  await service.restart();
  expect([await putAside(askOf(operation)), await history(askOf(operation))]).toEqual(before);
  expect(await removed(operation, 'y')).toEqual([1, 1, 0, 1, 0]);
  await recalled(operation, 'customer_id', 'x');
  const reply = await service.v1('GET', '/audit', operation.token);
  const { entries } = (await reply.json()) as { entries: object[] };
  expect(entries).toMatchObject([
    { action: 'hygiene.restore', subject: '3' },
    { action: 'hygiene.quarantine', subject: '2' },
    { action: 'hygiene.quarantine', subject: '1' },
  ]);
});
