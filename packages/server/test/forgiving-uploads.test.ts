import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entryOf } from './catalogue.js';
import { attempt, NOVEMBER, type TestOperation, TestService } from './harness.js';
import { asking, putAside } from './quarantine/follower.js';
import { postCampaign } from './uploads.js';

/** What costs nothing is forgiven: blanks around telephones and ids, control characters in texts, one object for a list. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

const post = (operation: TestOperation, body: string | Uint8Array, headers: Record<string, string> = {}) =>
  fetch(`${service.service.url}/v1/attempts`, {
    method: 'POST',
    headers: { 'wolkvox-token': operation.token, 'content-type': 'application/json', ...headers },
    body,
  });
const rowsOf = async (operation: TestOperation) =>
  (
    await operation.get({
      api: 'campaign_3',
      campaign_id: 'all',
      date_ini: NOVEMBER[0],
      date_end: NOVEMBER[1],
    })
  ).json.data;

/** Around a text: what programs and spreadsheets leave there. */
const blanks = fc.string({
  unit: fc.constantFrom(' ', '\t', '\n', '\r', '\u00a0', '\ufeff', '\u3000'),
  maxLength: 3,
});
const inner = fc.string({
  unit: fc.constantFrom('5', '7', ' ', '+', 'ñ', 'x', '.'),
  minLength: 1,
  maxLength: 8,
});
const padded = fc.tuple(blanks, inner, blanks).map((parts) => parts.join(''));

/** The same by other means: what is left between the first and the last character that is no blank. */
function withoutBlanksAround(text: string): string {
  const isBlank = (character: string) => ' \t\n\r\u00a0\ufeff\u3000'.includes(character);
  const characters = [...text];
  const first = characters.findIndex((character) => !isBlank(character));
  return first < 0
    ? ''
    : characters.slice(first, characters.findLastIndex((one) => !isBlank(one)) + 1).join('');
}

describe('blanks around telephones and ids', () => {
  test('attempts with and without them are the same attempt, and are stored without', async () => {
    const fields = fc.record({
      telephone: padded,
      attempt_id: padded,
      customer_id: padded,
      agent_id: padded,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fields, { minLength: 1, maxLength: 5 }), async (sent) => {
        const operation = await service.operation();
        const attempts = sent.map((one) => attempt({ ...one }));
        const tidy = attempts.map((one) => ({
          telephone: withoutBlanksAround(one.telephone),
          attempt_id: withoutBlanksAround(one.attempt_id),
          customer_id: withoutBlanksAround(String(one.customer_id)),
          agent_id: withoutBlanksAround(String(one.agent_id)),
        }));
        const reply = await post(operation, JSON.stringify(attempts));
        if (tidy.some((one) => Object.values(one).includes(''))) {
          expect(reply.status).toBe(422);
          return;
        }
        expect(reply.status).toBe(201);
        const last = new Map(tidy.map((one) => [JSON.stringify([one.telephone, one.attempt_id]), one]));
        const found = (await rowsOf(operation)).map((row) => [row.telephone, row.customer_id]).sort();
        expect(found).toEqual([...last.values()].map((one) => [one.telephone, one.customer_id]).sort());
      }),
      { numRuns: 40 },
    );
  });

  test('customers are found by telephones that were sent with them', async () => {
    const operation = await service.operation();
    await operation.upload([
      attempt({ telephone: '573001' }),
      attempt({ telephone: '573002', customer_id: 'c2' }),
    ]);
    const reply = await postCampaign(operation, 'api=add_record&campaign_id=1001', [
      { customer_id: ' c1\t', tel1: '\u00a0573001 ', customer_name: 'Luz' },
      { customer_id: '\nc2 ', customer_name: 'Ana' },
    ]);
    expect(reply.status).toBe(201);
    expect(
      (await rowsOf(operation)).map((row) => [row.telephone, row.customer_id, row.customer_name]),
    ).toEqual([
      ['573001', 'c1', 'Luz'],
      ['573002', 'c2', 'Ana'],
    ]);
  });

  test('a telephone not to call is the same with and without them', async () => {
    const operation = await service.operation();
    const entries = ['573001', ' 573001', '573001\r\n'].map((telephone) => ({ telephone, days_block: 1 }));
    const { json } = await postCampaign(operation, 'api=add_dnc', entries);
    expect(json.data).toMatchObject([{ total_added: '3' }]);
    const held = await putAside(asking(() => service.service.url, operation.token));
    expect(held.map(({ telephone }) => telephone)).toEqual(['573001']);
  });

  test('inside a telephone they stay, and the bound counts what is left', async () => {
    const operation = await service.operation();
    const longest = '5'.repeat(64);
    await operation.upload([attempt({ telephone: '57 300' }), attempt({ telephone: `  ${longest}  ` })]);
    expect((await rowsOf(operation)).map((row) => row.telephone)).toEqual(['57 300', longest].sort());
    const over = await post(operation, JSON.stringify([attempt({ telephone: `  ${longest}5  ` })]));
    expect(over.status).toBe(422);
    const within = await post(operation, JSON.stringify([attempt({ telephone: '57\n300' })]));
    expect(await within.json()).toMatchObject({
      faults: [{ field: 'telephone', reason: 'has a control character' }],
    });
  });
});

describe('control characters in free text of the documented API', () => {
  test('become blanks, one each; a telephone and an id with one inside are refused', async () => {
    const texts = fc.string({
      unit: fc.constantFrom('a', 'ñ', ' ', '\n', '\r', '\t', '\0', '\u0085', '\u007f'),
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(texts, texts, async (customer_name, opt1) => {
        const operation = await service.operation();
        await operation.upload([attempt({ telephone: '1' })]);
        const customer = { customer_id: 'c', tel1: '1', customer_name, opt1 };
        expect((await postCampaign(operation, 'api=add_record&campaign_id=1001', [customer])).status).toBe(
          201,
        );
        const shown = (text: string) => {
          const tidy = [...text].map((one) => ('\n\r\t\0\u0085\u007f'.includes(one) ? ' ' : one)).join('');
          return tidy.trim() === '' ? '' : tidy;
        };
        expect(await rowsOf(operation)).toMatchObject([
          { customer_name: shown(customer_name), opt1: shown(opt1) },
        ]);
      }),
      { numRuns: 30 },
    );
    const operation = await service.operation();
    for (const field of ['customer_id', 'tel1', 'tel_extra', 'recall_telephone']) {
      const customer = { customer_id: 'c', [field]: '5\u00007' };
      const reply = await postCampaign(operation, 'api=add_record&campaign_id=1001', [customer]);
      expect(entryOf(reply)).toBe('invalid-records');
      expect(reply.json.data).toEqual([{ index: '0', field, reason: 'has a control character' }]);
    }
  });
});

describe('one object is a list of one', () => {
  const record = () => JSON.stringify(attempt({ telephone: '573001' }));

  test.each([
    ['as it is', (text: string) => text, {}],
    ['with space around it', (text: string) => ` \n\t${text}\r\n `, {}],
    ['after a byte order mark', (text: string) => `\ufeff${text}`, {}],
    ['compressed', (text: string) => gzipSync(text), { 'content-encoding': 'gzip' }],
    ['on many lines', (text: string) => JSON.stringify(JSON.parse(text), undefined, 2), {}],
    ['as a line', (text: string) => text, { 'content-type': 'application/x-ndjson' }],
  ] as const)('of attempts, %s', async (_how, written, headers) => {
    const operation = await service.operation();
    const reply = await post(operation, written(record()), headers);
    expect([reply.status, await reply.json()]).toEqual([201, { received: 1 }]);
    expect((await rowsOf(operation)).map((row) => row.telephone)).toEqual(['573001']);
  });

  test('of customers and of telephones not to call', async () => {
    const operation = await service.operation();
    const dnc = await postCampaign(operation, 'api=add_dnc', { telephone: '1', days_block: 1 });
    expect(dnc.json.data).toEqual([{ total_added: '1', total_rejected: '0', total_sent: '1' }]);
    const customer = await postCampaign(operation, 'api=add_record&campaign_id=1', { customer_id: 'c' });
    expect(customer.json.data).toEqual([{ total_registers: '1' }]);
  });

  test('that is not valid is told as the first of a list', async () => {
    const operation = await service.operation();
    const reply = await post(operation, '{}');
    expect(reply.status).toBe(422);
    expect(await reply.json()).toMatchObject({
      faults: expect.arrayContaining([{ index: 0, field: 'result', reason: 'is missing' }]),
    });
  });

  test('several are none: lines that are called JSON are refused whole, however many', async () => {
    const operation = await service.operation();
    for (const count of [2, 100, 10_000]) {
      const body = Array.from({ length: count }, record).join('\n');
      const reply = await post(operation, body);
      expect([count, reply.status, await reply.json()]).toMatchObject([count, 400, { id: 'malformed-body' }]);
    }
    expect(await operation.campaign8('all', ...NOVEMBER)).toMatchObject({ status: 404 });
  });
});
