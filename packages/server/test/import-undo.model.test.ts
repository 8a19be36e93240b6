import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportDocument } from '@recuento/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { casesOf } from './cases.js';
import { attempt, NOVEMBER, type SentAttempt, type TestOperation, TestService } from './harness.js';
import { Tellings } from './model/tellings.js';

/**
 * Imports, imports that replace, uploads and undos in any order leave what a plain model says, in every order in which
 * attempts are kept.
 */
const RUNS = casesOf({ embedded: 15, server: 8, full: 300 });
const CODES = ['no_answer', 'failed', 'congestion', 'busy', 'answer', 'answer_machine'];
/** Two ways of reading a file: whose generations are not the same. */
const MAPPINGS = {
  plain: 'telephone=telephone,dialed_at=dialed_at,result=result,attempt_id=attempt_id',
  with_customer:
    'telephone=telephone,dialed_at=dialed_at,result=result,attempt_id=attempt_id,customer_id=customer',
} as const;
type Mapping = keyof typeof MAPPINGS;

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

const attempts = fc
  .array(
    fc.record({
      telephone: fc.constantFrom('573001', '573002'),
      minute: fc.constantFrom('00', '07'),
      call: fc.constantFrom('a', 'b'),
      result: fc.constantFrom(...CODES),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((all) =>
    all.map(({ telephone, minute, call, result }) =>
      attempt({ telephone, attempt_id: call, result, dialed_at: `2026-11-03T12:${minute}:00-05:00` }),
    ),
  );
const campaign = fc.constantFrom(1, 2);

type Step =
  | { readonly kind: 'upload'; readonly campaign: number; readonly attempts: readonly SentAttempt[] }
  | {
      readonly kind: 'import';
      readonly campaign: number;
      readonly attempts: readonly SentAttempt[];
      readonly mapping: Mapping;
      readonly replaces: boolean;
    }
  /** One of the imports before it, counted from the first. */
  | { readonly kind: 'undo'; readonly which: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('upload' as const), campaign, attempts }),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('import' as const),
      campaign,
      attempts,
      mapping: fc.constantFrom<Mapping>('plain', 'with_customer'),
      replaces: fc.boolean(),
    }),
  },
  fc.record({ kind: fc.constant('undo' as const), which: fc.nat(9) }),
);

test('imports, replacements, uploads and undos in any order leave what the model says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 10 }), async (steps) => {
      const operation = await service.operation();
      const model = new Tellings();
      const ids: string[] = [];
      for (const one of steps) await take(one, operation, model, ids);
      await expectSame(operation, model);
    }),
    { numRuns: RUNS },
  );
}, 600_000);

test('an import that was taken back may be taken back again, and imported again', async () => {
  const operation = await service.operation();
  const model = new Tellings();
  const ids: string[] = [];
  const busy = [attempt({ attempt_id: 'a', result: 'busy' })];
  const file = { kind: 'import', campaign: 1, attempts: busy, mapping: 'plain', replaces: false } as const;
  for (const one of [file, { kind: 'undo', which: 0 }, { kind: 'undo', which: 0 }, file] as const) {
    await take(one, operation, model, ids);
  }
  await expectSame(operation, model);
  const audit = (await (await service.v1('GET', '/audit', operation.token)).json()) as { entries: unknown[] };
  expect(audit.entries).toEqual([expect.objectContaining({ action: 'import.undo', subject: ids[0] })]);
});

async function take(one: Step, operation: TestOperation, model: Tellings, ids: string[]): Promise<void> {
  if (one.kind === 'undo') {
    if (ids.length === 0) return;
    const which = one.which % ids.length;
    model.undo(which);
    await undone(operation, ids[which] ?? '');
    return;
  }
  const told = (each: SentAttempt) =>
    one.kind === 'upload' || one.mapping === 'with_customer' ? { customer_id: customerOf(each.result) } : {};
  const sent = one.attempts.map((each) => ({ ...each, campaign_id: one.campaign, ...told(each) }));
  if (one.kind === 'upload') {
    model.upload(sent);
    await operation.upload(sent);
    return;
  }
  model.import(ids.length, one.mapping, one.replaces, sent);
  const done = await imported(operation, one, sent);
  const { read, stored, unchanged, joined, skipped, rejected } = done;
  expect([read, rejected, skipped]).toEqual([sent.length + 1, 0, 1]);
  expect(stored + unchanged + joined).toBe(sent.length);
  ids.push(done.id);
}

/** Another one for another result: of two legs that say the same the model does not know which one holds. */
function customerOf(result: string): string {
  return CODES.indexOf(result) % 2 === 0 ? 'c1' : 'c2';
}

async function imported(
  operation: TestOperation,
  { campaign, mapping, replaces }: Extract<Step, { kind: 'import' }>,
  sent: readonly SentAttempt[],
): Promise<ImportDocument> {
  const lines = sent.map(({ telephone, dialed_at, result, attempt_id }) =>
    [telephone, dialed_at, result, attempt_id, customerOf(result)].join(','),
  );
  const query = new URLSearchParams({
    format: 'csv',
    campaign_id: String(campaign),
    map: MAPPINGS[mapping],
    ...(replaces && { replace: 'yes' }),
  });
  const reply = await fetch(`${service.service.url}/v1/imports?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${operation.token}` },
    body: `telephone,dialed_at,result,attempt_id,customer\n${lines.join('\n')}\n`,
  });
  const text = await reply.text();
  expect(reply.status, text).toBe(202);
  return JSON.parse(text);
}

async function undone(operation: TestOperation, id: string): Promise<void> {
  const begun = await service.v1('DELETE', `/imports/${id}`, operation.token);
  expect(begun.status).toBe(202);
  for (;;) {
    const job = (await (await service.v1('GET', `/imports/${id}`, operation.token)).json()) as ImportDocument;
    if (job.state === 'undone') return;
    expect(job.state).toBe('undoing');
    await sleep(10);
  }
}

/** The month and five minutes, of one campaign and of all, by each order; and attempt by attempt. */
async function expectSame(operation: TestOperation, model: Tellings): Promise<void> {
  const held = model.held();
  const noon_s = Date.parse('2026-11-03T12:00:00-05:00') / 1_000;
  const all = [0, Number.POSITIVE_INFINITY] as const;
  const windows = [
    [NOVEMBER, all],
    [
      ['20261103120500', '20261103120959'],
      [noon_s + 300, noon_s + 600],
    ],
  ] as const;
  for (const campaign of [1, 2, 'all'] as const) {
    for (const [[date_ini, date_end], [from_s, until_s]] of windows) {
      const { json } = await operation.campaign8(campaign, date_ini, date_end);
      expect(json.data).toEqual(held.campaign8(campaign, from_s, until_s));
    }
    const [date_ini, date_end] = NOVEMBER;
    const ask = async (api: string) =>
      (await operation.get({ api, campaign_id: String(campaign), date_ini, date_end })).json.data;
    const told = (await ask('campaign_3')).map((row) => [
      row.campaign_id,
      row.telephone,
      row.conn_id,
      row.result,
    ]);
    const within = held.within(campaign, ...all);
    const spelled = (result: string) => result.toUpperCase().replace('_', '-');
    expect(told.map(String).sort()).toEqual(
      within
        .map((one) => String([one.campaign_id, one.telephone, one.attempt_id, spelled(one.result)]))
        .sort(),
    );
    const last = (await ask('campaign_1')).map((row): [string, number] => [
      row.result ?? '',
      Number(row.records),
    ]);
    const lasts = [...held.byLastResult(campaign, ...all)].map(([result, records]): [string, number] => [
      result.replace('_', '-'),
      records,
    ]);
    expect(new Map(last)).toEqual(new Map(lasts));
  }
}
