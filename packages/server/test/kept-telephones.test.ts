import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { attempt, type TestOperation, TestService } from './harness.js';

/** Tables in another order than the stored one: telephones are sorted once, for all pages. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start({ kept_reply_mib: 64 });
});
afterAll(() => service.stop());

const OCTOBER = { from: '2026-10-01T00:00:00-05:00', to: '2026-10-31T23:59:59-05:00' };
const DIALED_AT = '2026-10-03T12:00:00-05:00';
const WORST_FIRST = { campaign_id: 'all', ...OCTOBER, sort: '-total_machine_recognitions', limit: '2' };

/** Of five telephones, the last one was dialed most. */
async function dialed(): Promise<TestOperation> {
  const operation = await service.operation();
  const attempts = [1, 2, 3, 4, 5].flatMap((telephone) =>
    Array.from({ length: telephone }, (_, at) =>
      attempt({
        telephone: `57300${telephone}`,
        attempt_id: String(at),
        dialed_at: DIALED_AT,
        result: 'busy',
      }),
    ),
  );
  await operation.upload(attempts);
  return operation;
}

interface Page {
  machine_codes: { telephone: string }[];
  next_cursor: string | null;
}

async function pageOf(operation: TestOperation, query: Record<string, string>): Promise<Page> {
  const reply = await service.service.inject({
    url: `/v1/machine-codes?${new URLSearchParams(query)}`,
    headers: { 'wolkvox-token': operation.token },
  });
  expect(reply.statusCode).toBe(200);
  return JSON.parse(reply.body);
}

/** Statements that sort while `work` runs. */
async function sorted(work: () => Promise<unknown>): Promise<number> {
  const read = vi.spyOn(service.service.services.engine, 'read');
  try {
    await work();
    return read.mock.calls.filter(([{ params }]) => params?.ahead !== undefined).length;
  } finally {
    read.mockRestore();
  }
}

const telephones = ({ machine_codes }: Page) => machine_codes.map(({ telephone }) => telephone);

test('further pages, and the first one again, need no further sorting', async () => {
  const operation = await dialed();
  const seen: string[] = [];
  let cursor: string | null = '';
  const walk = async () => {
    while (cursor !== null) {
      const page: Page = await pageOf(operation, { ...WORST_FIRST, cursor });
      seen.push(...telephones(page));
      cursor = page.next_cursor;
    }
  };
  expect(await sorted(walk)).toBe(1);
  expect(seen).toEqual(['573005', '573004', '573003', '573002', '573001']);
  expect(await sorted(() => pageOf(operation, WORST_FIRST))).toBe(0);
});

test('another question, another operation, and another state of its attempts are sorted anew', async () => {
  const operation = await dialed();
  const anew = async (query: Record<string, string>) =>
    expect(await sorted(() => pageOf(operation, query))).toBe(1);
  await anew(WORST_FIRST);
  await anew({ ...WORST_FIRST, min_total: '2' });
  await anew({ ...WORST_FIRST, min_dialed: '2' });
  await anew({ ...WORST_FIRST, max_answered: '2' });
  await anew({ ...WORST_FIRST, last_result: 'busy' });
  await anew({ ...WORST_FIRST, telephone_prefix: '5' });
  await anew({ ...WORST_FIRST, telephone_suffix: '5' });
  await anew({ ...WORST_FIRST, campaign_id: '1001' });
  await anew({ ...WORST_FIRST, to: '2026-10-31T23:59:58-05:00' });
  await anew({ ...WORST_FIRST, from: '2026-10-01T00:00:01-05:00' });
  await anew({ ...WORST_FIRST, sort: '-dialed_total' });
  const other = await service.operation();
  expect(await sorted(async () => expect(telephones(await pageOf(other, WORST_FIRST))).toEqual([]))).toBe(1);
  expect(await sorted(() => pageOf(operation, WORST_FIRST))).toBe(0);
  await operation.upload([attempt({ telephone: '573001', dialed_at: DIALED_AT, attempt_id: 'x' })]);
  await anew(WORST_FIRST);
});

test('two operations that ask the same are told of their own telephones, in the same state of their attempts too', async () => {
  const operations = await Promise.all(
    ['573001', '573002'].map(async (telephone) => {
      const operation = await service.operation();
      await operation.upload([attempt({ telephone, dialed_at: DIALED_AT, result: 'busy' })]);
      return { operation, telephone };
    }),
  );
  for (const { operation, telephone } of [...operations, ...operations]) {
    expect(telephones(await pageOf(operation, WORST_FIRST))).toEqual([telephone]);
  }
});

/** Of the three attempts of a telephone, those that come to be answered: then it has none that a machine took, or one too many. */
test.each([
  { answered: [0, 1, 2], filters: {} },
  { answered: [0], filters: { max_answered: '0' } },
])(
  'a telephone that left the table behind a page is left out of it, and the next page begins where it should: $filters',
  async ({ answered, filters }) => {
    const operation = await dialed();
    const question = { ...WORST_FIRST, ...filters };
    const { dataVersions } = service.service.services.accounts;
    const version = vi.spyOn(dataVersions, 'of');
    const first = await pageOf(operation, question);
    version.mockResolvedValue(await version.mock.results[0]?.value); // an upload is visible before its version has risen
    try {
      await operation.upload(
        answered.map((at) =>
          attempt({ telephone: '573003', attempt_id: String(at), dialed_at: DIALED_AT, result: 'answer' }),
        ),
      );
      const second = await pageOf(operation, { ...question, cursor: first.next_cursor ?? '' });
      expect(telephones(second)).toEqual(['573002']);
      const third = await pageOf(operation, { ...question, cursor: second.next_cursor ?? '' });
      expect(telephones(third)).toEqual(['573001']);
    } finally {
      version.mockRestore();
    }
  },
);

test('a page of more telephones than one statement is told has them all, in their order', async () => {
  const operation = await service.operation();
  const long = (at: number) => `${'\\'.repeat(59)}${String(at).padStart(5, '0')}`;
  await operation.upload(
    Array.from({ length: 9_000 }, (_, at) =>
      attempt({ telephone: long(at), dialed_at: DIALED_AT, result: 'busy' }),
    ),
  );
  const page = await pageOf(operation, { ...WORST_FIRST, sort: '-telephone', limit: '8999' });
  expect(telephones(page)).toEqual(Array.from({ length: 8_999 }, (_, at) => long(8_999 - at)));
  expect(
    telephones(
      await pageOf(operation, { ...WORST_FIRST, sort: '-telephone', cursor: page.next_cursor ?? '' }),
    ),
  ).toEqual([long(0)]);
});

test('of more telephones than may be kept the first ones are', async () => {
  const operation = await service.operation();
  const long = (at: number) => `${'😀'.repeat(59)}${String(at).padStart(5, '0')}`;
  const dialed = Array.from({ length: 5_000 }, (_, at) => long(at)); // 1.2 MB, where 1 MiB is kept at most
  await operation.upload(
    dialed.map((telephone) => attempt({ telephone, dialed_at: DIALED_AT, result: 'busy' })),
  );
  const asked = { ...WORST_FIRST, sort: '-telephone' };
  let cursor = '';
  const next = async (limit: string) => {
    const page = await pageOf(operation, { ...asked, limit, cursor });
    cursor = page.next_cursor ?? '';
    return telephones(page);
  };
  const seen = [...(await next('2'))];
  expect(await sorted(async () => seen.push(...(await next('3000'))))).toBe(0);
  expect(await sorted(async () => seen.push(...(await next('3000'))))).toBe(1);
  expect(seen).toEqual(dialed.toReversed());
});
