import type { ImportDocument } from '@recuento/contract';
import { IMPORT_FORMATS } from '@recuento/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { casesOf } from './cases.js';
import { ASTERISK_FILES } from './dialer-files/asterisk.js';
import type { DialedLeg, FileKind } from './dialer-files/file-kind.js';
import { FREESWITCH_FILES } from './dialer-files/freeswitch.js';
import { OTHER_FILES } from './dialer-files/others.js';
import { VICIDIAL_FILES } from './dialer-files/vicidial.js';
import { attempt, NOVEMBER, type TestOperation, TestService } from './harness.js';
import { Tally } from './model/tally.js';

/**
 * Of every format: files shuffled, with records twice, and cut into parts that come in any order and again, give the
 * same report as the whole file, byte for byte; and that report is what a plain model says.
 */
/** Of each format. What takes time is how many files a case has, and not how many legs are in them. */
const CASES = casesOf({ embedded: 4, server: 1, full: 100 });
const LEGS = { minLength: 8, maxLength: 40 };
const FILES = [...ASTERISK_FILES, ...FREESWITCH_FILES, ...VICIDIAL_FILES, ...OTHER_FILES];

let service: TestService;
/** One gets the whole files, the other one their parts. */
let whole: TestOperation;
let parts: TestOperation;
let campaigns = 0;
beforeAll(async () => {
  service = await TestService.start();
  [whole, parts] = [await service.operation(), await service.operation()];
});
afterAll(() => service.stop());

const legOf = (words: readonly string[]): fc.Arbitrary<DialedLeg> =>
  fc.record({
    call: fc.nat(4),
    telephone: fc.constantFrom('573001234567', '573001234568', '0573001234567'),
    word: fc.constantFrom(...words),
    late_s: fc.nat(50),
    seconds: fc.nat(2),
    trunk: fc.constantFrom('north', 'south'),
    way: fc.nat(2),
  });

/** A file's legs, and the parts in which they come: all of them in the end, some of them before and after. */
const cutOf = (words: readonly string[]) =>
  fc.array(legOf(words), LEGS).chain((legs) =>
    fc
      .record({
        before: fc.shuffledSubarray(legs),
        all: fc.shuffledSubarray(legs, { minLength: legs.length }),
        again: fc.shuffledSubarray(legs),
        cut: fc.nat(legs.length),
      })
      .map(({ before, all, again, cut }) => ({
        legs,
        parts: [before, all.slice(0, cut), [...all.slice(cut), ...again], again].filter(
          (part) => part.length > 0,
        ),
      })),
  );

test('every format is among them', () => {
  expect([...new Set(FILES.map(({ format }) => format))].sort()).toEqual([...IMPORT_FORMATS].sort());
});

test.each(FILES)(
  '$name: the order of records and of files makes no difference',
  async (kind) => {
    await fc.assert(
      fc.asyncProperty(cutOf(kind.words), async ({ legs, parts: pieces }) => {
        campaigns += 1;
        const campaign_id = campaigns;
        await imported(whole, kind, legs, campaign_id);
        for (const piece of pieces) await imported(parts, kind, piece, campaign_id);
        const report = await reportOf(whole, campaign_id);
        expect(await reportOf(parts, campaign_id)).toBe(report);
        expect(JSON.parse(report).data).toEqual(modelOf(kind, legs));
        const [stored, same] = [
          await storedBy(whole, kind, campaign_id),
          await storedBy(parts, kind, campaign_id),
        ];
        expect(same).toBe(stored);
        // What was told already adds nothing.
        expect((await imported(parts, kind, legs, campaign_id)).stored).toBe(0);
      }),
      { numRuns: CASES },
    );
  },
  900_000,
);

/** The bytes of `campaign_8`, as a caller gets them. */
async function reportOf(operation: TestOperation, campaign_id: number): Promise<string> {
  const [date_ini, date_end] = NOVEMBER;
  const query = new URLSearchParams({
    api: 'campaign_8',
    campaign_id: String(campaign_id),
    date_ini,
    date_end,
  });
  const reply = await fetch(`${service.service.url}/api/v2/reports_manager.php?${query}`, {
    headers: { 'wolkvox-token': operation.token },
  });
  return reply.text();
}

/** Imports a file of these legs; every record of it is accounted for. */
async function imported(
  operation: TestOperation,
  kind: FileKind,
  legs: readonly DialedLeg[],
  campaign_id: number,
): Promise<ImportDocument> {
  const { body, read, rejected } = kind.file(legs, campaign_id);
  const query = new URLSearchParams({
    format: kind.format,
    campaign_id: String(campaign_id),
    time_zone: 'UTC',
    ...kind.query,
  });
  const reply = await fetch(`${service.service.url}/v1/imports?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${operation.token}` },
    body,
  });
  const text = await reply.text();
  expect(reply.status, text).toBe(202);
  const document: ImportDocument = JSON.parse(text);
  const { stored, unchanged, joined, skipped } = document;
  expect(document).toMatchObject({ state: 'done', read, rejected });
  expect(stored + unchanged + joined + skipped + rejected).toBe(read);
  return document;
}

const WEAKEST_FIRST = ['no_answer', 'failed', 'congestion', 'busy', 'answer', 'answer_machine', 'recall'];

/** `campaign_8` of these legs, plainly: the strongest of each call and telephone holds. */
function modelOf(kind: FileKind, legs: readonly DialedLeg[]): Record<string, string>[] {
  const tally = new Tally();
  const attempts = legs.map((leg) =>
    attempt({
      attempt_id: kind.keyOf?.(leg) ?? String(leg.call),
      telephone: leg.telephone,
      result: kind.codeOf(leg),
    }),
  );
  const strength = ({ result }: { result: string }) => WEAKEST_FIRST.indexOf(result);
  tally.deliver(attempts.sort((a, b) => strength(a) - strength(b)));
  return tally.campaign8('all', 0, Number.POSITIVE_INFINITY);
}

/** All that is stored of the attempts, more than a report shows. */
async function storedBy(operation: TestOperation, kind: FileKind, campaign_id: number): Promise<string> {
  const { accounts, engine } = service.service.services;
  const { id } = await accounts.operations.byServer(operation.server);
  const bytes = await engine.read({
    sql: `SELECT telephone, attempt_id, ${kind.times_move ? '' : 'dialed_at,'} result, amd, duration_seconds, trunk, sip,
        cause, evidence, said, agent_id, customer_id, record
      FROM (SELECT * FROM told WHERE operation_id = ${id} AND campaign_id = ${campaign_id}
        ORDER BY version DESC LIMIT 1 BY telephone, dialed_at, attempt_id) ORDER BY ALL FORMAT TSV`,
    fair_key: 'test',
    max_ms: 30_000,
  });
  return bytes.toString();
}
