import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attempt, type SentAttempt, type TestOperation, TestService } from './harness.js';
import { addRecords } from './uploads.js';

/** Whom `campaign_3` and `campaign_7` name, against a plain model, page by page. */
const CASES = process.env.RECUENTO_FUZZ === 'full' ? 40 : 15;

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

const CAMPAIGNS = [7, 1001];
const IDS = ['a', 'b', "c'\\", '1'];
const TELEPHONES = ['1', '2', '\\', 'ñ'];
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const customer = fc.record({
  customer_id: fc.constantFrom(...IDS),
  customer_name: some(fc.constantFrom('Luz', "O'Neil", '😀')),
  opt1: some(fc.constantFrom('x', 'y')),
  tel1: some(fc.constantFrom(...TELEPHONES)),
  tel2: some(fc.constantFrom(...TELEPHONES)),
  tel_extra: some(fc.constantFrom(...TELEPHONES)),
});
type SentCustomer = typeof customer extends fc.Arbitrary<infer Value> ? Value : never;

const dial = fc.record({
  campaign_id: fc.constantFrom(...CAMPAIGNS),
  telephone: fc.constantFrom(...TELEPHONES),
  customer_id: some(fc.constantFrom(...IDS)),
  customer_name: some(fc.constantFrom('own')),
  opt2: some(fc.constantFrom('z')),
});

const upload = fc.record({
  campaign_id: fc.constantFrom(...CAMPAIGNS),
  customers: fc.array(customer, { minLength: 1, maxLength: 5 }),
});

test('own fields win; the customer by id, else the last added of those who have the telephone now', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(dial, { minLength: 1, maxLength: 12 }),
      fc.array(upload, { maxLength: 5 }),
      fc.constantFrom(1, 2, 5, 50),
      async (dials, uploads, max_rows) => {
        const operation = await service.operation({ limits: { max_rows } });
        const attempts = dials.map((fields, at) =>
          attempt({ ...fields, attempt_id: String(at), amd: 'machine' }),
        );
        await operation.upload(attempts);
        for (const { campaign_id, customers } of uploads) await addRecords(operation, customers, campaign_id);
        const records = uploads.flatMap(({ campaign_id, customers }) =>
          customers.map((one) => ({ campaign_id, ...one })),
        );
        const expected = attempts.map((one) => expectedRow(one, records));
        const rows = await walk(operation, 'campaign_3');
        expect(byAttempt(rows.map(shown))).toEqual(byAttempt(expected));
        // In the order of the report, whatever the customers.
        const places = rows.map(({ campaign_id, telephone }) => `${campaign_id?.padStart(10)} ${telephone}`);
        expect(places).toEqual([...places].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
        const detected = await walk(operation, 'campaign_7');
        expect(detected.map(({ customer_id }) => customer_id)).toEqual(
          rows.map(({ customer_id }) => customer_id),
        );
      },
    ),
    { numRuns: CASES },
  );
}, 240_000);

/** What a row says of whom it was at. */
interface Shown {
  conn_id: string;
  customer_id: string;
  customer_name: string;
  opt1: string;
  opt2: string;
}

/** `records` in the order in which they were added. */
function expectedRow(one: SentAttempt, records: readonly (SentCustomer & { campaign_id: number })[]): Shown {
  const current = new Map<string, SentCustomer>();
  for (const record of records) {
    if (record.campaign_id !== one.campaign_id) continue;
    current.delete(record.customer_id); // so that it is the last again
    current.set(record.customer_id, record);
  }
  const found =
    one.customer_id === undefined
      ? [...current.values()].findLast(({ tel1, tel2, tel_extra }) =>
          [tel1, tel2, tel_extra].includes(one.telephone),
        )
      : current.get(String(one.customer_id));
  return {
    conn_id: one.attempt_id,
    customer_id: String(one.customer_id ?? found?.customer_id ?? ''),
    customer_name: String(one.customer_name ?? found?.customer_name ?? ''),
    opt1: found?.opt1 ?? '',
    opt2: String(one.opt2 ?? ''),
  };
}

function shown(row: Record<string, string>): Shown {
  const { conn_id = '', customer_id = '', customer_name = '', opt1 = '', opt2 = '' } = row;
  return { conn_id, customer_id, customer_name, opt1, opt2 };
}

function byAttempt(rows: readonly Shown[]): Shown[] {
  return [...rows].sort((a, b) => Number(a.conn_id) - Number(b.conn_id));
}

/** Every page from the first to the last. */
async function walk(operation: TestOperation, api: string): Promise<Record<string, string>[]> {
  const rows: Record<string, string>[] = [];
  for (let cursor: string | null | undefined = ''; typeof cursor === 'string'; ) {
    const window = { date_ini: '20261103000000', date_end: '20261103235959' };
    const { json } = await operation.get({ api, campaign_id: 'all', ...window, cursor });
    rows.push(...json.data);
    cursor = json.next_cursor;
  }
  return rows;
}
