import { CUSTOMER_FIELDS, FIELD_LIMITS, TELEPHONE_FIELDS } from '@recuento/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENDPOINTS } from '../src/http/endpoints.js';
import { entryOf } from './catalogue.js';
import { attempt, type TestOperation, TestService } from './harness.js';
import { addRecords, postCampaign } from './uploads.js';

/** `campaign.php?api=add_record`: customers of a campaign, whom reports phone by phone then name. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

const DAY = { date_ini: '20261103000000', date_end: '20261103235959' };
const add = (operation: TestOperation, customers: unknown, query = 'campaign_id=1001') =>
  postCampaign(operation, `api=add_record&${query}`, customers);
const rowsOf = async (operation: TestOperation, api = 'campaign_3') =>
  (await operation.get({ api, campaign_id: 'all', ...DAY })).json.data;
/** Whom the attempts of an operation are at, in their order. */
const namesOf = async (operation: TestOperation) =>
  (await rowsOf(operation)).map(({ customer_id, customer_name }) => [customer_id, customer_name]);

test('the reply is the documented one: 201, its code a text whatever the profile', async () => {
  for (const code of ['number', 'string']) {
    const operation = await service.operation({ reply_profile: { code } });
    const reply = await add(operation, ENDPOINTS.find(({ id }) => id === 'add_record')?.body_example);
    expect(reply.status).toBe(201);
    expect(reply.body).toBe(
      '{"code":"201","error":null,"msg":"All records has been added successfully","data":[{"total_registers":"1"}]}',
    );
  }
});

describe('what is told of a customer', () => {
  test('every field of every kind is kept, and is where campaign_3 shows it', async () => {
    const operation = await service.operation();
    const customer = Object.fromEntries(CUSTOMER_FIELDS.map((field) => [field, `${field} \\ ' " ñ 😀`]));
    await operation.upload([attempt({ telephone: customer.tel7 ?? '' })]);
    await addRecords(operation, [customer]);
    const [row] = await rowsOf(operation);
    for (const [name, value] of Object.entries(customer)) {
      if (row && name in row) expect(row[name]).toBe(value);
    }
    const shown = ['customer_name', 'customer_last_name', 'id_type', 'customer_id', 'opt1', 'opt12'];
    expect(Object.keys(row ?? {})).toEqual(expect.arrayContaining(shown));
    const { engine, accounts } = service.service.services;
    const stored = await engine.read({
      sql: 'SELECT toJSONString(fields) FROM customers WHERE operation_id = {id:UInt32} FORMAT TSVRaw',
      params: { id: (await accounts.operations.byServer(operation.server)).id },
      fair_key: 'test',
      max_ms: 10_000,
    });
    const { customer_id: _, ...kept } = customer;
    expect(JSON.parse(stored.toString())).toEqual(kept);
  });

  test('numbers count as their digits; null, "" and spaces as absent; unknown fields are ignored', async () => {
    const operation = await service.operation();
    await operation.upload([attempt({ telephone: '91573136137570' })]);
    await addRecords(operation, [
      {
        customer_id: 42,
        tel1: 91_573_136_137_570,
        tel2: '',
        tel_extra: null,
        customer_name: '  ',
        opt1: 1.5,
        opt2: 0,
        age: -0,
        agent: 'x',
        __proto__x: [],
        campaign_id: 7,
      },
    ]);
    expect(await rowsOf(operation)).toMatchObject([
      { campaign_id: '1001', customer_id: '42', customer_name: '', opt1: '1.5', opt2: '0' },
    ]);
  });

  const emoji = '😀'; // one character, two UTF-16 units
  test.each([
    { customer_id: emoji.repeat(FIELD_LIMITS.text_chars) },
    ...['address', 'opt12', 'recall_date'].map((field) => ({
      [field]: emoji.repeat(FIELD_LIMITS.text_chars),
    })),
    ...[...TELEPHONE_FIELDS, 'recall_telephone'].map((field) => ({
      [field]: emoji.repeat(FIELD_LIMITS.telephone_chars),
    })),
    { opt1: Number.MAX_SAFE_INTEGER },
  ])('passes at its bound, and beyond it does not: %j', async (fields) => {
    const operation = await service.operation();
    expect((await add(operation, [{ customer_id: '1', ...fields }])).status).toBe(201);
    const [[field = '', value] = []] = Object.entries(fields);
    const over = typeof value === 'number' ? value + 1 : `${value}x`;
    const reply = await add(operation, [{ customer_id: '1', [field]: over }]);
    expect(entryOf(reply)).toBe('invalid-records');
    expect(reply.json.data).toMatchObject([{ index: '0', field }]);
  });
});

describe('all or none', () => {
  test('one bad record and nothing is stored; the reply says which, where and why', async () => {
    const operation = await service.operation();
    await operation.upload([attempt({ telephone: '1' })]);
    const reply = await add(operation, [
      { customer_id: 'a', tel1: '1' },
      { customer_id: '', tel1: '2', tel2: 'x\0y', opt1: true },
      'c',
      { customer_id: 'd', tel1: { number: '1' } },
    ]);
    expect(entryOf(reply)).toBe('invalid-records');
    expect(reply.json).toMatchObject({ code: 422, msg: '5 FIELDS ARE NOT VALID' });
    expect(reply.json.data).toEqual([
      { index: '1', field: 'customer_id', reason: 'is missing' },
      { index: '1', field: 'opt1', reason: 'is neither a string nor a number' },
      { index: '1', field: 'tel2', reason: 'has a control character' },
      { index: '2', field: '', reason: 'is not an object' },
      { index: '3', field: 'tel1', reason: 'is neither a string nor a number' },
    ]);
    expect(await namesOf(operation)).toEqual([['', '']]);
    expect((await add(operation, [{ customer_id: 'a', tel1: '1' }])).status).toBe(201);
    expect(await namesOf(operation)).toEqual([['a', '']]);
  });

  test('100 faults are listed, and of 101 the first 100 with how many there are', async () => {
    const operation = await service.operation();
    for (const faults of [100, 101]) {
      const { json } = await add(operation, Array(faults).fill({}));
      expect([json.msg, json.data.length]).toEqual([`${faults} FIELDS ARE NOT VALID`, 100]);
    }
  });

  test('10,000 records pass, 10,001 are refused and nothing of them is stored', async () => {
    const operation = await service.operation();
    await operation.upload([attempt({ telephone: '1' }), attempt({ telephone: '10000' })]);
    const customers = Array.from({ length: 10_001 }, (_, at) => ({
      customer_id: `c${at}`,
      tel1: String(at),
    }));
    const over = await add(operation, customers);
    expect(entryOf(over)).toBe('too-many-records');
    expect(over.json.msg).toMatch(/10001 RECORDS .* 10000/);
    expect(await namesOf(operation)).toEqual([
      ['', ''],
      ['', ''],
    ]);
    const edge = await add(operation, customers.slice(1));
    expect(edge.json.data).toEqual([{ total_registers: '10000' }]);
    expect(await namesOf(operation)).toEqual([
      ['c1', ''],
      ['c10000', ''],
    ]);
  });
});

describe('campaign', () => {
  const campaigns = async (operation: TestOperation) =>
    ((await (await service.v1('GET', '/campaigns', operation.token)).json()) as { campaigns: unknown })
      .campaigns;

  test('comes to be with its first customer, of the type that is told', async () => {
    const operation = await service.operation();
    await add(operation, [], 'campaign_id=1');
    expect(await campaigns(operation)).toEqual([]);
    await add(operation, [{ customer_id: 'a' }], 'campaign_id=1');
    await add(
      operation,
      [{ customer_id: 'a' }],
      'campaign_id=4294967295&type_campaign=Preview&campaign_status=start',
    );
    await add(operation, [{ customer_id: 'a' }], 'campaign_id=4294967295');
    expect(await campaigns(operation)).toMatchObject([
      { campaign_id: 1, type: null },
      { campaign_id: 4_294_967_295, type: 'preview' },
    ]);
    const bad = await add(operation, [{ customer_id: 'a' }], 'campaign_id=1&type_campaign=power');
    expect(entryOf(bad)).toBe('bad-parameter');
    expect(bad.json.msg).toContain('type_campaign');
  });
});

describe('whom an attempt is at', () => {
  test('campaign_7 names the customer by the telephone too', async () => {
    const operation = await service.operation();
    await operation.upload([
      attempt({ telephone: '1', amd: 'machine' }),
      attempt({ telephone: '2', amd: 'human', customer_id: 'own' }),
    ]);
    await addRecords(operation, [
      { customer_id: 'a', tel10: '1' },
      { customer_id: 'b', tel1: '2' },
    ]);
    expect((await rowsOf(operation, 'campaign_7')).map(({ customer_id }) => customer_id)).toEqual([
      'a',
      'own',
    ]);
  });

  test('recall_telephone is no telephone of the customer', async () => {
    const operation = await service.operation();
    await operation.upload([attempt({ telephone: '1' })]);
    await addRecords(operation, [{ customer_id: 'a', recall_telephone: '1' }]);
    expect(await namesOf(operation)).toEqual([['', '']]);
  });

  test('who had a telephone before 99 others is found when they have it no more, and not before 100', async () => {
    const operation = await service.operation();
    await operation.upload([attempt({ telephone: '1' })]);
    await addRecords(operation, [{ customer_id: 'first', tel1: '1' }]);
    const others = Array.from({ length: 99 }, (_, at) => ({ customer_id: `o${at}` }));
    await addRecords(
      operation,
      others.map((one) => ({ ...one, tel1: '1' })),
    );
    await addRecords(operation, others);
    expect(await namesOf(operation)).toEqual([['first', '']]);
    await addRecords(operation, [{ customer_id: 'one more', tel1: '1' }]);
    await addRecords(operation, [{ customer_id: 'one more' }]);
    expect(await namesOf(operation)).toEqual([['', '']]);
  });

  test('another operation’s and another campaign’s customers are nobody', async () => {
    const [mine, other] = [await service.operation(), await service.operation()];
    const dials = [attempt({ telephone: '1' }), attempt({ telephone: '2', customer_id: 'b' })];
    await mine.upload(dials);
    await other.upload(dials);
    await addRecords(mine, [{ customer_id: 'mine', tel1: '1' }]);
    await addRecords(other, [
      { customer_id: 'theirs', tel1: '1', customer_name: 'T' },
      { customer_id: 'b', customer_name: 'B' },
    ]);
    await addRecords(mine, [{ customer_id: 'b', tel1: '1', customer_name: 'x' }], 1_002);
    expect(await namesOf(mine)).toEqual([
      ['mine', ''],
      ['b', ''],
    ]);
    expect(await namesOf(other)).toEqual([
      ['theirs', 'T'],
      ['b', 'B'],
    ]);
  });

  test('survives a restart, and what is added after it is the last', async () => {
    const operation = await service.operation();
    await operation.upload([attempt({ telephone: '1' })]);
    service.ahead_ms = 3_600_000;
    await addRecords(operation, [{ customer_id: 'a', tel1: '1' }]);
    service.ahead_ms = 0; // the clock is set back
    await service.restart();
    expect(await namesOf(operation)).toEqual([['a', '']]);
    await addRecords(operation, [{ customer_id: 'b', tel1: '1', customer_name: 'B' }]);
    expect(await namesOf(operation)).toEqual([['b', 'B']]);
  });
});

test('ETags of replies before customers came hold no more, and only those of their operation', async () => {
  const [operation, other] = [await service.operation(), await service.operation()];
  const past = { date_ini: '20200203000000', date_end: '20200203235959' };
  const ask = (asked: TestOperation, etag = '') =>
    asked.get({ api: 'campaign_3', campaign_id: '1001', ...past }, { 'if-none-match': etag });
  for (const one of [operation, other])
    await one.upload([attempt({ dialed_at: '2020-02-03T12:00:00-05:00' })]);
  const theirs = String((await ask(other)).headers.etag);
  for (const customer_name of ['', 'A', 'B']) {
    if (customer_name !== '') {
      await addRecords(operation, [{ customer_id: 'a', tel1: '573001234567', customer_name }]);
    }
    const reply = await ask(operation);
    expect(reply.json.data).toMatchObject([{ customer_name }]);
    const etag = String(reply.headers.etag);
    expect((await ask(operation, etag)).status).toBe(304);
    expect((await add(operation, [{}])).status).toBe(422);
    expect((await ask(operation, etag)).status).toBe(304);
    await addRecords(operation, [{ customer_id: 'z' }]);
    expect((await ask(operation, etag)).status).toBe(200);
  }
  expect((await ask(other, theirs)).status).toBe(304);
});
