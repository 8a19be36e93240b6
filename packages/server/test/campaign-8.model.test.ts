import { MACHINE_CODES } from '@recuento/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { casesOf } from './cases.js';
import { type SentAttempt, type TestOperation, TestService } from './harness.js';
import { Tally } from './model/tally.js';
import { digits, firstInstant } from './model/wall-clock.js';

/**
 * The report against a plain in-memory model: duplicates, replacements, window edges, clock changes, odd telephones. Operations and
 * uploads take most of the time, so few cases have many attempts and windows each.
 */
const CASES = casesOf({ embedded: 50, server: 20, full: 1_000 });
const WINDOWS = 3;
const PAGE_ROWS = 5;

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

/** A zone with a wall time at which its clock changes (or nothing happens), in seconds as if UTC. */
const MOMENTS = [
  { zone: 'America/Bogota', wall_s: Date.UTC(2026, 10, 3, 0, 0, 0) / 1_000 },
  { zone: 'America/New_York', wall_s: Date.UTC(2026, 2, 8, 2, 0, 0) / 1_000 },
  { zone: 'America/New_York', wall_s: Date.UTC(2026, 10, 1, 1, 0, 0) / 1_000 },
  { zone: 'Europe/Madrid', wall_s: Date.UTC(2026, 2, 29, 2, 0, 0) / 1_000 },
  { zone: 'Europe/Madrid', wall_s: Date.UTC(2026, 9, 25, 2, 0, 0) / 1_000 },
  { zone: 'Australia/Lord_Howe', wall_s: Date.UTC(2026, 3, 5, 1, 30, 0) / 1_000 },
  { zone: 'America/Santiago', wall_s: Date.UTC(2026, 8, 6, 0, 0, 0) / 1_000 },
  { zone: 'Asia/Kathmandu', wall_s: Date.UTC(2026, 11, 31, 23, 59, 59) / 1_000 },
];

const telephone = fc.oneof(
  fc.constantFrom(
    '573001234567',
    '0573001234567',
    '+573001234567',
    '3001234567',
    '573001234568',
    '57300',
    '0',
    '00',
  ),
  fc.constantFrom(
    "'); DROP TABLE attempts; --",
    '"quoted"',
    '\\',
    '\\n',
    '{after:String}',
    ' 57',
    '5 7',
    '57 ',
    'ñandú',
    '☎️',
    '😀',
    '%00',
    'é',
  ),
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .filter((text) => !/\p{Cc}|\p{Surrogate}/u.test(text) && text.trim() !== ''),
);

const offset_s = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -7_300, max: 7_300 }));

const dial = fc.record({
  attempt_id: fc.constantFrom('a', 'b', 'c', "d'", 'e\\'),
  campaign_id: fc.constantFrom(1, 2, 2 ** 32 - 1),
  telephone,
  offset_s,
  result: fc.constantFrom(...MACHINE_CODES),
});

const scenario = fc.record({
  moment: fc.constantFrom(...MOMENTS),
  uploads: fc.array(fc.array(dial, { minLength: 1, maxLength: 24 }), { minLength: 1, maxLength: 3 }),
  /** Indices of dials that are delivered again, with another result, in an upload of their own. */
  replaced: fc.array(fc.tuple(fc.nat(40), fc.constantFrom(...MACHINE_CODES)), { maxLength: 6 }),
  windows: fc.array(fc.tuple(offset_s, fc.nat(8_000)), { minLength: WINDOWS, maxLength: WINDOWS }),
});

test(`agrees with the model in ${CASES} generated cases, for one campaign and all, with and without cursor`, async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(scenario, async ({ moment, uploads, replaced, windows }) => {
      const center_s = firstInstant(moment.wall_s, moment.zone);
      const settings = { time_zone: moment.zone, limits: { max_rows: PAGE_ROWS } };
      const [operation, neighbour] = [await service.operation(settings), await service.operation(settings)];
      const tally = new Tally();
      const sent = uploads.map((upload) => upload.map((one) => sentAttempt(one, center_s)));
      const again = replaced.flatMap(([at, result]) => {
        const original = sent.flat()[at];
        return original ? [{ ...original, result }] : [];
      });
      for (const upload of [...sent, again]) {
        await operation.upload(upload);
        tally.deliver(upload.map((one) => ({ ...one, telephone: one.telephone.trim() })));
      }
      // The neighbour has the same telephones, campaigns and identities with other results.
      await neighbour.upload(sent.flat().map((one) => ({ ...one, result: 'failed' })));
      for (const [from, length] of windows) {
        const first_s = moment.wall_s + from;
        const last_s = first_s + length;
        const from_s = firstInstant(first_s, moment.zone);
        const until_s = firstInstant(last_s + 1, moment.zone);
        for (const campaign of [1, 'all'] as const) {
          const rows = tally.campaign8(campaign, from_s, until_s);
          await expectReport(operation, campaign, digits(first_s), digits(last_s), rows);
          compared += 1;
        }
      }
    }),
    { numRuns: CASES, endOnFailure: false },
  );
  expect(compared).toBeGreaterThanOrEqual(CASES * WINDOWS * 2);
}, 1_200_000);

/** A dial whose time is told from the moment of the case. */
interface Dial {
  attempt_id: string;
  campaign_id: number;
  telephone: string;
  offset_s: number;
  result: string;
}

function sentAttempt({ offset_s: from_center_s, ...dial }: Dial, center_s: number): SentAttempt {
  return { ...dial, dialed_at: new Date((center_s + from_center_s) * 1_000).toISOString() };
}

async function expectReport(
  operation: TestOperation,
  campaign: number | 'all',
  date_ini: string,
  date_end: string,
  rows: Record<string, string>[],
): Promise<void> {
  const whole = await operation.campaign8(campaign, date_ini, date_end);
  if (rows.length === 0) expect(whole.status).toBe(404);
  else if (rows.length > PAGE_ROWS) {
    expect(whole.status).toBe(413);
    expect(whole.json.msg).toContain(`THE RESULT HAS ${rows.length} ROWS`);
  } else {
    expect(whole.json).toEqual({
      code: 200,
      error: null,
      msg: `${rows.length} records were found`,
      data: rows,
    });
  }
  expect(await walk(operation, campaign, date_ini, date_end)).toEqual(rows);
}

/** All pages, by their cursors. */
async function walk(operation: TestOperation, campaign: number | 'all', date_ini: string, date_end: string) {
  const rows: Record<string, string>[] = [];
  let cursor: string | null | undefined = '';
  while (typeof cursor === 'string') {
    const page = await operation.campaign8(campaign, date_ini, date_end, { cursor });
    if (page.status === 404 && cursor === '') return rows;
    expect(page.status).toBe(200);
    expect(page.json.data.length).toBeLessThanOrEqual(PAGE_ROWS);
    rows.push(...page.json.data);
    cursor = page.json.next_cursor;
  }
  expect(cursor).toBeNull();
  return rows;
}
