import { RECORD_FIELDS } from '@recuento/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attempt, type SentAttempt, TestService } from './harness.js';

/** Every field is kept as it was sent, whatever characters it has. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

const IDS = ['attempt_id', 'telephone', 'customer_id', 'agent_id'] as const;
const TEXTS = ['trunk', ...RECORD_FIELDS] as const;

/** What the store's own row format gives a meaning, and what else could be lost on the way. */
const text = fc
  .oneof(
    fc.array(
      fc.constantFrom(
        ...[
          '\\',
          '\\N',
          '\\t',
          '\\0',
          '\\x41',
          "'",
          "''",
          '"',
          '`',
          '{',
          '}',
          '[',
          ']',
          '(',
          ':',
          ',',
          ';',
          '=',
        ],
        ...[
          'NULL',
          'null',
          'nan',
          '0',
          '-1',
          ' ',
          '\u00a0',
          '\u2028',
          '\ufeff',
          '\ufffe',
          'ñ',
          'é',
          '☎',
          '😀',
        ],
      ),
      { minLength: 1, maxLength: 8 },
    ),
    fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 1 }),
  )
  .map((parts) => parts.join(''))
  .filter((value) => !/\p{Cc}|\p{Surrogate}/u.test(value));

const fields = fc.record(
  {
    ...(Object.fromEntries([
      ...TEXTS.map((name) => [name, text] as const),
      // Blanks around them are dropped, and something must be left.
      ...IDS.map(
        (name) => [name, text.map((value) => value.trim()).filter((value) => value !== '')] as const,
      ),
    ]) as Record<string, typeof text>),
    sip: fc.constantFrom(100, 486, 699),
    cause: fc.constantFrom(0, 17, 127),
    duration_seconds: fc.constantFrom(0, 1, 2 ** 32 - 1),
    amd: fc.constantFrom('machine', 'human', 'not_sure', 'hangup'),
  },
  { requiredKeys: [] },
);

test('texts of any characters, numbers at their edges, and what was left out', async () => {
  const operation = await service.operation();
  const { engine, accounts } = service.service.services;
  const { id } = await accounts.operations.byServer(operation.server);
  let campaign_id = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fields, { minLength: 1, maxLength: 20 }), async (records) => {
      campaign_id += 1;
      // A time of its own tells each record from the others, also where all their texts are the same.
      const sent = records.map((record, i) =>
        attempt({
          ...record,
          campaign_id,
          dialed_at: new Date(Date.UTC(2026, 10, 3, 12, 0, i)).toISOString(),
        }),
      );
      await operation.upload(sent);
      const bytes = await engine.read({
        sql: `SELECT * EXCEPT (operation_id, attempt_hash, import, version, evidence, said) FROM told FINAL
          WHERE operation_id = {id:UInt32} AND campaign_id = {campaign_id:UInt32} ORDER BY dialed_at FORMAT JSONEachRow`,
        params: { id, campaign_id },
        fair_key: 'test',
        max_ms: 10_000,
      });
      const stored = bytes
        .toString()
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line));
      expect(stored).toEqual(sent.map(storedForm));
    }),
    { numRuns: process.env.RECUENTO_FUZZ === 'full' ? 200 : 60 },
  );
});

/** How the store shows an attempt: what was left out is empty or null, the customer's record is one map. */
function storedForm(sent: SentAttempt): Record<string, unknown> {
  const { attempt_id, campaign_id, telephone, dialed_at, result, ...others } = sent;
  const record = Object.fromEntries(
    RECORD_FIELDS.flatMap((name) => (others[name] === undefined ? [] : [[name, others[name]]])),
  );
  return {
    campaign_id,
    telephone,
    dialed_at: dialed_at.slice(0, 19).replace('T', ' '),
    result,
    attempt_id,
    customer_id: others.customer_id ?? '',
    trunk: others.trunk ?? '',
    sip: others.sip ?? null,
    cause: others.cause ?? null,
    amd: others.amd ?? '',
    duration_seconds: others.duration_seconds ?? null,
    agent_id: others.agent_id ?? '',
    record,
  };
}
