import { FIELD_LIMITS } from '@recuento/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENDPOINTS } from '../src/http/endpoints.js';
import { readPutAside } from '../src/hygiene/quarantine/in-force.js';
import { type TestOperation, TestService } from './harness.js';
import { postCampaign } from './uploads.js';

/** `campaign.php?api=add_dnc`: telephones that shall not be dialed for some days. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

const DAY_S = 86_400;
const add = (operation: TestOperation, entries: unknown) => postCampaign(operation, 'api=add_dnc', entries);
const now_s = () => Math.floor((Date.now() + service.ahead_ms) / 1_000);

async function active(operation: TestOperation, at_s = now_s(), after = '', limit = 100) {
  const { services } = service.service;
  const { id } = await services.accounts.operations.byServer(operation.server);
  const moment = { ...(await services.quarantine.momentOf(id)), at_s };
  const reading = { max_ms: 60_000, signal: new AbortController().signal, admit: () => undefined };
  const found = await readPutAside(services, moment, { after, limit }, reading);
  return found.map(({ telephone, at_s: added_at_s, until_s }) => ({
    telephone,
    added_at_s,
    until_s: until_s ?? Number.POSITIVE_INFINITY,
  }));
}
const telephonesOf = async (operation: TestOperation, at_s = now_s()) =>
  (await active(operation, at_s)).map(({ telephone }) => telephone);

test('the reply is the documented one: 201, its code a text whatever the profile, counts as texts', async () => {
  for (const code of ['number', 'string']) {
    const operation = await service.operation({ reply_profile: { code } });
    const reply = await add(operation, [{ telephone: '573001234567', days_block: 30 }]);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([
      201,
      'application/json; charset=utf-8',
    ]);
    expect(reply.body).toBe(
      '{"code":"201","error":null,"msg":"1 telephones were added","data":[{"total_added":"1","total_rejected":"0","total_sent":"1"}]}',
    );
  }
});

test('its example is what it takes', async () => {
  const operation = await service.operation();
  expect((await add(operation, ENDPOINTS.find(({ id }) => id === 'add_dnc')?.body_example)).status).toBe(201);
  expect(await telephonesOf(operation)).toEqual(['573001234567']);
});

describe('entries', () => {
  const x = (count: number) => '5'.repeat(count);
  test.each([
    [{ telephone: '0', days_block: 1 }],
    [{ telephone: x(FIELD_LIMITS.telephone_chars), days_block: 1 }],
    [{ telephone: '1', days_block: FIELD_LIMITS.days_block_max }],
    [{ telephone: '1', days_block: '30' }],
    [{ telephone: '+57 \\ "\' ñ', days_block: 30 }],
    [{ telephone: 573001234567, days_block: 30 }],
    [{ telephone: '1', days_block: 30, reason: 'asked', nested: {} }],
  ])('%j is added', async (entry) => {
    const operation = await service.operation();
    expect((await add(operation, [entry])).json.data).toEqual([
      { total_added: '1', total_rejected: '0', total_sent: '1' },
    ]);
    expect(await telephonesOf(operation)).toEqual([String(entry.telephone)]);
  });

  const rejected: unknown[] = [
    { telephone: x(FIELD_LIMITS.telephone_chars + 1), days_block: 1 },
    { telephone: '', days_block: 1 },
    { telephone: null, days_block: 1 },
    { days_block: 1 },
    { telephone: ['1'], days_block: 1 },
    { telephone: '1\n2', days_block: 1 },
    { telephone: ' \n', days_block: 1 },
    { telephone: '\ud800', days_block: 1 },
    { telephone: 2 ** 53, days_block: 1 },
    { telephone: '1' },
    ...[0, -1, 1.5, FIELD_LIMITS.days_block_max + 1, 1e300].map((days_block) => ({
      telephone: '1',
      days_block,
    })),
    ...['', '0', '-1', '1e2', ' 1', '١', null, true, [1]].map((days_block) => ({
      telephone: '1',
      days_block,
    })),
    '573001234567',
    null,
    [],
  ];
  test.each(rejected.map((entry): [unknown] => [entry]))(
    '%j is rejected and counted, and the others are added',
    async (entry) => {
      const operation = await service.operation();
      const { status, json, body } = await add(operation, [entry, { telephone: '2', days_block: 1 }]);
      expect(JSON.parse(body).rejected).toEqual([
        { index: '0', field: expect.any(String), reason: expect.stringMatching(/^(is|has) /) },
      ]);
      expect([status, json.msg, json.data]).toEqual([
        201,
        '1 telephones were added',
        [{ total_added: '1', total_rejected: '1', total_sent: '2' }],
      ]);
      expect(await telephonesOf(operation)).toEqual(['2']);
    },
  );

  test('every entry that is rejected is told why, in their order, however many; nothing is told where none is', async () => {
    const operation = await service.operation();
    const kinds = [
      [{ days_block: 1 }, 'telephone', 'is missing'],
      [{ telephone: '1' }, 'days_block', 'is not a whole number from 1 to 3650'],
      [{ telephone: 'x'.repeat(65), days_block: 1 }, 'telephone', 'has more than 64 characters'],
      [7, '', 'is not an object'],
      [{ telephone: '1', days_block: 1, note: 'x'.repeat(600_000) }, '', 'has more than 524288 bytes'],
    ] as const;
    const bad = fc.array(fc.option(fc.constantFrom(...kinds), { nil: undefined }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(bad, async (entries) => {
        const sent = entries.map((kind) => kind?.[0] ?? { telephone: '2', days_block: 1 });
        const expected = entries.flatMap((kind, index) =>
          kind ? [{ index: String(index), field: kind[1], reason: kind[2] }] : [],
        );
        const reply = JSON.parse((await add(operation, sent)).body);
        expect(reply.data[0].total_rejected).toBe(String(expected.length));
        expect(reply.rejected).toEqual(expected.length === 0 ? undefined : expected);
      }),
      { numRuns: 30 },
    );
    const many = JSON.parse((await add(operation, Array(10_000).fill({ days_block: 1 }))).body);
    expect(many.rejected).toHaveLength(10_000);
    expect(many.rejected.at(-1)).toEqual({ index: '9999', field: 'telephone', reason: 'is missing' });
  });

  test('none at all is an upload too', async () => {
    const operation = await service.operation();
    expect((await add(operation, [])).json).toMatchObject({ code: '201', msg: '0 telephones were added' });
    expect((await add(operation, [1])).json).toMatchObject({ code: '201', msg: '0 telephones were added' });
    expect(await active(operation)).toEqual([]);
  });

  test('10,000 pass, 10,001 are refused and nothing of them is stored', async () => {
    const operation = await service.operation();
    const entries = Array.from({ length: 10_001 }, (_, at) => ({ telephone: String(at), days_block: 1 }));
    const over = await add(operation, entries);
    expect([over.status, over.json.code]).toEqual([413, 413]);
    expect(over.json.msg).toMatch(/10001 RECORDS .* 10000/);
    expect(await active(operation)).toEqual([]);
    const edge = await add(operation, entries.slice(1));
    expect(edge.json.msg).toBe('10000 telephones were added');
    expect(await active(operation, now_s(), '', 10_000)).toHaveLength(10_000);
  });
});

describe('until when', () => {
  test('an entry holds for its days of 24 hours, to the second', async () => {
    const operation = await service.operation();
    await add(operation, [{ telephone: '1', days_block: 2 }]);
    const [entry] = await active(operation);
    expect(entry?.until_s).toBe((entry?.added_at_s ?? 0) + 2 * DAY_S);
    expect(Math.abs((entry?.added_at_s ?? 0) - now_s())).toBeLessThan(60);
    expect(await telephonesOf(operation, (entry?.until_s ?? 0) - 1)).toEqual(['1']);
    expect(await telephonesOf(operation, entry?.until_s)).toEqual([]);
  });

  test('adding again replaces it, for longer and for shorter, also after it ended', async () => {
    const operation = await service.operation();
    const endsIn = async () =>
      Math.round((((await active(operation))[0]?.until_s ?? now_s()) - now_s()) / DAY_S);
    for (const days_block of [5, 30, 1]) {
      await add(operation, [{ telephone: '1', days_block }]);
      expect(await endsIn()).toBe(days_block);
    }
    service.ahead_ms += 2 * DAY_S * 1_000;
    try {
      expect(await active(operation)).toEqual([]);
      await add(operation, [{ telephone: '1', days_block: 3 }]);
      expect(await endsIn()).toBe(3);
    } finally {
      service.ahead_ms = 0;
    }
    // The clock is back where it was: what comes now is the later one all the same.
    await add(operation, [{ telephone: '1', days_block: 1 }]);
    expect(await endsIn()).toBe(1);
  });

  test('of uploads in any order the last word on each telephone holds, page by page in their order', async () => {
    const entry = fc.record({
      telephone: fc.constantFrom('1', '10', '2', 'ñ', '\\', "'", '"', '😀'),
      days_block: fc.integer({ min: 1, max: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(entry, { maxLength: 6 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 3 }),
        async (uploads, day, limit) => {
          const operation = await service.operation();
          for (const upload of uploads) expect((await add(operation, upload)).status).toBe(201);
          const last = new Map(uploads.flat().map(({ telephone, days_block }) => [telephone, days_block]));
          const expected = [...last].filter(([, days]) => days > day).map(([telephone]) => telephone);
          // Noon of the day, so that the seconds which the test takes do not matter.
          const at_s = now_s() + day * DAY_S + DAY_S / 2;
          const found: string[] = [];
          for (let after: string | undefined = ''; after !== undefined; ) {
            const page: { telephone: string }[] = await active(operation, at_s, after, limit);
            found.push(...page.map(({ telephone }) => telephone));
            after = page.at(-1)?.telephone;
          }
          expect(found).toEqual(expected.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
        },
      ),
      { numRuns: 30 },
    );
  });
});

test('what one operation adds is nothing to another, and survives a restart', async () => {
  const [mine, other] = [await service.operation(), await service.operation()];
  await add(mine, [{ telephone: '1', days_block: 1 }]);
  await add(other, [{ telephone: '2', days_block: 1 }]);
  await service.restart();
  expect([await telephonesOf(mine), await telephonesOf(other)]).toEqual([['1'], ['2']]);
  await add(mine, [{ telephone: '1', days_block: 3 }]);
  expect(await telephonesOf(mine, now_s() + 2 * DAY_S)).toEqual(['1']);
});
