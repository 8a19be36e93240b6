import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { IMPORT_FORMATS, type ImportDocument, type ImportFormatName } from '@recuento/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Accounts, openAccounts } from '../src/accounts/accounts.js';
import { formatNamed } from '../src/imports/formats/registry.js';
import { CallTimes } from '../src/imports/joining/call-times.js';
import type { Leg } from '../src/imports/reading/leg.js';
import { ImportRunner } from '../src/imports/running/runner.js';
import type { Uploads } from '../src/ingest/uploads.js';
import type { DialedLeg, FileKind } from './dialer-files/file-kind.js';
import { FREESWITCH_FILES } from './dialer-files/freeswitch.js';
import { OTHER_FILES } from './dialer-files/others.js';
import { type TestOperation, TestService } from './harness.js';
import { CALL_S } from './master-csv.js';
import { accountsProgram, openAccountsOf } from './servers/opened-accounts.js';
import { TEST_ENGINE } from './servers/test-stores.js';

/**
 * One call is one attempt also where two nodes take in its records, and their times differ.
 */
let service: TestService;
let operation: TestOperation;
let operation_id: number;
let other_node: {
  readonly accounts: Accounts;
  readonly uploads: Uploads;
  readonly close: () => Promise<void>;
};
let nodes: ImportRunner[];
let campaign = 0;
beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation();
  const { accounts, engine, uploads, trunks } = service.service.services;
  operation_id = (await accounts.operations.byServer(operation.server)).id;
  other_node = await (TEST_ENGINE === 'server' ? anotherService() : otherAccounts(uploads));
  nodes = [{ accounts, uploads }, other_node].map(
    (of) => new ImportRunner(of.accounts, of.uploads, engine, trunks, () => async () => sleep(0)),
  );
});

async function anotherService(): Promise<typeof other_node> {
  const { services, stop } = await service.another();
  return { accounts: services.accounts, uploads: services.uploads, close: stop };
}

/** An embedded store is one process's: the other node has accounts of its own over one file, and nothing in memory that both know. */
async function otherAccounts(uploads: Uploads): Promise<typeof other_node> {
  const kept = { usage_days: 90, imports_days: 90 };
  const file = await openAccountsOf(service.directory);
  const accounts = await openAccounts(file, Date.now, { alone: false, beat_ms: 0 }, () => undefined, kept);
  return { accounts, uploads, close: () => accounts.close() };
}
afterAll(async () => {
  await other_node.close();
  await service.stop();
});

const fresh = () => {
  campaign += 1;
  return { operation_id, campaign_id: campaign, import_number: 0 };
};

const leg = (attempt_id: string, dialed_at_s: number, same_call_within_s: number): Leg => ({
  kind: 'leg',
  attempt_id,
  telephone: '573001',
  dialed_at_s,
  same_call_within_s,
  code: 'busy',
  amd: '',
  duration_seconds: undefined,
  trunk: '',
  sip: undefined,
  cause: undefined,
  evidence: 'none',
  agent_id: '',
});

test('two nodes that look into the store before either has written settle a call under one time', async () => {
  const of = fresh();
  const { accounts, engine } = service.service.services;
  const [one, other] = [accounts, other_node.accounts].map(
    ({ callClaims }) => new CallTimes(engine, callClaims),
  );
  const legs = (late_s: number) => ['a', 'b'].map((id) => leg(id, CALL_S + late_s, 900));
  const settled = await Promise.all([
    one?.settle(of, legs(0), async () => sleep(0)),
    other?.settle(of, legs(30), async () => sleep(0)),
    one?.settle(of, legs(60), async () => sleep(0)),
  ]);
  const times_s = settled.map((all) => all?.map(({ dialed_at_s }) => dialed_at_s));
  expect(new Set(times_s.map((each) => JSON.stringify(each))).size).toBe(1);
});

test('a leg that may be of no other time keeps its own, and none is claimed for it', async () => {
  const of = fresh();
  const { accounts, engine } = service.service.services;
  const times = new CallTimes(engine, accounts.callClaims);
  const legs = [leg('a', CALL_S, 0), leg('a', CALL_S + 1, 0), leg('a', CALL_S + 2, 1)];
  expect(await times.settle(of, legs, async () => undefined)).toEqual(legs);
});

test('two processes that claim the same calls at once come to one time each', async () => {
  const [one, other] = await Promise.all([0, 30].map(claimingProcess));
  // Both are ready: they begin together.
  const claimed = await Promise.all([one?.begin(), other?.begin()]);
  expect(claimed[0]).toHaveLength(2_000);
  expect(claimed[0]).toEqual(claimed[1]);
});

/**
 * A process of its own that claims two thousand calls, fifty at a time, under a time `late_s` after they began. It runs the build.
 * Resolves when it is ready; `begin` resolves with the times that it was given.
 */
async function claimingProcess(late_s: number) {
  const built = (name: string) => new URL(`../dist/accounts/${name}`, import.meta.url).href;
  const program = `
    import { once } from 'node:events';
    import { CallClaims } from ${JSON.stringify(built('call-claims.js'))};
    ${await accountsProgram(service.directory, built)}
    const claims = new CallClaims(db, Date.now);
    const of = { operation_id: ${operation_id}, campaign_id: 999_999, import_number: 0 };
    const claim = (first, count) => claims.claim(of, Array.from({ length: count }, (_, nr) =>
      ({ key: 'call ' + (first + nr), dialed_at_s: ${CALL_S + late_s}, within_s: 900 })), async () => {});
    console.log('ready');
    await once(process.stdin, 'data');
    const times = [];
    for (let first = 0; first < 2_000; first += 50) times.push(...(await claim(first, 50)));
    console.log(JSON.stringify(times));
    await db.destroy();
    process.exit();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: 60_000,
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  expect((await lines.next()).value).toBe('ready');
  return {
    begin: async (): Promise<number[]> => {
      child.stdin.write('begin');
      return JSON.parse((await lines.next()).value);
    },
  };
}

const FILES = [...FREESWITCH_FILES, ...OTHER_FILES].filter(({ times_move }) => times_move);

const legOf = (words: readonly string[]): fc.Arbitrary<DialedLeg> =>
  fc.record({
    call: fc.nat(4),
    telephone: fc.constantFrom('573001234567', '573001234568'),
    word: fc.constantFrom(...words),
    late_s: fc.nat(50),
    seconds: fc.nat(2),
    trunk: fc.constantFrom('north', 'south'),
    way: fc.nat(2),
  });

test.each(FILES)('$name: shuffled, split and doubled files, imported by two nodes at once', async (kind) => {
  const halves = fc
    .array(legOf(kind.words), { minLength: 1, maxLength: 16 })
    .chain((legs) =>
      fc.tuple(
        fc.shuffledSubarray(legs, { minLength: 1 }),
        fc.shuffledSubarray(legs, { minLength: legs.length }),
      ),
    );
  await fc.assert(
    fc.asyncProperty(halves, async ([some, all]) => {
      const { campaign_id } = fresh();
      await Promise.all([imported(0, kind, some, campaign_id), imported(1, kind, all, campaign_id)]);
      const attempts = new Set(all.map(({ call, telephone }) => `${call} ${telephone}`));
      expect(await dialedAt(campaign_id)).toHaveLength(attempts.size);
    }),
    { numRuns: 12 },
  );
});

async function imported(
  at: number,
  { format, file }: FileKind,
  legs: readonly DialedLeg[],
  campaign_id: number,
): Promise<void> {
  const { accounts } = service.service.services;
  const name = IMPORT_FORMATS.find((each) => each === format) ?? unknown(format);
  const job = await nodes[at]?.run({
    operation: await accounts.operations.byServer(operation.server),
    format: formatNamed(name),
    campaign_id,
    time_zone: 'UTC',
    encoding: 'utf-8',
    date_order: undefined,
    phone_code: undefined,
    strip_prefix: undefined,
    only: undefined,
    all_dialed: undefined,
    map: undefined,
    replaces: false,
    body: Readable.from([Buffer.from(file(legs, campaign_id).body)]),
    gzip: false,
  });
  expect(job).toMatchObject({ state: 'done' });
}

function unknown(format: string): ImportFormatName {
  throw new Error(`no format ${format}`);
}

test('an import that was taken back and comes again in its right time zone has the times of that one', async () => {
  const { campaign_id } = fresh();
  // Three hours apart: less than records of one call of Twilio may be.
  const file =
    'Sid,To,Status,Direction,StartTime,Duration\nCA1,573001,busy,outbound-api,2026-11-03 12:00:00,0\n';
  const send = async (time_zone: string) => {
    const query = new URLSearchParams({ format: 'twilio', campaign_id: String(campaign_id), time_zone });
    const reply = await fetch(`${service.service.url}/v1/imports?${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${operation.token}` },
      body: file,
    });
    expect(reply.status).toBe(202);
    return (await reply.json()) as ImportDocument;
  };
  const wrong = await send('UTC');
  expect(await dialedAt(campaign_id)).toEqual([CALL_S]);
  expect((await service.v1('DELETE', `/imports/${wrong.id}`, operation.token)).status).toBe(202);
  const state = async () =>
    ((await (await service.v1('GET', `/imports/${wrong.id}`, operation.token)).json()) as ImportDocument)
      .state;
  await expect.poll(state, { timeout: 30_000 }).toBe('undone');
  await send('America/Sao_Paulo');
  expect(await dialedAt(campaign_id)).toEqual([CALL_S + 3 * 3_600]);
});

/** When the attempts of a campaign were dialed that hold, a line each. */
async function dialedAt(campaign_id: number): Promise<number[]> {
  const bytes = await service.service.services.engine.read({
    sql: `SELECT toUInt32(dialed_at) FROM held_by_campaign FINAL WHERE operation_id = ${operation_id} AND campaign_id = ${campaign_id}
      ORDER BY dialed_at FORMAT TSV`,
    fair_key: 'test',
    max_ms: 30_000,
  });
  return bytes.toString().split('\n').filter(Boolean).map(Number);
}
