import { afterAll, beforeAll, expect, test } from 'vitest';
import { attempt, type TestOperation, TestService } from './harness.js';
import { ask, fileRows, told, type VerdictsPage, walk } from './hygiene/asking.js';
import { addRecords, callCampaign, postCampaign } from './uploads.js';

/** A line, not a spelling: verdicts, rules and the quarantine of an operation that declares how its telephones are written. */
let service: TestService;
const NOW_MS = Date.parse('2026-11-20T12:00:00Z');
const NUMBERING = { country: 'CO', dial_prefixes: ['9'] };
const SPELLINGS = ['+573001234567', '3001234567', '573001234567', '9573001234567'];
/** Two words of the network on two days, by two spellings: neither would do alone. */
const DEAD = [
  attempt({ telephone: '3001234567', dialed_at: '2026-11-02T10:00:00-05:00', result: 'failed', sip: 404 }),
  attempt({ telephone: '573001234567', dialed_at: '2026-11-03T10:00:00-05:00', result: 'failed', sip: 404 }),
];
const RULE = {
  name: 'two failures',
  campaign_id: 'all',
  conditions: [{ kind: 'count', codes: ['failed'], at_least: 2, within_days: null }],
  quarantine_days: 30,
};

beforeAll(async () => {
  service = await TestService.start();
  service.stands_at_ms = NOW_MS;
});
afterAll(() => service.stop());

async function post(operation: TestOperation, path: string, body: unknown): Promise<unknown> {
  return (await service.v1('POST', path, operation.token, body)).json();
}

const verdicts = async (operation: TestOperation, query: Record<string, string> = {}) =>
  (await told<VerdictsPage>(operation, 'verdicts', query)).verdicts;

async function aside(operation: TestOperation): Promise<string[]> {
  const { quarantined } = await told<{ quarantined: { telephone: string }[] }>(operation, 'quarantine');
  return quarantined.map(({ telephone }) => telephone);
}

test('spellings of a line have one verdict, a row each; where nothing is declared each is by itself', async () => {
  const operation = await service.operation({ numbering: NUMBERING });
  await operation.upload([...DEAD, attempt({ telephone: '573007654321', result: 'answer' })]);
  const row = { verdict: 'invalid', attempts: 2, days: 2, failed: 2, line: '+573001234567' };
  expect(await verdicts(operation)).toMatchObject([
    { telephone: '3001234567', ...row },
    { telephone: '573001234567', ...row },
    { telephone: '573007654321', verdict: 'reaches_people', line: '+573007654321' },
  ]);
  expect(await told(operation, 'shares')).toMatchObject({ shares: { invalid: 2, reaches_people: 1 } });
  for (const telephone of ['3001234567', '573001234567']) {
    expect(await verdicts(operation, { telephone })).toMatchObject([{ telephone, ...row }]);
  }
  expect(await verdicts(operation, { telephone: '9573001234567' })).toEqual([]);

  // What was declared can be taken back, and holds at once.
  await operation.change({ numbering: null });
  expect(await verdicts(operation)).toMatchObject([
    { telephone: '3001234567', verdict: 'unproven', attempts: 1, line: '3001234567' },
    { telephone: '573001234567', verdict: 'unproven', attempts: 1, line: '573001234567' },
    { telephone: '573007654321', verdict: 'reaches_people' },
  ]);
});

test('pages of any size and order give what the file has, whatever spellings lie between', async () => {
  const operation = await service.operation({ numbering: NUMBERING });
  const lines = Array.from({ length: 6 }, (_, index) => `30012345${String(index).padStart(2, '0')}`);
  const beginnings = ['', '57', '+57', '957', '0'];
  await operation.upload(
    lines.flatMap((line, at) =>
      beginnings.slice(0, 1 + (at % 5)).map((beginning, day) =>
        attempt({
          telephone: beginning + line,
          campaign_id: 1 + (day % 2),
          dialed_at: `2026-11-${String(2 + day).padStart(2, '0')}T10:00:00-05:00`,
          ...(at % 3 === 0 ? { result: 'failed', sip: 404 } : { result: 'no_answer' }),
        }),
      ),
    ),
  );
  const questions = [
    { sort: 'telephone' },
    { sort: '-telephone' },
    { sort: '-attempts' },
    { campaign_id: '2' },
    { verdict: 'invalid' },
  ] as Record<string, string>[];
  for (const query of questions) {
    const file = await fileRows(operation, query);
    expect(file.length).toBeGreaterThan(2);
    expect([query, await walk(operation, query, 2)]).toEqual([query, file]);
  }
});

test('a rule counts the line, and takes every spelling of it', async () => {
  const operation = await service.operation({ numbering: NUMBERING });
  await operation.upload([
    ...DEAD,
    attempt({ telephone: '+573001234567', dialed_at: '2026-11-19T10:00:00-05:00' }),
  ]);
  const preview = await post(operation, '/hygiene/preview', { rule: RULE });
  expect(preview).toMatchObject({
    telephones_taken: 3,
    by_campaign: [{ telephones_taken: 3 }],
    sample: [{ telephone: '+573001234567' }, { telephone: '3001234567' }, { telephone: '573001234567' }],
  });
  const trial = { rule: RULE, as_of: '2026-11-10T00:00:00Z', until: '2026-11-20T00:00:00Z' };
  expect(await post(operation, '/hygiene/backtest', trial)).toMatchObject({
    telephones_taken: 2,
    dials_after: 1,
    dials_saved: 1,
  });
  // A customer's spelling that nobody dialed yet goes along, so that a list can be cleaned before the dialer adds its prefix.
  await addRecords(operation, [{ customer_id: '1', tel1: '9573001234567', tel2: '3007654321' }]);
  const made = await post(operation, '/hygiene/quarantine', { rule: RULE, reason: 'dead' });
  expect(made).toMatchObject({ telephones_taken: 4 });
  expect(await aside(operation)).toEqual(SPELLINGS);
});

test('a list puts all spellings aside that were ever met, and takes all of them back', async () => {
  const operation = await service.operation({ numbering: NUMBERING });
  const neighbour = await service.operation();
  const met = DEAD.concat(attempt({ telephone: '573007654321' }));
  await operation.upload(met);
  await neighbour.upload(met);
  const listed = { telephones: ['9573001234567', '3007654321'], reason: 'asked for' };
  expect(await post(operation, '/hygiene/quarantine', listed)).toMatchObject({ telephones_taken: 5 });
  expect(await post(neighbour, '/hygiene/quarantine', listed)).toMatchObject({ telephones_taken: 2 });
  expect(await aside(operation)).toEqual([
    '3001234567',
    '3007654321',
    '573001234567',
    '573007654321',
    '9573001234567',
  ]);
  expect(await aside(neighbour)).toEqual(['3007654321', '9573001234567']);
  const restored = { telephones: ['573001234567'], reason: 'a person' };
  expect(await post(operation, '/hygiene/restore', restored)).toMatchObject({ telephones_restored: 3 });
  expect(await aside(operation)).toEqual(['3007654321', '573007654321']);
});

test('a telephone that asked not to be called is blocked as the list of customers has it, too', async () => {
  const operation = await service.operation({ numbering: NUMBERING });
  await addRecords(operation, [{ customer_id: '1', tel1: '3001234567' }]);
  const blocked = await postCampaign(operation, 'api=add_dnc', [
    { telephone: '573001234567', days_block: 30 },
  ]);
  expect(blocked.status).toBe(201);
  expect(await aside(operation)).toEqual(['3001234567', '573001234567']);
});

test('a customer who is removed takes all spellings along, unless another has one of them', async () => {
  const operation = await service.operation({ numbering: NUMBERING });
  await operation.upload([...DEAD, attempt({ telephone: '573007654321' })]);
  await addRecords(operation, [
    { customer_id: '1', tel1: '+573001234567', tel2: '3007654321' },
    { customer_id: '2', tel1: '9573007654321' },
  ]);
  const remove = (customer_id: string) =>
    callCampaign(operation, 'DELETE', 'api=remove_record&campaign_id=1001', { customer_id });
  expect((await remove('1')).status).toBe(202);
  expect(await aside(operation)).toEqual(SPELLINGS.slice(0, 3));
  expect((await remove('2')).status).toBe(202);
  expect(await aside(operation)).toEqual([
    ...SPELLINGS.slice(0, 2),
    '3007654321',
    '573001234567',
    '573007654321',
    '9573007654321',
  ]);
  const recalled = await callCampaign(operation, 'PUT', 'api=recall_records&campaign_id=1001', {
    field: 'customer_id',
    value: '2',
  });
  expect(recalled.status).toBe(202);
  expect(await aside(operation)).toEqual(SPELLINGS.slice(0, 3));
});

test('ids of customers are found by the line, as lists have it with the prefix of a dialer', async () => {
  const operation = await service.operation({ numbering: NUMBERING });
  await operation.upload([
    ...DEAD.map((one) => ({ ...one, telephone: '9573001234567' })),
    attempt({ telephone: '9573007654321', result: 'answer' }),
  ]);
  await addRecords(operation, [
    { customer_id: 'dead', tel1: '3001234567', tel2: '+573001234567' },
    { customer_id: 'half', tel1: '3001234567', tel2: '3007654321' },
    { customer_id: 'never dialed', tel1: '3009999999' },
  ]);
  const ids = async (more: Record<string, string>) =>
    (await ask(operation, 'export', { format: 'customer_ids', campaign_id: '1001', ...more })).body;
  expect(await ids({ verdict: 'invalid' })).toBe('dead');
  expect(await ids({})).toBe('');
  await post(operation, '/hygiene/quarantine', { rule: RULE, reason: 'dead' });
  expect(await aside(operation)).toEqual(['+573001234567', '3001234567', '9573001234567']);
  expect(await ids({})).toBe('dead');
  // Where nothing is declared it is another telephone.
  await operation.change({ numbering: null });
  expect(await ids({ verdict: 'invalid' })).toBe('');
});

test('the evidence of a telephone is that of its line, whole, page by page', async () => {
  const operation = await service.operation({ numbering: NUMBERING });
  const at = { dialed_at: '2026-11-04T10:00:00-05:00', attempt_id: 'the same' };
  await operation.upload([
    ...DEAD,
    ...SPELLINGS.map((telephone) => attempt({ telephone, ...at })),
    attempt({ telephone: '573007654321' }),
  ]);
  for (const asked of ['3001234567', encodeURIComponent('+573001234567')]) {
    const found: unknown[] = [];
    let cursor = '';
    do {
      const reply = await service.v1(
        'GET',
        `/telephones/${asked}/attempts?limit=1&cursor=${cursor}`,
        operation.token,
      );
      const { attempts, next_cursor }: { attempts: { telephone: string }[]; next_cursor: string | null } =
        JSON.parse(await reply.text());
      found.push(...attempts.map(({ telephone }) => telephone));
      cursor = next_cursor ?? '';
    } while (cursor !== '');
    expect(found).toEqual([...SPELLINGS.toReversed(), '573001234567', '3001234567']);
  }
});

test('a country without a numbering plan, and what is no prefix, is refused', async () => {
  const operation = await service.operation();
  for (const numbering of [
    { country: 'ZZ', dial_prefixes: [] },
    { country: 'co' },
    { country: 'CO', dial_prefixes: ['9', '9'] },
    { country: 'CO', dial_prefixes: ['(9)'] },
    { country: 'CO', dial_prefixes: [''] },
    { country: 'CO', dial_prefixes: Array.from({ length: 9 }, (_, prefix) => String(prefix)) },
  ])
    await expect(operation.change({ numbering })).rejects.toThrow('numbering');
});
