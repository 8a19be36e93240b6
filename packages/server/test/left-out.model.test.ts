import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { attempt, NOVEMBER, type TestOperation, TestService } from './harness.js';

/** `POST /v1/attempts` with records that are not valid, held against a plain model: refused whole, or left out. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

interface Form {
  readonly name: string;
  readonly type: string;
  readonly body: (records: readonly string[]) => string | Uint8Array;
  readonly encoding?: string;
}
const asArray = (records: readonly string[]) => `[${records.join(',')}]`;
const asLines = (records: readonly string[]) => records.map((one) => `${one}\n`).join('');
const FORMS: readonly Form[] = [
  { name: 'JSON', type: 'application/json', body: asArray },
  { name: 'NDJSON', type: 'application/x-ndjson', body: asLines },
  { name: 'JSON in gzip', type: 'application/json', body: (all) => gzipSync(asArray(all)), encoding: 'gzip' },
  {
    name: 'NDJSON in gzip',
    type: 'application/x-ndjson',
    body: (all) => gzipSync(asLines(all)),
    encoding: 'gzip',
  },
];

interface Sent {
  readonly form: Form;
  readonly skip: boolean;
  readonly key?: string;
}

async function post(operation: TestOperation, records: readonly string[], { form, skip, key }: Sent) {
  const reply = await fetch(`${service.service.url}/v1/attempts${skip ? '?on_error=skip' : ''}`, {
    method: 'POST',
    headers: {
      'wolkvox-token': operation.token,
      'content-type': form.type,
      ...(form.encoding !== undefined && { 'content-encoding': form.encoding }),
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    body: form.body(records),
  });
  return { status: reply.status, json: await reply.json() };
}

const telephonesOf = async (operation: TestOperation) =>
  (await operation.campaign8('all', ...NOVEMBER)).json.data.map(({ telephone }) => telephone);

/** A record that is not valid, with the field and the words by which it is named. */
type Bad = readonly [record: unknown, field: string, reason: string];
const BAD: readonly Bad[] = [
  [attempt({ telephone: '' }), 'telephone', 'is empty'],
  [attempt({ telephone: 'x'.repeat(65) }), 'telephone', 'has more than 64 characters'],
  [attempt({ attempt_id: '  ' }), 'attempt_id', 'is empty'],
  [attempt({ campaign_id: 0 }), 'campaign_id', 'is not a whole number from 1 to 4294967295'],
  [attempt({ dialed_at: '2026-11-03' }), 'dialed_at', 'is not an RFC 3339 date-time with an offset or Z'],
  [{ ...attempt(), hangup: 1 }, 'hangup', 'is not a field of an attempt'],
  [{ ...attempt(), opt1: 'a\nb' }, 'opt1', 'has a control character'],
  [[], '', 'is not an object'],
  [7, '', 'is not an object'],
  [null, '', 'is not an object'],
  [{ ...attempt(), opt2: 'x'.repeat(600_000) }, '', 'has more than 524288 bytes'],
];

interface Item {
  readonly bad?: Bad;
  readonly telephone: string;
}
const item = fc.oneof(
  { weight: 3, arbitrary: fc.record({ telephone: fc.constantFrom('1', '2', '3', '4', '5') }) },
  { weight: 2, arbitrary: fc.record({ telephone: fc.constant(''), bad: fc.constantFrom(...BAD) }) },
);

test('what is valid is stored, what is not is named; without skip nothing is stored; a key has the same answer again', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(item, { minLength: 1, maxLength: 12 }),
      fc.constantFrom(...FORMS),
      fc.boolean(),
      fc.option(fc.constant('key'), { nil: undefined }),
      async (items: readonly Item[], form, skip, key) => {
        const operation = await service.operation();
        const records = items.map(({ bad, telephone }) =>
          JSON.stringify(bad ? bad[0] : attempt({ telephone })),
        );
        const bad = items.flatMap(({ bad: one }, index) =>
          one ? [{ index, field: one[1], reason: one[2] }] : [],
        );
        const good = items.filter((one) => one.bad === undefined);
        const sent = { form, skip, ...(key !== undefined && { key }) };
        const reply = await post(operation, records, sent);
        if (skip) {
          expect(reply).toEqual({
            status: 201,
            json: { received: good.length, rejected_total: bad.length, rejected: bad },
          });
        } else if (bad.length > 0) {
          expect(reply).toMatchObject({ status: 422, json: { id: 'invalid-records', faults: bad } });
        } else expect(reply).toEqual({ status: 201, json: { received: good.length } });
        const stored = skip || bad.length === 0 ? good : [];
        expect(await telephonesOf(operation)).toEqual(
          [...new Set(stored.map((one) => one.telephone))].sort(),
        );
        expect(await post(operation, records, sent)).toMatchObject(
          reply.status === 201 ? reply : { status: 422, json: { faults: bad } },
        );
      },
    ),
    { numRuns: 60 },
  );
});

describe('many', () => {
  test.each(FORMS)(
    'one bad record of 10,000 refuses them all, named; or is left out ($name)',
    async (form) => {
      const operation = await service.operation();
      const records = Array.from({ length: 10_000 }, (_, at) =>
        JSON.stringify(attempt({ telephone: at === 7_654 ? '' : String(at) })),
      );
      const faults = [{ index: 7_654, field: 'telephone', reason: 'is empty' }];
      const refused = await post(operation, records, { form, skip: false });
      expect(refused).toMatchObject({ status: 422, json: { detail: '1 FIELDS ARE NOT VALID', faults } });
      expect(await telephonesOf(operation)).toEqual([]);
      const taken = await post(operation, records, { form, skip: true });
      expect(taken).toEqual({ status: 201, json: { received: 9_999, rejected_total: 1, rejected: faults } });
      expect(await telephonesOf(operation)).toHaveLength(9_999);
    },
  );

  test.each([100, 101, 9_999])('of %i that are left out the first 100 are named', async (bad) => {
    const operation = await service.operation();
    const records = Array.from({ length: 10_000 }, (_, at) =>
      JSON.stringify(attempt({ telephone: at < bad ? '' : 'good', campaign_id: at < bad ? 0 : 1 })),
    );
    for (const form of FORMS.slice(0, 2)) {
      const rejected = Array.from({ length: 100 }, (_, index) => ({
        index,
        field: 'campaign_id',
        reason: 'is not a whole number from 1 to 4294967295',
      }));
      expect(await post(operation, records, { form, skip: true })).toEqual({
        status: 201,
        json: { received: 10_000 - bad, rejected_total: bad, rejected },
      });
    }
    expect(await telephonesOf(operation)).toEqual(['good']);
  });

  test('they are left out in turns, as records are read: others are not held up by them', async () => {
    const operation = await service.operation();
    const { desk } = service.service.services.admission;
    const body = desk.body.bind(desk);
    let turns = 0;
    vi.spyOn(desk, 'body').mockImplementation((key, hung_up) => {
      const turn = body(key, hung_up);
      return async () => {
        turns += 1;
        await turn();
      };
    });
    const records = Array.from({ length: 10_000 }, () => '{"telephone":[]}');
    const [form] = FORMS;
    if (!form) throw new Error('no form');
    expect(await post(operation, records, { form, skip: true })).toMatchObject({
      json: { rejected_total: 10_000 },
    });
    vi.restoreAllMocks();
    expect(turns).toBeGreaterThanOrEqual(100); // a hundred that are read the long way have one
  });
});

describe('what cannot be read', () => {
  const [json, lines] = FORMS as [Form, Form];
  const good = () => JSON.stringify(attempt({ telephone: 'good' }));

  test('a line that is no JSON is left out; without skip it refuses them all', async () => {
    const operation = await service.operation();
    const records = [good(), '{"telephone":', '', good(), 'x', '}{', good()];
    expect(await post(operation, records, { form: lines, skip: false })).toMatchObject({
      status: 400,
      json: { detail: 'THE BODY CANNOT BE READ: LINE 2 IS NOT JSON' },
    });
    expect(await telephonesOf(operation)).toEqual([]);
    const broken = (index: number) => ({ index, field: '', reason: 'is not JSON' });
    expect(await post(operation, records, { form: lines, skip: true })).toEqual({
      status: 201,
      json: { received: 3, rejected_total: 3, rejected: [broken(1), broken(3), broken(4)] },
    });
    expect(await telephonesOf(operation)).toEqual(['good']);
  });

  test.each(['[{]', '[{"a":1},', 'null', ''])('in an array it refuses the whole body (%s)', async (body) => {
    const operation = await service.operation();
    const whole: Form = { ...json, body: () => body };
    expect(await post(operation, [], { form: whole, skip: true })).toMatchObject({
      status: 400,
      json: { id: 'malformed-body' },
    });
  });

  test('more records than the limit are refused, whatever they are', async () => {
    const operation = await service.operation({ limits: { max_records: 3 } });
    for (const form of FORMS) {
      expect(await post(operation, Array(4).fill('{}'), { form, skip: true })).toMatchObject({ status: 413 });
      expect(await post(operation, Array(3).fill('{}'), { form, skip: true })).toMatchObject({
        json: { received: 0, rejected_total: 3 },
      });
    }
  });
});

test.each(['', 'refuse'])('on_error=%s is what it is without', async (value) => {
  const operation = await service.operation();
  const reply = await service.v1('POST', `/attempts?on_error=${value}`, operation.token, [attempt()]);
  expect([reply.status, await reply.json()]).toEqual([201, { received: 1 }]);
  expect((await service.v1('POST', `/attempts?on_error=${value}`, operation.token, [7])).status).toBe(422);
});

test.each(['Skip', 'all', 'skip&on_error=skip'])(
  'on_error=%s is refused before the body is read',
  async (value) => {
    const operation = await service.operation();
    const reply = await service.v1('POST', `/attempts?on_error=${value}`, operation.token, 'no list');
    expect([reply.status, await reply.json()]).toMatchObject([400, { id: 'bad-parameter' }]);
  },
);

describe('an Idempotency-Key', () => {
  const [form, lines] = FORMS as [Form, Form];
  test('that was sent with a wrong Content-Type has not that answer with the right one', async () => {
    const operation = await service.operation();
    const records = [JSON.stringify(attempt({ telephone: '1' }))];
    const mistaken = { ...lines, body: asArray };
    expect(await post(operation, records, { form: mistaken, skip: true, key: 'k' })).toMatchObject({
      status: 201,
      json: { received: 0, rejected_total: 1 },
    });
    expect(await post(operation, records, { form, skip: true, key: 'k' })).toMatchObject({ status: 409 });
    expect(await post(operation, records, { form, skip: true, key: 'k2' })).toMatchObject({
      status: 201,
      json: { received: 1, rejected_total: 0 },
    });
    expect(await telephonesOf(operation)).toEqual(['1']);
  });

  test('has its answer again after a restart, and nothing is stored twice', async () => {
    const operation = await service.operation();
    const first = attempt({ telephone: '1', result: 'busy' });
    const records = [JSON.stringify(first), '{}'];
    const sent = { form, skip: true, key: 'k' };
    const reply = await post(operation, records, sent);
    expect(reply).toMatchObject({
      status: 201,
      json: { received: 1, rejected_total: 1, rejected: [{ index: 1 }] },
    });
    await operation.upload([{ ...first, result: 'failed' }]);
    await service.restart();
    expect(await post(operation, records, sent)).toEqual(reply);
    // It was no new delivery: what came after the first one still holds.
    expect((await operation.campaign8('all', ...NOVEMBER)).json.data).toMatchObject([
      { busy: '0', failed: '1' },
    ]);
  });

  test('is free after a refusal, and is another upload with another on_error', async () => {
    const operation = await service.operation();
    const records = [JSON.stringify(attempt()), '{}'];
    expect((await post(operation, records, { form, skip: false, key: 'k' })).status).toBe(422);
    expect((await post(operation, records, { form, skip: true, key: 'k' })).status).toBe(201);
    expect(await post(operation, records, { form, skip: false, key: 'k' })).toMatchObject({
      status: 409,
      json: { id: 'conflict' },
    });
  });
});
