import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attempt } from '../harness.js';
import { type ClickHouse, startClickHouse } from '../servers/clickhouse.js';
import { type PostgresServer, startPostgres } from '../servers/postgres.js';
import { connected, dropStores } from '../servers/test-stores.js';
import { killAllSpawned, SpawnedService } from '../spawned-service.js';
import { type Address, Caller, expectDone, OCTOBER } from './caller.js';
import { until } from './nodes.js';

/** A server under both nodes is frozen, or killed, and comes back: everybody is told, and nothing acknowledged is lost. */
let clickhouse: ClickHouse;
let postgres: PostgresServer;
let directory: string;
let database_url: string;
let nodes: readonly SpawnedService[];
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recuento-away-'));
  [clickhouse, postgres] = await Promise.all([startClickHouse(), startPostgres()]);
  database_url = await postgres.createDatabase();
  const env = { RECUENTO_CLICKHOUSE_URL: `${clickhouse.url}/t_away`, RECUENTO_DATABASE_URL: database_url };
  nodes = await Promise.all([SpawnedService.start(directory, env), SpawnedService.start(directory, env)]);
}, 120_000);
afterAll(async () => {
  await killAllSpawned();
  await Promise.all([clickhouse.stop(), postgres.stop()]);
  await dropStores(directory);
  await rm(directory, { recursive: true, force: true });
});

/** Longer than a node may be silent before it is dead for the others: a database that is away for all makes nobody dead. */
const AWAY_MS = 18_000;
const CALL_MS = 2_000;

interface Case {
  readonly name: string;
  readonly reason: 'accounts' | 'engine';
  /** What a report is answered meanwhile. */
  readonly told: readonly string[];
  readonly away_ms: number;
  /** Whether an upload is answered meanwhile: an insert into a frozen server may take its two minutes. */
  readonly uploads_end: boolean;
  readonly takeAway: () => Promise<void> | void;
  readonly bringBack: () => Promise<void> | void;
}

const CASES: readonly Case[] = [
  {
    name: 'PostgreSQL stands still',
    reason: 'accounts',
    told: ['unavailable'],
    away_ms: AWAY_MS,
    uploads_end: true,
    takeAway: () => postgres.freeze(),
    bringBack: () => postgres.thaw(),
  },
  {
    name: 'PostgreSQL is killed',
    reason: 'accounts',
    told: ['unavailable'],
    away_ms: 0,
    uploads_end: true,
    takeAway: () => postgres.kill(),
    bringBack: () => postgres.start(),
  },
  {
    name: 'ClickHouse stands still',
    reason: 'engine',
    told: ['unavailable', 'report-timeout'],
    away_ms: 0,
    uploads_end: false,
    takeAway: () => clickhouse.freeze(),
    bringBack: () => clickhouse.thaw(),
  },
  {
    name: 'ClickHouse is killed',
    reason: 'engine',
    told: ['unavailable'],
    away_ms: 0,
    uploads_end: true,
    takeAway: () => clickhouse.kill(),
    bringBack: () => clickhouse.again(),
  },
];

test.each(CASES)(
  '$name: both nodes say so, and go on with all that was acknowledged',
  async (one) => {
    const [first] = nodes;
    if (!first) throw new Error('no node');
    const caller = await Caller.create(first, { limits: { max_call_ms: CALL_MS, max_simultaneous: 64 } });
    const expected: string[] = [];
    const tell = async (node: Address, telephone: string) => {
      const answer = await caller.upload(node, [
        attempt({ attempt_id: 'a', telephone, dialed_at: '2026-10-03T12:00:00-05:00' }),
      ]);
      if (answer.status === 201) expected.push(telephone);
      return answer;
    };
    for (const [at, node] of nodes.entries()) await expectDone(tell(node, `5710${at}`));
    // In the middle of some, too: each is acknowledged and there, or refused.
    const under_way = Array.from({ length: 8 }, (_, nr) => tell(nodes[nr % 2] ?? first, `5720${nr}`));
    await one.takeAway();
    const meanwhile = nodes.map((node, at) => tell(node, `5730${at}`));
    const reports = await Promise.all(nodes.map((node) => caller.report(node)));
    for (const { error_id } of reports) expect(one.told).toContain(error_id);
    if (one.uploads_end) {
      for (const answer of await Promise.all(meanwhile))
        expect([answer.status, answer.error_id]).toEqual([503, 'unavailable']);
    }
    await Promise.all(nodes.map((node) => until(async () => (await readiness(node)) === one.reason)));
    await sleep(one.away_ms);
    await one.bringBack();
    await Promise.all(nodes.map((node) => until(async () => (await readiness(node)) === 'ready')));
    const answers = await Promise.all([...under_way, ...meanwhile]);
    for (const { status } of answers) expect([201, 503]).toContain(status);
    // Whoever was refused sends it again.
    for (const [at, answer] of answers.entries()) {
      const telephone = at < under_way.length ? `5720${at}` : `5730${at - under_way.length}`;
      if (answer.status === 503) await expectDone(tell(nodes[at % 2] ?? first, telephone));
    }
    await until(async () => (await waiting()) === 0);
    for (const node of nodes) expect(await telephones(caller, node)).toEqual(expected.sort());
    expect(
      nodes.flatMap(({ messages }) => messages.filter((message) => /is dead|for dead/.test(message))),
    ).toEqual([]);
  },
  120_000,
);

async function readiness({ url }: Address): Promise<string | undefined> {
  const reply = await fetch(`${url}/readyz`);
  const { status, reason }: { status: string; reason?: string } = JSON.parse(await reply.text());
  return reason ?? status;
}

/** Deliveries that are not known to be stored. */
async function waiting(): Promise<number> {
  return connected(
    database_url,
    async (client) => (await client.query('SELECT 1 FROM pending_deliveries')).rows.length,
  );
}

/** Each of an attempt of its own. */
async function telephones(caller: Caller, node: Address): Promise<string[]> {
  const { body } = await expectDone(caller.report(node, OCTOBER));
  const { data }: { data: Record<string, string>[] } = JSON.parse(body);
  return data.flatMap(({ telephone = '', ...row }) =>
    Array(Number(row.total_machine_recognitions)).fill(telephone),
  );
}
