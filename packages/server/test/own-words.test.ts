import { type ImportDocument, MACHINE_CODES, type MachineCode, OWN_WORDS_MAX } from '@recuento/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { json } from './freeswitch-records.js';
import { ADMIN_TOKEN, attempt, NOVEMBER, type TestOperation, TestService } from './harness.js';

/** Result words of a site's own, wherever they can come from. Each test has an operation of its own. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start({ trunks: { west: { outcomes: { 'disposition:CG': 'busy' } } } });
});
afterAll(() => service.stop());

const MAP = 'telephone=DNIS,dialed_at=TIMESTAMP,result=DISPOSITION,attempt_id=CALL ID,trunk=ROUTE';

function post(operation: TestOperation, body: string, parameters: Record<string, string>): Promise<Response> {
  const query = new URLSearchParams({ campaign_id: '1', time_zone: 'UTC', ...parameters });
  return fetch(`${service.service.url}/v1/imports?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${operation.token}` },
    body,
  });
}

async function imported(
  operation: TestOperation,
  body: string,
  parameters: Record<string, string>,
): Promise<ImportDocument> {
  const reply = await post(operation, body, parameters);
  const document = (await reply.json()) as ImportDocument;
  expect(reply.status, JSON.stringify(document)).toBe(202);
  const { read, stored, unchanged, joined, skipped, rejected } = document;
  expect(stored + unchanged + joined + skipped + rejected).toBe(read);
  return document;
}

/** A csv as Five9 exports it, with as many calls as results. */
function calls(...results: readonly (string | readonly [result: string, trunk: string])[]): string {
  const rows = results.map((result, nr) => {
    const [word, trunk] = typeof result === 'string' ? [result, ''] : result;
    return `${nr},2026-11-03 09:${String(10 + nr)}:10,"${word.replaceAll('"', '""')}",30022200${String(10 + nr)},${trunk}`;
  });
  return ['CALL ID,TIMESTAMP,DISPOSITION,DNIS,ROUTE', ...rows, ''].join('\n');
}

/** Machine recognitions by telephone, and how many attempts have each other code. */
async function codes(operation: TestOperation): Promise<Record<string, string>> {
  const query = 'campaign_id=1&from=2026-11-01T00:00:00Z&to=2026-11-30T00:00:00Z&interval=day';
  const machine = await operation.campaign8(1, ...NOVEMBER);
  const told = machine.status === 404 ? [] : machine.json.data;
  const trend = await service.v1('GET', `/trend?${query}`, operation.token);
  const { trend: rows } = (await trend.json()) as { trend: Record<MachineCode, number>[] };
  const recognised = Object.fromEntries(
    told.map((row) => [row.telephone, MACHINE_CODES.find((code) => row[code] === '1') ?? '']),
  );
  const others = MACHINE_CODES.slice(5).flatMap((code) => {
    const count = rows.reduce((sum, row) => sum + row[code], 0);
    return count === 0 ? [] : [[code, String(count)] as const];
  });
  return { ...recognised, ...Object.fromEntries(others) };
}

const FIVE9 = ['No Answer', 'Operator Intercept', 'Dial Error', 'Sent To Voicemail', 'Hardware Timeout'];
const FIVE9_WORDS =
  'Operator Intercept=failed,Dial Error=failed,Sent To Voicemail=answer_machine,Hardware Timeout=no_answer';

test('words that no table knows are rejected and listed; declared, the file again is what it says, and so are the next ones', async () => {
  const operation = await service.operation({ time_zone: 'UTC' });
  const csv = { format: 'csv', map: MAP };
  const first = await imported(operation, calls(...FIVE9, 'dial error', ''), csv);
  expect(first).toMatchObject({
    stored: 1,
    rejected: 6,
    own_words: 0,
    unknown_words: [
      { word: 'Dial Error', lines: 2, rejected: 2 },
      { word: 'Hardware Timeout', lines: 1, rejected: 1 },
      { word: 'Operator Intercept', lines: 1, rejected: 1 },
      { word: 'Sent To Voicemail', lines: 1, rejected: 1 },
    ],
    unknown_words_unlisted: 0,
  });
  const declared = await imported(operation, calls(...FIVE9), { ...csv, words: FIVE9_WORDS });
  // The first call is told as before by another reading of the file.
  expect(declared).toMatchObject({ rejected: 0, own_words: 4, unknown_words: [] });
  const expected = {
    '3002220010': 'no_answer',
    '3002220011': 'failed',
    '3002220012': 'failed',
    '3002220013': 'answer_machine',
    '3002220014': 'no_answer',
  };
  expect(await codes(operation)).toEqual(expected);
  // Without a word about them: the operation knows them, in every format, and its record is there later.
  const next = await imported(operation, calls(...FIVE9), csv);
  expect(next).toMatchObject({ stored: 0, unchanged: 5, own_words: 4 });
  const shown = await service.v1('GET', `/imports/${first.id}`, operation.token);
  expect(await shown.json()).toEqual(first);
});

test('a word that comes with an import holds before the kept one, is kept, and changes nothing by itself', async () => {
  const operation = await service.operation({ time_zone: 'UTC', words: { 'dial-error': 'busy' } });
  const csv = { format: 'csv', map: MAP };
  await imported(operation, calls('Dial Error'), csv);
  expect(await codes(operation)).toEqual({ '3002220010': 'busy' });
  await operation.change({ words: { 'Dial Error': 'failed' } });
  expect(await codes(operation)).toEqual({ '3002220010': 'busy' });
  await imported(operation, calls('Dial Error'), { ...csv, words: 'DIAL ERROR=congestion' });
  expect(await codes(operation)).toEqual({ '3002220010': 'congestion' });
  expect(await wordsOf(operation)).toEqual({ 'DIAL ERROR': 'congestion' });
});

async function wordsOf({ server }: TestOperation): Promise<unknown> {
  const reply = await service.v1('GET', '/operations', ADMIN_TOKEN);
  const { operations } = (await reply.json()) as { operations: { server: string; words: unknown }[] };
  return operations.find((one) => one.server === server)?.words;
}

test('words of a trunk, and of any other', async () => {
  const operation = await service.operation({
    time_zone: 'UTC',
    words: { CG: 'congestion', 'CG@north': 'failed' },
  });
  const file = calls('CG', ['CG', 'north'], ['CG', 'west'], ['CG', 'south']);
  await imported(operation, file, { format: 'csv', map: MAP });
  expect(await codes(operation)).toEqual({
    '3002220010': 'congestion',
    '3002220011': 'failed',
    '3002220012': 'busy', // the configuration's of the trunk
    '3002220013': 'congestion',
  });
});

const VICIDIAL = [
  'call_date\tphone_number_dialed\tstatus\tuser\tfull_name\tcampaign_id\tvendor_lead_code\tlist_id\tphone_code\tphone_number\tlength_in_sec\tlead_id\tuniqueid',
  ...['BUZON\t1001', 'NOCON\t1002', 'buzon\t1003', 'CG\tVDAD'].map(
    (status, nr) =>
      `2026-11-03 09:1${nr}:10\t300333000${nr}\t${status}\tAna\tC\tX\t1\t57\t300333000${nr}\t8\t${nr}\t1793697010.${nr}`,
  ),
  '',
].join('\n');

test("an agent's own status is unknown and never an answer, until it is declared", async () => {
  const operation = await service.operation({ time_zone: 'UTC' });
  const first = await imported(operation, VICIDIAL, { format: 'auto' });
  expect(first).toMatchObject({
    format: 'vicidial-export',
    stored: 3,
    rejected: 1,
    codes: { unknown: 3 },
    unknown_words: [
      { word: 'BUZON', lines: 2, rejected: 0 },
      { word: 'CG', lines: 1, rejected: 1 },
      { word: 'NOCON', lines: 1, rejected: 0 },
    ],
  });
  expect(await codes(operation)).toEqual({ unknown: '3' });
  const rejects = await service.v1('GET', `/imports/${first.id}/rejects`, operation.token);
  expect(await rejects.json()).toMatchObject({
    rejects: [{ line: 5, reason: 'status is none of Vicidial, and no agent gave it' }],
  });
  await imported(operation, VICIDIAL, {
    format: 'auto',
    words: 'BUZON=answer_machine,NOCON=no_answer,CG=congestion',
  });
  expect(await codes(operation)).toEqual({
    '573003330000': 'answer_machine',
    '573003330001': 'no_answer',
    '573003330002': 'answer_machine',
    '573003330003': 'congestion',
  });
});

test('uploads and calls as they end know them too; a machine code stays what it is', async () => {
  const operation = await service.operation({
    time_zone: 'UTC',
    words: { BUZON: 'answer_machine', 'BUZON@north': 'busy', failed: 'congestion', MYSTERY: 'no_answer' },
  });
  const upload = (parameters: string, ...fields: Parameters<typeof attempt>[0][]) =>
    service.v1(
      'POST',
      `/attempts${parameters}`,
      operation.token,
      fields.map((field) => attempt({ campaign_id: 1, ...field })),
    );
  const first = await upload(
    '',
    { telephone: '3001', result: 'Buzón'.normalize('NFD').replace(/\p{M}/u, '') },
    { telephone: '3002', result: 'BUZON', trunk: 'north' },
    { telephone: '3003', result: 'failed' },
  );
  expect(first.status).toBe(201);
  const refused = await upload('?words=NOCON%3Dno_answer', { telephone: '3004', result: 'CG' });
  expect(refused.status).toBe(422);
  expect(await wordsOf(operation)).not.toHaveProperty('NOCON');
  const skipped = await upload(
    '?on_error=skip&words=NOCON%3Dno_answer',
    { telephone: '3005', result: 'NOCON' },
    { telephone: '3006', result: 'CG' },
  );
  expect(await skipped.json()).toMatchObject({
    received: 1,
    rejected: [{ index: 1, field: 'result', reason: expect.stringContaining('none of no_answer') }],
  });
  expect((await upload('', { telephone: '3007', result: 'nocon' })).status).toBe(201);
  const call = json({ hangup_cause: 'MYSTERY', sip_term_status: '', proto_specific_hangup_cause: '' });
  const hook = await fetch(`${service.service.url}/v1/hooks/freeswitch?campaign_id=1`, {
    method: 'POST',
    headers: { authorization: `Bearer ${operation.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(call),
  });
  expect(hook.status, await hook.text()).toBe(204);
  expect(await codes(operation)).toEqual({
    '3001': 'answer_machine',
    '3002': 'busy',
    '3003': 'failed',
    '3005': 'no_answer',
    '3007': 'no_answer',
    '573001234567': 'no_answer',
  });
});

test('one key and body with other words is another upload', async () => {
  const operation = await service.operation();
  const send = (words: string) =>
    fetch(`${service.service.url}/v1/attempts?words=${encodeURIComponent(words)}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${operation.token}`,
        'content-type': 'application/json',
        'idempotency-key': 'k',
      },
      body: JSON.stringify([attempt({ attempt_id: 'one', result: 'BUZON' })]),
    });
  const statuses = [];
  for (const result of ['busy', 'busy', 'failed']) statuses.push((await send(`BUZON=${result}`)).status);
  expect(statuses).toEqual([201, 201, 409]);
});

test('bad words are refused by name, before anything of the file is read, and nothing is kept', async () => {
  const operation = await service.operation();
  for (const words of ['BUZON=mailbox', 'BUZON', 'BUZON=busy,buzon=failed', '"BUZON=busy', '-=busy']) {
    const reply = await post(operation, calls('BUZON'), { format: 'csv', map: MAP, words });
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({
      id: 'bad-parameter',
      title: expect.anything(),
      detail: expect.stringContaining('words'),
    });
  }
  for (const words of [{ BUZON: 'mailbox' }, { 'a=b': 'busy' }, { '': 'busy' }, 'BUZON=busy']) {
    const reply = await service.v1('PATCH', `/operations/${operation.server}`, ADMIN_TOKEN, { words });
    expect(reply.status).toBe(422);
    expect(await reply.json()).toMatchObject({ id: 'invalid-records' });
  }
  // A file that is of no format leaves no words behind.
  const reply = await post(operation, 'nothing\n', { format: 'auto', words: 'BUZON=busy' });
  expect(reply.status).toBe(422);
  expect(await wordsOf(operation)).toEqual({});
});

test('an operation has as many words as the limit, one more is refused, and one that is forgotten makes room', async () => {
  const words = Object.fromEntries(Array.from({ length: OWN_WORDS_MAX }, (_, nr) => [`w${nr}`, 'busy']));
  const operation = await service.operation({ words });
  const csv = { format: 'csv', map: MAP };
  const more = await post(operation, calls('BUZON'), { ...csv, words: 'BUZON=busy' });
  expect(more.status).toBe(400);
  const path = `/operations/${operation.server}`;
  expect((await service.v1('PATCH', path, ADMIN_TOKEN, { words: { BUZON: 'busy' } })).status).toBe(422);
  expect((await post(operation, calls('BUZON'), { ...csv, words: 'W7=failed' })).status).toBe(202);
  await operation.change({ words: { w8: null, BUZON: 'busy' } });
  expect(await wordsOf(operation)).toEqual({
    ...Object.fromEntries(Object.entries(words).filter(([word]) => word !== 'w7' && word !== 'w8')),
    W7: 'failed',
    BUZON: 'busy',
  });
});

/** What files are made of: of some words nothing is known, some are declared, and some are the table's. */
const WORDS = ['BUZON', 'bu zon', 'NOCON', 'CG', 'No Answer', 'busy', 'queued', ''];
const words = fc.dictionary(
  fc.constantFrom('BUZON', 'NOCON', 'CG', 'BUSY'),
  fc.constantFrom(...MACHINE_CODES),
);

test('every line is accounted for, and each word is what was declared of it last', async () => {
  const KNOWN: Readonly<Record<string, MachineCode | 'skipped'>> = {
    noanswer: 'no_answer',
    busy: 'busy',
    queued: 'skipped',
  };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 12 }),
      words,
      words,
      async (results, kept, given) => {
        const operation = await service.operation({ time_zone: 'UTC', words: kept });
        const text = Object.entries(given)
          .map(([word, result]) => `${word}=${result}`)
          .join();
        const document = await imported(operation, calls(...results), {
          format: 'csv',
          map: MAP,
          ...(text !== '' && { words: text }),
        });
        const own = new Map(
          Object.entries({ ...kept, ...given }).map(([word, result]) => [word.toLowerCase(), result]),
        );
        const expected = results.map((word) => {
          const folded = word.toLowerCase().replaceAll(' ', '');
          return own.get(folded) ?? KNOWN[folded] ?? (word === '' ? 'empty' : 'unknown word');
        });
        const count = (what: string) => expected.filter((one) => one === what).length;
        expect(document).toMatchObject({
          read: results.length + 1,
          skipped: 1 + count('skipped'),
          rejected: count('empty') + count('unknown word'),
          own_words: own.size,
        });
        const listed = document.unknown_words.reduce((sum, { lines }) => sum + lines, 0);
        expect(listed + document.unknown_words_unlisted).toBe(count('unknown word'));
        for (const code of MACHINE_CODES) expect(document.codes[code] ?? 0, code).toBe(count(code));
      },
    ),
    { numRuns: 15 },
  );
});
