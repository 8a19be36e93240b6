import { execFileSync } from 'node:child_process';
import { doNotCallSchema } from '@recuento/contract';
import { parse } from 'csv-parse/sync';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { attempt, type TestOperation, TestService } from './harness.js';
import { ask, refusal } from './hygiene/asking.js';
import { asking } from './quarantine/follower.js';
import { testWith, toolPath } from './tools.js';
import { postCampaign } from './uploads.js';

/** `GET /v1/hygiene/export`: what a dialer is handed, and what is never written into it. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());
afterEach(() => {
  service.stands_at_ms = undefined;
});

const DAY_MS = 86_400_000;
const NOW_MS = Date.parse('2026-12-05T12:00:00Z');
/** Texts that a telephone may be, and that mean something to whoever reads a file. */
const HOSTILE = [
  "1'); DROP TABLE recuento_do_not_dial; --",
  "'",
  '\\',
  '1\\',
  '"; core stop now',
  '573001 1',
  '57/3001',
  '573,001',
  '573001&user=admin',
  '573001%0a',
  '573001#x',
  '{server}',
  '=1+1',
  '@x',
  '-5-1',
  '$(reboot)',
  '`reboot`',
  'ñ☎',
  '0'.repeat(64),
  '1234567890123456789',
];

async function aside(
  operation: TestOperation,
  telephones: readonly string[],
  more: object = {},
): Promise<string> {
  const { status, json } = await asking(() => service.service.url, operation.token)('POST', '/quarantine', {
    telephones,
    reason: 'a test',
    ...more,
  });
  expect([status, json.telephones_taken]).toEqual([201, telephones.length]);
  return json.id;
}

async function exported(operation: TestOperation, query: Readonly<Record<string, string>>) {
  const reply = await ask(operation, 'export', query);
  expect([reply.statusCode, reply.body.slice(0, 300)]).toEqual([200, expect.any(String)]);
  return {
    body: reply.body,
    left_out: Number(reply.headers['recuento-left-out']),
    link: reply.headers.link === undefined ? undefined : String(reply.headers.link),
    headers: reply.headers,
  };
}

/** All pages, as a program that follows the links reads them. */
async function pages(operation: TestOperation, query: Readonly<Record<string, string>>): Promise<string[]> {
  const bodies: string[] = [];
  for (let next: Readonly<Record<string, string>> | undefined = query; next; ) {
    const { body, link }: { body: string; link: string | undefined } = await exported(operation, next);
    bodies.push(body);
    const [, address] = /^<(\?.*)>; rel="next"$/.exec(link ?? '') ?? [];
    expect(address === undefined).toBe(link === undefined);
    next = address === undefined ? undefined : Object.fromEntries(new URLSearchParams(address));
  }
  return bodies;
}

const entries = (bodies: readonly string[]) =>
  bodies.flatMap((body) => doNotCallSchema.array().parse(JSON.parse(body)));

const { toolTest, note } = testWith('python');

/** Runs each file on one SQLite database. What fails is rolled back, as a client does that is gone. */
const RUN_FILES = `
import json, sqlite3, sys
base = sqlite3.connect(':memory:', isolation_level=None)
lists = []
for file in json.load(sys.stdin):
    try:
        base.executescript(file)
    except sqlite3.Error:
        base.execute('ROLLBACK')
    lists.append([row[0] for row in base.execute('SELECT telephone FROM recuento_do_not_dial ORDER BY telephone')])
print(json.dumps(lists))
`;

/** What the list of a database is after each of some files. */
function listsAfter(files: readonly string[]): string[][] {
  const written = execFileSync(toolPath('python') ?? 'python3', ['-c', RUN_FILES], {
    input: JSON.stringify(files),
  });
  return JSON.parse(written.toString());
}

const linesOf = (body: string) => body.split('\n').slice(0, -1);
const GOOD = ['*573001#', '+573002', '573003', '573004'];
const FORMATS = ['csv', 'add_dnc', 'vicidial', 'vicidial_api', 'asterisk_astdb', 'asterisk_sql'];

describe('what a format cannot have is left out and counted', () => {
  let operation: TestOperation;
  beforeAll(async () => {
    operation = await service.operation();
    await aside(operation, [...HOSTILE, ...GOOD]);
  });

  test('vicidial: digits alone, one telephone a line', async () => {
    const { body, left_out, headers } = await exported(operation, { format: 'vicidial' });
    expect(body).toBe('573003\n573004\n');
    expect(left_out).toBe(HOSTILE.length + 2);
    expect(headers['content-disposition']).toBe('attachment; filename="vicidial-dnc.txt"');
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
  });

  test('vicidial_api: calls whose blanks a person fills in', async () => {
    const { body, left_out } = await exported(operation, { format: 'vicidial_api' });
    expect(left_out).toBe(HOSTILE.length + 2);
    const lines = linesOf(body);
    expect(lines.at(-1)).toBe(
      `# The end of the list. Left out, as they cannot be written here: ${left_out}.`,
    );
    const calls = lines.filter((line) => !line.startsWith('#'));
    expect(calls).toHaveLength(2);
    const filled = (calls[0] ?? '')
      .replace('{server}', 'https://dialer.example')
      .replace('{user}', '6666')
      .replace('{pass}', '1234')
      .replace('{campaign_id}', 'SYSTEM_INTERNAL');
    const { pathname, searchParams } = new URL(filled);
    expect(pathname).toBe('/vicidial/non_agent_api.php');
    expect(Object.fromEntries(searchParams)).toEqual({
      source: 'recuento',
      user: '6666',
      pass: '1234',
      function: 'add_dnc_phone',
      phone_number: '573003',
      campaign_id: 'SYSTEM_INTERNAL',
    });
  });

  test('asterisk_astdb: lines of three words for its command line, after the family was emptied', async () => {
    const { body, left_out } = await exported(operation, { format: 'asterisk_astdb' });
    const written = [...GOOD, '0'.repeat(64), '1234567890123456789'].sort();
    expect(linesOf(body)).toEqual([
      'database deltree recuento',
      ...written.map((telephone) => `database put recuento ${telephone} 1`),
    ]);
    expect(left_out).toBe(HOSTILE.length - 2);
  });

  toolTest(
    `asterisk_sql: replaces the list however often it is run, and not at all where it is cut off${note}`,
    async () => {
      const { body, left_out, headers } = await exported(operation, { format: 'asterisk_sql' });
      expect(left_out).toBe(HOSTILE.length - 2);
      expect(headers['content-type']).toBe('application/sql; charset=utf-8');
      expect(linesOf(body).at(-1)).toContain(`cannot be written here: ${left_out}.`);
      const written = [...GOOD, '0'.repeat(64), '1234567890123456789'].sort();
      const another = "INSERT INTO recuento_do_not_dial VALUES ('of before');";
      const cut = body.slice(0, body.indexOf('573004'));
      const with_another = [...written, 'of before'];
      expect(listsAfter([body, body, another, cut, body])).toEqual([
        written,
        written,
        with_another,
        with_another,
        written,
      ]);
    },
  );

  test('csv and add_dnc have all of them, as they are', async () => {
    const all = [...HOSTILE, ...GOOD].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    const plain = await exported(operation, { format: 'csv', headings: 'names', csv_guard: 'off' });
    const [head, ...rows]: string[][] = parse(plain.body);
    expect(head).toEqual(['telephone', 'reason', 'since', 'until']);
    expect(rows.map(([telephone]) => telephone)).toEqual(all);
    for (const [, reason, since, until] of rows)
      expect([reason, since, until]).toEqual(['a test', expect.stringMatching(/^20\S+Z$/), '']);
    const guarded = parse((await exported(operation, { headings: 'names' })).body).flat();
    expect(guarded).toEqual(expect.arrayContaining(["'=1+1", "'@x", "'-5-1", "''", '+573002']));
    expect(guarded).not.toContain('=1+1');
    const body = entries(await pages(operation, { format: 'add_dnc', limit: '5' }));
    expect(body).toEqual(all.map((telephone) => ({ telephone, days_block: 3_650 })));
  });

  test('headings are in the language that is asked for', async () => {
    const { body } = await ask(operation, 'export', { format: 'csv' }, { 'accept-language': 'es' });
    expect(body.split('\r\n', 1)).toEqual([
      '\uFEFF"Teléfono","Motivo","Apartado desde (UTC)","Apartado hasta (UTC)"',
    ]);
  });
});

describe('which telephones', () => {
  test.each(FORMATS)('nothing is put aside: %s is empty', async (format) => {
    const operation = await service.operation();
    await operation.upload([attempt({ telephone: '573001' })]);
    const { body, left_out, link } = await exported(operation, { format, headings: 'names' });
    expect([left_out, link]).toEqual([0, undefined]);
    const telephones = body
      .replaceAll(/^(#|--|CREATE|BEGIN|DELETE|COMMIT|database deltree).*\n/gm, '')
      .trim();
    expect(telephones).toBe(
      format === 'csv' ? '"telephone","reason","since","until"' : format === 'add_dnc' ? '[]' : '',
    );
  });

  test.each(FORMATS)('restored ones and those of others are never in it: %s', async (format) => {
    const [one, other] = [await service.operation(), await service.operation()];
    await aside(one, ['573001', '573002', '573003']);
    await aside(other, ['573009', '573002']);
    await asking(() => service.service.url, one.token)('POST', '/restore', { telephones: ['573002'] });
    const { body } = await exported(one, { format });
    expect(body.match(/57300\d/g)).toEqual(['573001', '573003']);
  });

  test('what add_dnc blocked is in it until its time is over', async () => {
    const operation = await service.operation();
    service.stands_at_ms = NOW_MS;
    await postCampaign(operation, 'api=add_dnc', [{ telephone: '573001', days_block: 2 }]);
    const now = async () => entries([(await exported(operation, { format: 'add_dnc' })).body]);
    expect(await now()).toEqual([{ telephone: '573001', days_block: 2 }]);
    service.stands_at_ms = NOW_MS + DAY_MS;
    expect(await now()).toEqual([{ telephone: '573001', days_block: 1 }]);
    service.stands_at_ms = NOW_MS + 2 * DAY_MS;
    expect(await now()).toEqual([]);
  });

  test('days_block is the rest of the quarantine, rounded up, and a day for what is due', async () => {
    const operation = await service.operation();
    service.stands_at_ms = NOW_MS;
    const until = (ms: number) => ({ until: new Date(NOW_MS + ms).toISOString() });
    await aside(operation, ['1'], until(1_000));
    await aside(operation, ['2'], until(DAY_MS));
    await aside(operation, ['3'], until(DAY_MS + 1_000));
    await aside(operation, ['4'], until(20 * 366 * DAY_MS));
    await aside(operation, ['5']);
    const days = async () =>
      entries([(await exported(operation, { format: 'add_dnc' })).body]).map(({ days_block }) => days_block);
    expect(await days()).toEqual([1, 1, 2, 3_650, 3_650]);
    service.stands_at_ms = NOW_MS + DAY_MS;
    expect(await days()).toEqual([1, 1, 1, 3_650, 3_650]);
  });

  test('with a campaign, those that it dialed', async () => {
    const operation = await service.operation();
    await operation.upload([
      attempt({ telephone: '573001', campaign_id: 7 }),
      attempt({ telephone: '573002', campaign_id: 8 }),
      attempt({ telephone: '573001', campaign_id: 8 }),
    ]);
    await aside(operation, ['573001', '573002', '573003']);
    for (const format of FORMATS) {
      const { body } = await exported(operation, { format, campaign_id: '7' });
      expect(body.match(/57300\d/g), format).toEqual(['573001']);
    }
  });

  test('with a verdict, those that have it at the moment, whether they are put aside or not', async () => {
    const operation = await service.operation();
    service.stands_at_ms = NOW_MS;
    const dead = ['573001', '573002', "573'003"].flatMap((telephone) =>
      ['02', '03', '04'].map((day) =>
        attempt({ telephone, dialed_at: `2026-11-${day}T10:00:00-05:00`, result: 'failed', sip: 404 }),
      ),
    );
    await operation.upload([...dead, attempt({ telephone: '573009', result: 'answer' })]);
    await aside(operation, ['573002', '573008']);
    const verdict = 'invalid';
    expect((await exported(operation, { format: 'vicidial', verdict })).body).toBe('573001\n573002\n');
    expect((await exported(operation, { format: 'vicidial', verdict })).left_out).toBe(1);
    const both = { format: 'vicidial', verdict: 'invalid,reaches_people' };
    expect((await exported(operation, both)).body).toBe('573001\n573002\n573009\n');
    const before = { ...both, as_of: '2026-11-01T00:00:00-05:00' };
    expect((await exported(operation, before)).body).toBe('');
    const csv = await exported(operation, { verdict, headings: 'names' });
    expect(parse(csv.body)).toEqual([
      ['telephone', 'verdict', 'since', 'until'],
      ["573'003", 'invalid', '', ''],
      ['573001', 'invalid', '', ''],
      ['573002', 'invalid', '2026-12-05T12:00:00Z', ''],
    ]);
    const dnc = entries(await pages(operation, { format: 'add_dnc', verdict, limit: '1' }));
    expect(dnc).toEqual(["573'003", '573001', '573002'].map((telephone) => ({ telephone, days_block: 90 })));
    const days = await exported(operation, { format: 'add_dnc', verdict, days_block: '7' });
    expect(entries([days.body])[0]?.days_block).toBe(7);
  });
});

describe('pages of add_dnc', () => {
  test('10,000 entries are one page, and one more is on the next', async () => {
    const operation = await service.operation();
    const telephones = Array.from({ length: 10_000 }, (_, at) => String(573_000_000_000 + at));
    await aside(operation, telephones);
    expect((await pages(operation, { format: 'add_dnc' })).map((body) => JSON.parse(body).length)).toEqual([
      10_000,
    ]);
    await aside(operation, ['573999999999']);
    const two = await pages(operation, { format: 'add_dnc' });
    expect(two.map((body) => JSON.parse(body).length)).toEqual([10_000, 1]);
    // Each page is what the documented call takes.
    const other = await service.operation();
    for (const body of two) {
      const reply = await postCampaign(other, 'api=add_dnc', JSON.parse(body));
      expect(reply.status).toBe(201);
    }
    const files = await exported(other, { format: 'vicidial' });
    expect(files.body.split('\n')).toHaveLength(10_002);
  });
});

describe('customer_ids', () => {
  async function withCustomers(): Promise<TestOperation> {
    const operation = await service.operation();
    const query = 'api=add_record&type_campaign=predictive&campaign_id=7&campaign_status=start';
    const reply = await postCampaign(operation, query, [
      { customer_id: 'all-dead', tel1: '573001', tel2: '573002' },
      { customer_id: 'half-dead', tel1: '573001', tel2: '573009' },
      { customer_id: 'extra-alive', tel1: '573001', tel_extra: '573009' },
      { customer_id: 'no-telephone' },
      { customer_id: 'alive', tel1: '573009' },
      { customer_id: 'dead', tel1: '573002' },
      { customer_id: 'a,b', tel1: '573001' },
      { customer_id: '"x', tel1: '573001' },
    ]);
    expect(reply.status).toBe(201);
    const elsewhere = query.replace('campaign_id=7', 'campaign_id=8');
    await postCampaign(operation, elsewhere, [{ customer_id: 'of-8', tel1: '573001' }]);
    await aside(operation, ['573001', '573002']);
    return operation;
  }

  test('those of the campaign all of whose telephones are put aside, with commas between them', async () => {
    const operation = await withCustomers();
    const { body, left_out, link } = await exported(operation, { format: 'customer_ids', campaign_id: '7' });
    expect([body, left_out, link]).toEqual(['all-dead,dead', 2, undefined]);
    expect((await exported(operation, { format: 'customer_ids', campaign_id: '8' })).body).toBe('of-8');
    expect((await exported(operation, { format: 'customer_ids', campaign_id: '9' })).body).toBe('');
  });

  test('page by page', async () => {
    const operation = await withCustomers();
    const found = await pages(operation, { format: 'customer_ids', campaign_id: '7', limit: '1' });
    expect(found).toEqual(['', '', 'all-dead', 'dead']);
    const exact = await pages(operation, { format: 'customer_ids', campaign_id: '7', limit: '4' });
    expect(exact).toEqual(['all-dead,dead']);
  });

  test('customers are passed over by the thousands until the page is full', async () => {
    const operation = await service.operation();
    const query = 'api=add_record&type_campaign=predictive&campaign_id=7&campaign_status=start';
    const alive = Array.from({ length: 10_000 }, (_, at) => ({ customer_id: String(at), tel1: '573009' }));
    await postCampaign(operation, query, alive);
    await postCampaign(operation, query, [
      { customer_id: 'x', tel1: '573001' },
      { customer_id: 'y', tel1: '573001' },
    ]);
    await aside(operation, ['573001']);
    const found = await pages(operation, { format: 'customer_ids', campaign_id: '7', limit: '1' });
    expect(found).toEqual(['x', 'y']);
  });

  test('a customer who was added again has the telephones of the last time', async () => {
    const operation = await withCustomers();
    const query = 'api=add_record&type_campaign=predictive&campaign_id=7&campaign_status=start';
    await postCampaign(operation, query, [{ customer_id: 'dead', tel1: '573002', tel2: '573010' }]);
    const { body } = await exported(operation, { format: 'customer_ids', campaign_id: '7' });
    expect(body).toBe('all-dead');
  });

  test('with a verdict, whatever campaign it is known from', async () => {
    const operation = await withCustomers();
    service.stands_at_ms = NOW_MS;
    await operation.upload(
      ['02', '03', '04'].map((day) =>
        attempt({
          telephone: '573002',
          campaign_id: 8,
          dialed_at: `2026-11-${day}T10:00:00-05:00`,
          result: 'failed',
          sip: 404,
        }),
      ),
    );
    const query = { format: 'customer_ids', campaign_id: '7', verdict: 'invalid' };
    expect((await exported(operation, query)).body).toBe('dead');
  });
});

describe('who may ask, and what', () => {
  test('a token that reads, and no other', async () => {
    const operation = await service.operation();
    const status = async (token: string, query = '') =>
      (await service.v1('GET', `/hygiene/export${query}`, token)).status;
    expect(await status(await operation.newToken(['report']))).toBe(200);
    expect(await status(await operation.newToken(['ingest', 'admin']))).toBe(403);
    expect(await status('nobody')).toBe(403);
  });

  test.each([
    { format: 'xml' },
    { verdict: 'dead' },
    { verdict: 'invalid,' },
    { veredict: 'invalid' },
    { as_of: '2026-11-30T23:59:59-05:00' },
    { format: 'add_dnc', days_block: '7' },
    { format: 'add_dnc', verdict: 'invalid', days_block: '3651' },
    { format: 'add_dnc', limit: '10001' },
    { format: 'add_dnc', limit: '0' },
    { format: 'add_dnc', cursor: 'x' },
    { format: 'vicidial', limit: '5' },
    { format: 'csv', cursor: 'x' },
    { format: 'customer_ids' },
    { format: 'customer_ids', campaign_id: 'all' },
  ])('a question that is not clear is refused: %o', async (query: Record<string, string>) => {
    const operation = await service.operation();
    expect(await refusal(operation, 'export', query)).toBe('400 bad-parameter');
  });

  test.each(FORMATS)('HEAD says what GET would send: %s', async (format) => {
    const operation = await service.operation();
    await aside(operation, ["'1"]);
    const reply = await service.v1('HEAD', `/hygiene/export?format=${format}`, operation.token);
    expect([reply.status, await reply.text()]).toEqual([200, '']);
    const left_out = format === 'csv' || format === 'add_dnc' ? '0' : '1';
    expect(reply.headers.get('recuento-left-out')).toBe(left_out);
  });

  test('who hangs up in the middle of a file keeps nobody waiting', async () => {
    const operation = await service.operation();
    const telephones = Array.from({ length: 10_000 }, (_, at) => String(573_000_000_000 + at));
    for (let round = 0; round < 10; round += 1)
      await aside(
        operation,
        telephones.map((telephone) => `${telephone}${round}`),
      );
    for (const format of ['asterisk_sql', 'csv', 'vicidial_api']) {
      const gone = new AbortController();
      const reply = await fetch(`${service.service.url}/v1/hygiene/export?format=${format}`, {
        headers: { authorization: `Bearer ${operation.token}` },
        signal: gone.signal,
      });
      const first = await reply.body?.getReader().read();
      expect(first?.value?.length).toBeGreaterThan(0);
      gone.abort();
      // An operation has one file at a time: the next one comes only once this one is given up.
      const whole = await exported(operation, { format });
      expect(whole.body.match(/573000\d{7}/g)).toHaveLength(100_000);
    }
  });
});
