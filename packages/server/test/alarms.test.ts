import type { Attempt } from '@recuento/contract';
import { WORLDS } from '@recuento/generator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Alarm, idOf } from '../src/hygiene/watch/alarm.js';
import { AlarmEvents } from '../src/hygiene/watch/alarm-events.js';
import { ADMIN_TOKEN, attempt, type TestOperation, TestService } from './harness.js';
import { at, attemptsOf, changed, minutesOf, UNTIL_S, watched } from './watch/watched.js';

/** `/v1/alarms` against a watch that is given the same attempts. */
let service: TestService;
let operation: TestOperation;
let attempts: Attempt[];
let silenced: Attempt[];

const DAY_S = 86_400;
const SILENCE = { kind: 'no_attempts', campaign_id: null, from_s: at(27, 10), until_s: at(27, 12) } as const;

beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation({ time_zone: 'America/Bogota' });
  const options = { ...WORLDS.everything, seed: 5, attempts: 30_000, until_s: UNTIL_S };
  const made = changed(attemptsOf(options), [
    { kind: 'machines_jump', campaign_id: null, from_s: at(20, 9), until_s: at(20, 17) },
  ]);
  attempts = changed(made, [SILENCE]);
  silenced = made.filter((one) => !attempts.includes(one));
  expect(silenced.length).toBeGreaterThan(50);
  await upload(attempts);
});
afterAll(() => service.stop());

async function upload(some: readonly Attempt[]): Promise<void> {
  const { services } = service.service;
  const owner = await services.accounts.operations.byServer(operation.server);
  for (let from = 0; from < some.length; from += 10_000) {
    const batch = some.slice(from, from + 10_000);
    await services.uploads.accept(owner, batch, services.admission.desk.stream(operation.server));
  }
}

interface Listed {
  readonly id: string;
  readonly kind: string;
  readonly start: string;
  readonly end: string | null;
  readonly query: string;
  readonly text: { readonly subject: string; readonly body: string };
  readonly [field: string]: unknown;
}

interface Page {
  readonly alarms: Listed[];
  readonly next_cursor: string | null;
}

async function ask(path: string, headers: Record<string, string> = {}) {
  const { url } = service.service;
  const sent = { authorization: `Bearer ${operation.token}`, ...headers };
  const reply = await fetch(`${url}/v1${path}`, { headers: sent });
  return { status: reply.status, headers: reply.headers, json: (await reply.json()) as Page };
}

const iso = (seconds: number) => new Date(seconds * 1_000).toISOString().replace('.000Z', 'Z');

async function list(since_s: number, as_of_s: number, more = ''): Promise<Listed[]> {
  const { status, json } = await ask(`/alarms?since=${iso(since_s)}&as_of=${iso(as_of_s)}${more}`);
  expect(status).toBe(200);
  return json.alarms;
}

/** What should be listed, as it is sent. */
function expected(some: readonly Attempt[], since_s: number, as_of_s: number) {
  const now_s = Math.floor((as_of_s + 1) / 60) * 60;
  const before = some.filter(({ dialed_at }) => dialed_at < now_s);
  const alarms = watched(minutesOf(before), now_s).alarms();
  return alarms.filter(({ end_s }) => end_s === null || end_s > since_s).map(sent);
}

function sent(alarm: Alarm) {
  const { kind, trunk, campaign_id, start_s, end_s, told_s, usual, seen, attempts } = alarm;
  const end = end_s === null ? null : iso(end_s);
  const fields = { kind, trunk, campaign_id, usual, seen, attempts };
  return { id: idOf(alarm), ...fields, start: iso(start_s), end, told_at: iso(told_s) };
}

function withoutTexts(alarms: readonly Listed[]) {
  return alarms.map(({ text: _text, query: _query, ...rest }) => rest);
}

test('alarms are those of the attempts before the moment, whatever was asked before', async () => {
  const moments = [
    at(21, 8),
    at(27, 9),
    at(27, 11) + 1_234,
    at(27, 12),
    at(27, 13) + 59,
    UNTIL_S - 1,
    at(16, 18),
  ];
  for (const as_of_s of moments) {
    const since_s = as_of_s - 7 * DAY_S;
    expect(withoutTexts(await list(since_s, as_of_s))).toEqual(expected(attempts, since_s, as_of_s));
  }
  const kinds = new Set((await list(at(5, 0), UNTIL_S - 1)).map(({ kind }) => kind));
  for (const kind of ['outage', 'congestion', 'wrong_number_format', 'machines_jump', 'no_attempts']) {
    expect(kinds).toContain(kind);
  }
});

test('an alarm keeps its id while it goes on, and gets its end later', async () => {
  const silence = async (as_of_s: number) =>
    (await list(at(27, 8), as_of_s)).find(({ kind }) => kind === 'no_attempts');
  expect(await silence(at(27, 10) + 600)).toBeUndefined();
  const open = await silence(at(27, 11));
  const over = await silence(at(27, 14));
  expect(open?.end).toBeNull();
  expect(over?.end).not.toBeNull();
  expect(over?.id).toBe(open?.id);
});

test('pages follow each other, and one alarm is found by its id', async () => {
  const [since_s, as_of_s] = [at(8, 0), at(30, 18)];
  const whole = await list(since_s, as_of_s);
  expect(whole.length).toBeGreaterThan(10);
  const paged: Listed[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const from = cursor === '' ? '' : `&cursor=${cursor}`;
    const { json } = await ask(`/alarms?since=${iso(since_s)}&as_of=${iso(as_of_s)}&limit=7${from}`);
    paged.push(...json.alarms);
    cursor = json.next_cursor;
  }
  expect(paged).toEqual(whole);
  const [first] = whole;
  expect((await ask(`/alarms/${first?.id}?as_of=${iso(as_of_s)}`)).json).toEqual(first);
  for (const id of ['nothing', `${'0'.repeat(8)}-${'0'.repeat(16)}`, 'ffffffff-0123456789abcdef']) {
    expect((await ask(`/alarms/${id}`)).status).toBe(404);
  }
});

test('each has a text for people, in their language and by the clock of the operation, and a call that shows its attempts', async () => {
  const path = `/alarms?since=${iso(at(27, 8))}&as_of=${iso(at(27, 11))}`;
  const { json, headers } = await ask(path, { 'accept-language': 'es' });
  expect(headers.get('content-language')).toBe('es');
  const silence = json.alarms.find(({ kind }) => kind === 'no_attempts');
  if (!silence) throw new Error('the silence is not told');
  expect(silence.text.subject).toMatch(
    /^No llegan intentos: toda la operación, desde 2026-10-27 (09:5\d|10:0\d)$/,
  );
  expect(silence.text.body).toContain('No llegó ningún intento.');
  expect(silence.text.body).toContain(silence.query);
  const english = (await list(at(27, 8), at(27, 14))).find(({ id }) => id === silence.id);
  expect(english?.text.subject).toMatch(/^Over: No attempts arrive, the whole operation, 2026-10-27 /);
  for (const { query, text } of await list(at(5, 0), UNTIL_S - 1)) {
    expect(text.subject + text.body).not.toMatch(/[{}]|undefined|null|NaN/);
    expect((await ask(query.replace('/v1', ''))).status).toBe(200);
  }
});

test('webhooks are told when an alarm begins, when it ends, and in the languages of all readers', async () => {
  const { accounts, watches } = service.service.services;
  let now_s = at(27, 9);
  const parts = { watches, operations: accounts.operations, now_ms: () => now_s * 1_000 };
  const { id } = await accounts.operations.byServer(operation.server);
  const told: unknown[] = [];
  let position: string | undefined;
  // Each time by somebody new, as after a restart, or on another node.
  const follow = async () => {
    for (;;) {
      const page = await new AlarmEvents(parts).page(id, position, 2);
      if (page.events.length === 0) return;
      told.push(...page.events);
      position = page.next;
    }
  };
  for (; now_s <= at(27, 13); now_s += 300) await follow();
  const silence = (await list(at(27, 8), at(27, 13))).find(({ kind }) => kind === 'no_attempts');
  const own = told.filter((event) => (event as { id: string }).id === silence?.id);
  expect(own).toMatchObject([
    { change: 'began', alarm: { kind: 'no_attempts', end: null } },
    { change: 'ended', alarm: { kind: 'no_attempts', end: silence?.end, text: { en: silence?.text } } },
  ]);
  expect(own).toMatchObject([{ alarm: { text: { es: {} } } }, {}]);
});

test('attempts that arrive late are counted when they were dialed: the silence is taken back', async () => {
  await upload(silenced);
  const all = [...attempts, ...silenced].toSorted((a, b) => a.dialed_at - b.dialed_at);
  for (const as_of_s of [at(27, 11), at(28, 9), UNTIL_S - 1]) {
    const found = await list(at(26, 0), as_of_s);
    expect(withoutTexts(found)).toEqual(expected(all, at(26, 0), as_of_s));
    expect(found.filter(({ kind }) => kind === 'no_attempts')).toEqual([]);
  }
});

test('who may read reports may read alarms, for 31 days back', async () => {
  const ingest = await operation.newToken(['ingest']);
  const headers = { authorization: `Bearer ${ingest}` };
  expect((await ask('/alarms', headers)).status).toBe(403);
  const administrator = { authorization: `Bearer ${ADMIN_TOKEN}` };
  expect((await ask(`/alarms?operation=${operation.server}`, administrator)).status).toBe(200);
  const as_of_s = at(31, 12);
  expect(await list(as_of_s - 31 * DAY_S, as_of_s)).not.toEqual([]);
  const { status } = await ask(`/alarms?since=${iso(as_of_s - 31 * DAY_S - 1)}&as_of=${iso(as_of_s)}`);
  expect(status).toBe(400);
});

test('an operation without attempts, or with few, has no alarms', async () => {
  const other = await service.operation();
  const asked = async () => (await service.v1('GET', '/alarms', other.token)).json();
  expect(await asked()).toEqual({ alarms: [], next_cursor: null });
  await other.upload(Array.from({ length: 50 }, () => attempt({ result: 'failed', sip: 404 })));
  expect(await asked()).toEqual({ alarms: [], next_cursor: null });
});
