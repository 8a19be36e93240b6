import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { at, crowd, dialsOf } from '../../client/test/dials.js';
import { DocumentedServer, type Fault } from '../../client/test/documented-server.js';
import { campaign8InOrder, type Dial, dialsIn } from '../../client/test/model.js';
import { TestClient, TestClock } from '../../client/test/test-client.js';
import { pull } from '../src/pull/pull.js';

/**
 * Any server that the vendor's page allows, any range, any counts: the file has exactly what was dialed, or there is no file
 * and a clear error.
 */
const DAYS = 40;
const CASES = 600;

let server: DocumentedServer;
let directory: string;
beforeAll(async () => {
  server = await DocumentedServer.start([]);
  directory = await mkdtemp(join(tmpdir(), 'recuento-pull-'));
});
afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

/** A second of the range in which more telephones were dialed than a reply may have rows, or just not. */
const crowds = fc.record({
  telephones: fc.oneof(fc.constant(0), fc.integer({ min: 4, max: 15 })),
  part: fc.nat({ max: 100 }),
});

/** What goes wrong while it is pulled; some of it never gets better. */
const troubles = fc.record({
  faults: fc.array(fc.constantFrom<Fault>('drop', 'cut-off', 'error', 'unavailable', 'third'), {
    maxLength: 4,
  }),
  /** The fault of every call from that one on; rarely any. */
  for_ever: fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    {
      weight: 1,
      arbitrary: fc.record({
        from: fc.integer({ min: 1, max: 8 }),
        fault: fc.constantFrom<Fault>('drop', 'third', 'error', 'backup'),
      }),
    },
  ),
  callsPerDay: fc.oneof(
    { weight: 5, arbitrary: fc.constant(100_000) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 6 }) },
  ),
});

const behaviours = fc.record({
  rowLimit: fc.constantFrom(5, 12, 50),
  beyond: fc.constantFrom('cut', 'refuse'),
  code: fc.constantFrom('number', 'string'),
  empty: fc.constantFrom(404, 200),
  cursor: fc.boolean(),
  strict: fc.boolean(),
  always200: fc.boolean(),
  values: fc.constantFrom('string', 'number'),
} as const);

const requests = fc
  .record({
    campaign: fc.constantFrom('1', '2', 'all'),
    from: fc.oneof(fc.constant(0), fc.nat({ max: DAYS * 86_400 - 1 })),
    seconds: fc.oneof(
      { weight: 1, arbitrary: fc.nat({ max: 3 }) },
      { weight: 1, arbitrary: fc.nat({ max: 86_400 }) },
      { weight: 3, arbitrary: fc.integer({ min: 3 * 86_400, max: DAYS * 86_400 }) },
    ),
    window_days: fc.constantFrom(1, 7, 31),
    format: fc.constantFrom('csv', 'ndjson'),
  } as const)
  .filter(({ seconds, window_days }) => seconds / 86_400 / window_days < 20);

/** What may end a pull: each says what it is. */
const CLEAR = {
  TooLargeError: /single second .* is too large/,
  LimitError: /TOKEN LIMIT EXCEEDED|SIMULTANEOUS/,
  ConnectionError: /connection|cut off|No whole reply/,
  ServerError: /SOMETHING FAILED|TRY LATER/,
  AuthorizationError: /SERVER IN BACKUP/,
} as const;

/** Rows of the file as objects, whichever format it has. */
async function rowsOf(file: string, format: 'csv' | 'ndjson'): Promise<unknown[]> {
  const text = await readFile(file, 'utf8');
  if (format === 'ndjson')
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  const [names = [], ...rows] = parseCsv(text);
  return rows.map((cells) =>
    Object.fromEntries(names.map((name, at) => [name, at === 0 ? cells[at] : Number(cells[at])])),
  );
}

/** RFC 4180, read with no help of what wrote it; one apostrophe at a cell's beginning is taken away, as documented. */
function parseCsv(text: string): string[][] {
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  const rows: string[][] = [];
  let row: string[] = [];
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (!found) throw new Error(`not RFC 4180: ${text}`);
    const value = found[1]?.replaceAll('""', '"') ?? found[2] ?? '';
    row.push(value.replace(/^'/, ''));
    if (found[3] === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** A single second with as many telephones as a reply may have, so that nothing can be known of it without `cursor`. */
function hasFullSecond(dials: readonly Dial[], rowLimit: number): boolean {
  const telephones = new Map<string, Set<string>>();
  for (const { at: second, telephone, result } of dials) {
    if (result === 'answer') continue;
    telephones.set(second, (telephones.get(second) ?? new Set()).add(telephone));
  }
  return [...telephones.values()].some(({ size }) => size >= rowLimit);
}

test(`in ${CASES} cases a pull gives exactly the model's counts, or a clear error`, {
  timeout: 300_000,
}, async () => {
  const outcomes = new Map<string, number>();
  let nr = 0;
  const property = fc.asyncProperty(
    dialsOf(DAYS, 120),
    crowds,
    behaviours,
    requests,
    troubles,
    async (spread, { telephones, part }, behaviour, request, { faults, for_ever, callsPerDay }) => {
      nr += 1;
      const second = at(request.from + Math.floor((request.seconds * part) / 100));
      const dialed = [...spread, ...crowd(telephones, second)];
      const fault = (call: number) => (for_ever && call >= for_ever.from ? for_ever.fault : faults[call - 1]);
      server.become(dialed, { ...behaviour, callsPerDay, fault });
      const file = join(directory, `${nr}.${request.format}`);
      const clock = new TestClock(join(directory, 'state'));
      const client = new TestClient(
        { baseUrl: server.url, rowLimit: behaviour.rowLimit, callsPerDay: 1_000_000 },
        clock,
      );
      const [from, to] = [at(request.from), at(request.from + request.seconds)];
      const job = { ...request, client, base_url: server.url, api: 'campaign_8', from, to, file } as const;
      const pulled: unknown = await pull(job).catch((error: unknown) => error);
      const within = dialsIn(dialed, request.campaign, from, to);
      const outcome = pulled instanceof Error ? pulled.name : 'whole';
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      if (pulled instanceof Error) {
        expect(CLEAR).toHaveProperty(outcome);
        expect(pulled.message).toMatch(CLEAR[outcome as keyof typeof CLEAR]);
        if (outcome === 'TooLargeError') expect(hasFullSecond(within, behaviour.rowLimit)).toBe(true);
        else expect(for_ever !== undefined || callsPerDay < 100_000).toBe(true);
        expect(await readdir(directory)).not.toContain(`${nr}.${request.format}`);
        return;
      }
      expect(await rowsOf(file, request.format)).toEqual(campaign8InOrder(within));
      const { windows } = JSON.parse(await readFile(`${file}.manifest.json`, 'utf8'));
      const recognized = within.filter(({ result }) => result !== 'answer').length;
      expect(windows.reduce((sum: number, window: { sum: number }) => sum + window.sum, 0)).toBe(recognized);
      expect(await readdir(directory)).not.toContain(`${nr}.${request.format}.parts`);
    },
  );
  await fc.assert(property, { numRuns: CASES });
  // Each kind of outcome was met: none of the promises above was kept for want of a case.
  expect(outcomes.get('whole')).toBeGreaterThan(CASES / 2);
  for (const name of Object.keys(CLEAR)) expect(outcomes.get(name) ?? 0, name).toBeGreaterThan(0);
});
