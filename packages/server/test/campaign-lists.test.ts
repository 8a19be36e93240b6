import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestOperation, TestService } from './harness.js';

/** The lists of campaigns: an operation has as many as its uploads name, and so a list may not hold the service up. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

interface Page {
  readonly status: number;
  readonly text: string;
  readonly campaign_ids: readonly number[];
  readonly next_cursor: string | null | undefined;
}

type Row = { campaign_id?: string | number; campaign?: string };

/** As its callers find it: its path with the query so far, and where its rows are. */
const LISTS = [
  ['/v1/campaigns?', 'campaigns'],
  ['/api/v2/information.php?api=campaigns', 'data'],
  ['/api/v2/real_time.php?api=campaigns', 'data'],
] as const;

async function read({ token }: TestOperation, path: string, cursor?: string): Promise<Page> {
  const more = cursor === undefined ? '' : `&cursor=${cursor}`;
  const reply = await fetch(`${service.service.url}${path}${more}`, { headers: { 'wolkvox-token': token } });
  const text = await reply.text();
  const body = JSON.parse(text) as { campaigns?: Row[]; data?: Row[]; next_cursor?: string | null };
  const rows = body.campaigns ?? body.data ?? [];
  return {
    status: reply.status,
    text,
    campaign_ids: rows.map(({ campaign_id, campaign }) => Number(campaign_id ?? campaign?.split(' ')[0])),
    next_cursor: body.next_cursor,
  };
}

/** With campaigns 1, 2, 3 and so on. */
async function operationOf(campaigns: number, limits: Record<string, number> = {}): Promise<TestOperation> {
  const operation = await service.operation({ limits });
  const { accounts } = service.service.services;
  const { id } = await accounts.operations.byServer(operation.server);
  await accounts.campaigns.ensure(id, numbers(campaigns));
  return operation;
}

const numbers = (to: number) => Array.from({ length: to }, (_, at) => at + 1);

describe.each(LISTS)('%s', (path) => {
  test('as many as a reply may have rows are one reply; of more none is cut in silence', async () => {
    const operation = await operationOf(4, { max_rows: 4 });
    expect(await read(operation, path)).toMatchObject({ status: 200, campaign_ids: [1, 2, 3, 4] });
    expect((await read(operation, path)).next_cursor).toBeUndefined();
    const larger = await operationOf(5, { max_rows: 4 });
    const refused = await read(larger, path);
    expect(refused.status).toBe(413);
    expect(refused.text).toContain('THE RESULT HAS 5 ROWS AND THE LIMIT IS 4: SEND cursor=');
  });

  test('page by page each campaign comes once, and the last page says so', async () => {
    const operation = await operationOf(10, { max_rows: 4 });
    const pages: Page[] = [];
    for (let cursor: string | null | undefined = ''; typeof cursor === 'string'; ) {
      const page: Page = await read(operation, path, cursor);
      pages.push(page);
      cursor = page.next_cursor;
    }
    expect(pages.map(({ campaign_ids }) => campaign_ids)).toEqual([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
      [9, 10],
    ]);
    expect(pages.at(-1)?.next_cursor).toBeNull();
    expect((await read(operation, path, 'x')).status).toBe(400);
  });

  test('others have their turns while a long one is read, told and counted', async () => {
    const { desk } = service.service.services.admission;
    const turnsOf = async (operation: TestOperation, status: number) => {
      const before = desk.figures().given;
      expect((await read(operation, path)).status).toBe(status);
      return desk.figures().given - before;
    };
    const short = await turnsOf(await operationOf(1), 200);
    // A thousand are read in one turn, and a thousand told.
    expect(await turnsOf(await operationOf(6_000), 200)).toBeGreaterThanOrEqual(short + 10);
    const many = await operationOf(35_000, { max_rows: 1 });
    const counted = await turnsOf(many, 413);
    expect(counted).toBeGreaterThanOrEqual(short + 3);
    expect(counted).toBeLessThan(short + 10);
  });
});

test('for one campaign the others are not read', async () => {
  const operation = await operationOf(6_000);
  const { desk } = service.service.services.admission;
  const before = desk.figures().given;
  const page = await read(operation, '/api/v2/information.php?api=campaigns&campaign=5000');
  expect(page.campaign_ids).toEqual([5_000]);
  expect(desk.figures().given - before).toBeLessThan(5);
});
