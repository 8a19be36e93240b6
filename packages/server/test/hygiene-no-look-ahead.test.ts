import { NUMBERING } from '@recuento/generator';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { casesOf } from './cases.js';
import { attempt, type SentAttempt, type TestOperation, TestService } from './harness.js';
import { ask, told } from './hygiene/asking.js';
import { fill, WORLD_ZONE, worldOptions } from './hygiene/world.js';
import { cdrLine } from './master-csv.js';

/** Whatever happened after a moment changes nothing of what is said of it; whatever came late and was before it does at once. */
const CASES = casesOf({ embedded: 3, server: 1, full: 40 });

let service: TestService;
let operation: TestOperation;
beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation({ time_zone: WORLD_ZONE, numbering: NUMBERING });
  await fill(operation, worldOptions('everything', 7, 2_500));
});
afterAll(() => service.stop());

const FIRST_S = Date.UTC(2026, 9, 12, 14) / 1_000;
const LAST_S = Date.UTC(2026, 9, 31, 20) / 1_000;
const HOUR_S = 3_600;
const iso = (seconds: number) => new Date(seconds * 1_000).toISOString();

/** All that is told of a moment, byte by byte. */
async function toldAt(as_of_s: number): Promise<string[]> {
  const as_of = iso(as_of_s);
  const window = { from: iso(as_of_s - 30 * 86_400), to: as_of };
  const asked: readonly (readonly [string, Record<string, string>])[] = [
    ['verdicts', { as_of }],
    ['verdicts', { as_of, sort: '-probability', limit: '50', campaign_id: '1001' }],
    ['verdicts', { as_of, format: 'csv' }],
    ['shares', { as_of }],
    ['trunks', window],
    ['trunk-faults', window],
  ];
  const bodies: string[] = [];
  for (const [path, query] of asked) {
    const { statusCode, body } = await ask(operation, path, query);
    expect([statusCode, body.slice(0, 200)]).toEqual([200, expect.any(String)]);
    bodies.push(body);
  }
  return bodies;
}

/** Attempts that would change much: on telephones and trunks of the operation, and on new ones. */
async function somethingAt(from_s: number, seed: number): Promise<SentAttempt[]> {
  const { verdicts } = await told<{ verdicts: { telephone: string }[] }>(operation, 'verdicts', {
    limit: '40',
    sort: seed % 2 === 0 ? 'telephone' : '-last_dialed_at',
    as_of: iso(from_s),
  });
  const telephones = ['new', ...verdicts.map(({ telephone }) => telephone)];
  return telephones.flatMap((telephone, index) =>
    Array.from({ length: 3 }, (_, day) =>
      attempt({
        telephone,
        campaign_id: 1_001 + ((seed + index) % 3),
        dialed_at: iso(from_s + index + day * (1 + (seed % 86_400))),
        trunk: ['bogota-1', 'satelite-1', 'new'][(seed + index) % 3],
        ...(index % 4 === 0 ? { result: 'answer' } : { result: 'failed', sip: 404 }),
      }),
    ),
  );
}

test(`nothing after a moment changes what is said of it, in ${CASES} cases`, async () => {
  const moment = fc.record({
    as_of_s: fc.oneof(
      fc.integer({ min: FIRST_S, max: LAST_S }),
      // The last second of an hour, the first, and the one in the middle.
      fc
        .tuple(fc.integer({ min: 0, max: 400 }), fc.constantFrom(0, 1, 1_800, HOUR_S - 1))
        .map(([hour, second]) => FIRST_S + hour * HOUR_S + second),
    ),
    after_s: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: HOUR_S })),
    seed: fc.nat(100_000),
    by_import: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(moment, async ({ as_of_s, after_s, seed, by_import }) => {
      const before = await toldAt(as_of_s);
      const attempts = await somethingAt(as_of_s + after_s, seed);
      if (by_import) await importCalls(attempts);
      else await operation.upload(attempts);
      expect(await toldAt(as_of_s)).toEqual(before);
    }),
    { numRuns: CASES, endOnFailure: true },
  );
}, 600_000);

test('attempts that come late, before the moment, change it at once', async () => {
  const as_of_s = LAST_S + 1_000;
  const before = await toldAt(as_of_s);
  expect(await toldAt(as_of_s)).toEqual(before);
  const attempts = await somethingAt(as_of_s - 20 * 86_400, 1);
  await operation.upload(attempts.slice(0, -3));
  const after = await toldAt(as_of_s);
  for (const [index, body] of after.entries()) {
    // A fault is no more likely by some calls that fail.
    if (index < 5) expect(body).not.toBe(before[index]);
  }
  await importCalls(attempts.slice(-3));
  expect((await toldAt(as_of_s)).slice(0, 4)).not.toEqual(after.slice(0, 4));
});

test('a fault that is brought in late is told at once, and its attempts are excluded', async () => {
  const own = await service.operation({ time_zone: 'UTC' });
  const at_s = Date.UTC(2026, 9, 20, 10) / 1_000;
  const dials = (count: number, from_s: number, fields: Partial<SentAttempt>) =>
    Array.from({ length: count }, (_, index) =>
      attempt({ telephone: `57${index}`, dialed_at: iso(from_s + index * 20), trunk: 'north', ...fields }),
    );
  const quiet = dials(300, at_s, { result: 'no_answer' }).map((one, index) =>
    index % 3 === 0 ? { ...one, result: 'answer' } : one,
  );
  await own.upload(quiet);
  const window = { from: iso(at_s), to: iso(at_s + 5 * HOUR_S) };
  const verdict = { as_of: window.to, telephone: '571' };
  expect(await told(own, 'trunk-faults', window)).toEqual({ faults: [], next_cursor: null });
  await own.upload(dials(60, at_s + 2 * HOUR_S, { result: 'failed', sip: 408 }));
  expect(await told(own, 'trunk-faults', window)).toMatchObject({
    faults: [{ kind: 'outage', start: iso(at_s + 2 * HOUR_S).replace('.000', ''), attempts: 60 }],
  });
  expect(await told(own, 'verdicts', verdict)).toMatchObject({ verdicts: [{ excluded_attempts: 1 }] });
});

async function importCalls(attempts: readonly SentAttempt[]): Promise<void> {
  const lines = attempts.map(({ telephone, dialed_at, result }, index) =>
    cdrLine({
      dst: telephone.replace(/\D/g, '') || '5799',
      start: dialed_at.slice(0, 19).replace('T', ' '),
      uniqueid: `${Date.parse(dialed_at) / 1_000}.${index}`,
      linkedid: `${Date.parse(dialed_at) / 1_000}.${index}`,
      disposition: result === 'answer' ? 'ANSWERED' : 'FAILED',
      billsec: result === 'answer' ? 12 : 0,
    }),
  );
  const query = new URLSearchParams({ format: 'asterisk-csv', campaign_id: '1001', time_zone: 'UTC' });
  const reply = await fetch(`${service.service.url}/v1/imports?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${operation.token}` },
    body: `${lines.join('\n')}\n`,
  });
  expect(await reply.json()).toMatchObject({ state: 'done', stored: attempts.length });
}
