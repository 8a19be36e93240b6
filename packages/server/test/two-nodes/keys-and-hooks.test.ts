import { createHmac } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { json } from '../freeswitch-records.js';
import { attempt, NOVEMBER } from '../harness.js';
import { askClickHouse } from '../servers/test-stores.js';
import { killAllSpawned, type SpawnedService } from '../spawned-service.js';
import { type Address, type Answer, Caller, expectDone } from './caller.js';
import { knowsThatItWasDead, Nodes, takenOver } from './nodes.js';

/** What is sent twice, to whichever nodes, is stored once: uploads by their key, and calls that dialers tell of. */
const AUTH_TOKEN = 'twilio-auth-token-for-tests';
const SERVER = '7001';
const CONFIG = join(tmpdir(), `recuento-two-nodes-${process.pid}.json`);

let nodes: Nodes;
let a: SpawnedService;
let b: SpawnedService;
beforeAll(async () => {
  await writeFile(CONFIG, JSON.stringify({ twilio_auth_tokens: { [SERVER]: AUTH_TOKEN } }), { mode: 0o600 });
  nodes = await Nodes.prepare();
  const env = { RECUENTO_CONFIG: CONFIG };
  [a, b] = await Promise.all([nodes.start(env), nodes.start(env)]);
});
afterAll(async () => {
  await killAllSpawned();
  await nodes.stop();
});

const SENT_AT_ONCE = 6;
const KEYS = 8;

/** As many deliveries as brought what was told of a telephone: one that was stored twice has another number each time. */
async function deliveriesOf(caller: Caller, telephone: string): Promise<number> {
  const of = await operationOf(caller);
  const where = `operation_id = ${of} AND telephone = '${telephone}'`;
  return Number(await askClickHouse(`SELECT uniqExact(version) FROM ${nodes.attempts}.told WHERE ${where}`));
}

async function operationOf(caller: Caller): Promise<number> {
  const [row] = await nodes.accounts(`SELECT id FROM operations WHERE server = '${caller.server}'`);
  return Number(row?.id);
}

/** The one code that the one attempt of a campaign has. */
async function said(caller: Caller, node: Address, campaign_id: number): Promise<string[]> {
  const [date_ini, date_end] = NOVEMBER;
  const { body } = await expectDone(
    caller.report(node, { campaign_id: String(campaign_id), date_ini, date_end }),
  );
  const { data }: { data: Record<string, string>[] } = JSON.parse(body);
  const codes = /^(?:busy|failed|no_answer|answer)$/;
  return data.flatMap((row) => Object.keys(row).filter((code) => codes.test(code) && row[code] === '1'));
}

const one = (campaign_id: number, result: string) => [
  attempt({ campaign_id, telephone: `57${campaign_id}`, attempt_id: 'a', result }),
];

test('of uploads with one key, at both nodes at once, one is stored; all are answered the same, but for those with another body', async () => {
  const caller = await Caller.create(a);
  for (let nr = 1; nr <= KEYS; nr += 1) {
    const headers = { 'idempotency-key': `key-${nr}` };
    const sending = Array.from({ length: SENT_AT_ONCE }, (_, at) =>
      caller.upload(at % 2 === 0 ? a : b, one(nr, 'busy'), headers),
    );
    // Its body is another one, so it is refused, or the others are.
    const other = caller.upload(nr % 2 === 0 ? a : b, one(nr, 'failed'), headers);
    const answers = await Promise.all(sending);
    const refused = (await other).error_id === 'conflict' ? [await other] : answers;
    const taken = refused === answers ? [await other] : answers;
    expect(new Set(refused.map(({ error_id }) => error_id))).toEqual(new Set(['conflict']));
    expect(new Set(taken.map(({ status, body }) => `${status} ${body}`))).toEqual(
      new Set(['201 {"received":1}']),
    );
    expect(await deliveriesOf(caller, `57${nr}`)).toBe(1);
    const again = await Promise.all([a, b].map((node) => caller.upload(node, one(nr, 'busy'), headers)));
    expect(new Set(again.map(({ status }) => status))).toEqual(new Set([refused === answers ? 409 : 201]));
    expect(await deliveriesOf(caller, `57${nr}`)).toBe(1);
  }
});

/** Where a node is gone, or stands still, in the middle of an upload with a key. */
const BEFORE_ITS_NUMBER = 'LOCK TABLE campaigns IN SHARE MODE';
const BEFORE_IT_IS_DURABLE = 'LOCK TABLE pending_deliveries IN SHARE MODE';

test('a key of a node that is killed or frozen is free in the end; what that node wakes up with undoes nothing', async () => {
  const caller = await Caller.create(b);
  const hanging: { readonly node: SpawnedService; readonly came: Promise<Answer | undefined> }[] = [];
  const key = (at: number) => ({ 'idempotency-key': `hangs-${at}` });
  const places = [
    { lock: BEFORE_IT_IS_DURABLE, how: 'killed' },
    { lock: BEFORE_ITS_NUMBER, how: 'frozen' },
    { lock: BEFORE_IT_IS_DURABLE, how: 'frozen' },
  ] as const;
  for (const [at, { lock, how }] of places.entries()) {
    const node = await nodes.start();
    const { came } = await nodes.holding(lock, async (waiting) => {
      const upload = caller.tryUpload(node, one(1 + at, 'busy'), key(at));
      await waiting();
      if (how === 'killed') await node.kill();
      else node.signal('SIGSTOP');
      return { came: upload };
    });
    hanging.push({ node, came });
  }
  // Whoever sends it again waits for the end of the one that hangs, and is not told that it is stored before.
  const again = await Promise.all(
    places.map((_, at) => caller.upload(at % 2 === 0 ? a : b, one(1 + at, 'busy'), key(at))),
  );
  expect(again.map(({ status }) => status)).toEqual([201, 201, 201]);
  await takenOver(places.length, a, b);
  for (const at of places.keys()) {
    expect(await said(caller, b, 1 + at)).toEqual(['busy']);
    await expectDone(caller.upload(a, one(1 + at, 'no_answer')));
  }
  for (const [at, { how }] of places.entries()) if (how === 'frozen') hanging[at]?.node.signal('SIGCONT');
  for (const [at, { how }] of places.entries()) {
    const { node, came } = hanging[at] ?? {};
    const answer = await came;
    if (how === 'killed' || !node) continue;
    await knowsThatItWasDead(node);
    expect([201, 503]).toContain(answer?.status);
    for (const asked of [a, b, node])
      expect(await said(caller, asked, 1 + at), `place ${at}`).toEqual(['no_answer']);
  }
}, 120_000);

test('a call that Twilio or FreeSWITCH tells to one node, and again to the other, is one attempt', async () => {
  const caller = await Caller.create(a, { server: SERVER });
  const record = JSON.stringify(json({ hangup_cause: 'USER_BUSY' }));
  for (const [at, pair] of [
    [a, b],
    [b, a],
  ].entries()) {
    const ids = [11 + at, 21 + at, 31 + at];
    const [switched, called, at_once] = ids;
    for (const node of pair) {
      expect(await told(node, caller, `freeswitch?campaign_id=${switched}`, record)).toBe(204);
      // The second comes later, by the time of its telling: the first one's time holds.
      expect(await tellTwilio(node, Number(called), node === pair[0] ? 30 : 47)).toBe(204);
    }
    await Promise.all([...pair, ...pair].map((node, nr) => tellTwilio(node, Number(at_once), 30 + nr)));
    for (const id of ids) for (const node of pair) expect(await said(caller, node, id)).toEqual(['busy']);
  }
});

async function told({ url }: Address, { token }: Caller, path: string, body: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return (await fetch(`${url}/v1/hooks/${path}`, { method: 'POST', headers, body })).status;
}

async function tellTwilio({ url }: Address, campaign_id: number, second: number): Promise<number> {
  const form = {
    AccountSid: `AC${'0'.repeat(32)}`,
    CallSid: `CA${'0'.repeat(32)}`,
    CallStatus: 'busy',
    To: '+573001234567',
    From: '+16015550100',
    Direction: 'outbound-api',
    Timestamp: `Tue, 03 Nov 2026 12:00:${second} +0000`,
  };
  const address = `${url}/v1/hooks/twilio?operation=${SERVER}&campaign_id=${campaign_id}`;
  const text = Object.entries(form).sort().flat().join('');
  const signature = createHmac('sha1', AUTH_TOKEN).update(`${address}${text}`).digest('base64');
  const headers = { 'x-twilio-signature': signature };
  return (await fetch(address, { method: 'POST', headers, body: new URLSearchParams(form) })).status;
}
