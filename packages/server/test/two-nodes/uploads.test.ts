import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attempt } from '../harness.js';
import { CAMPAIGNS, type Group, Ledger, mulberry32 } from '../ledger.js';
import { askClickHouse } from '../servers/test-stores.js';
import { killAllSpawned, type SpawnedService } from '../spawned-service.js';
import { type Address, Caller, expectDone } from './caller.js';
import { knowsThatItWasDead, Nodes, takenOver, until } from './nodes.js';

/**
 * What an acknowledgement is worth where nodes are killed, or stand still, in the middle of uploads: another one finishes them, so
 * that each is there whole or not at all, and those that were acknowledged are there.
 */
const ROUNDS = process.env.RECUENTO_FUZZ === 'full' ? 6 : 1;
const KILLED = 3;
/** Changes which moments are chosen; a failure prints it. */
const SEED = Number(process.env.RECUENTO_TEST_SEED ?? 20_261_128);
const YEAR = { date_ini: '20260101000000', date_end: '20261231235959' } as const;
const SETTINGS = { limits: { max_rows: 1_000_000, max_window_days: 366, max_simultaneous: 64 } };

let nodes: Nodes;
let survivor: SpawnedService;
beforeAll(async () => {
  nodes = await Nodes.prepare();
  survivor = await nodes.start();
});
afterAll(async () => {
  await killAllSpawned();
  await nodes.stop();
});

test('of nodes that are killed or frozen during uploads, everything acknowledged is there, and the rest whole or not at all', async () => {
  const random = mulberry32(SEED);
  const [of_killed, of_frozen] = [await Side.create(random), await Side.create(random)];
  let met = 0;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const context = `seed ${SEED}, round ${round}`;
    const victims = await Promise.all(Array.from({ length: KILLED + 1 }, () => nodes.start()));
    const [frozen, ...killed] = victims;
    if (!frozen) throw new Error('no node');
    const traffic = killed.map((node) => of_killed.traffic(node));
    const stopped = of_frozen.traffic(frozen);
    const beside = of_killed.traffic(survivor);
    for (const [at, node] of victims.entries()) {
      // By what was acknowledged, not by the clock: on a slow machine as well, each has something to lose.
      const side = at === 0 ? of_frozen : of_killed;
      const enough = side.ledger.acknowledged + 2 + Math.floor(random() * 3);
      await until(() => side.ledger.acknowledged >= enough);
      await sleep(random() * 60);
      if (at === 0) node.signal('SIGSTOP');
      else await node.kill();
    }
    await takenOver(victims.length * round, survivor);
    met += (await Promise.all(traffic.map((one) => one.ended))).reduce((sum, lost) => sum + lost, 0);
    beside.leave();
    expect(await beside.ended, context).toBe(0);
    await settled();
    expect(await of_killed.faults(survivor), context).toEqual([]);
    // The owner of what hangs turns to another node, and corrects it all.
    await of_frozen.replaceAll(survivor);
    stopped.leave();
    frozen.signal('SIGCONT');
    await knowsThatItWasDead(frozen);
    expect(await stopped.ended, context).toBe(0); // it answers what it was asked before it stood still
    await settled();
    expect(await of_frozen.faults(survivor), context).toEqual([]);
    expect(await of_frozen.faults(frozen), context).toEqual([]);
    await frozen.terminate();
  }
  expect(met).toBeGreaterThanOrEqual(ROUNDS * KILLED);
  // Of the frozen side all is told again, above; of the killed one while it is sent, by the survivor's programs at least.
  expect(of_killed.ledger.replaced).toBeGreaterThan(0);
}, 600_000);

/** Where a node stands still in the middle of an upload, by what it waits for then: it is done when the node has stopped. */
const PLACES = [
  ['before it is durable', 'LOCK TABLE pending_deliveries IN SHARE MODE'],
  ['before it is acknowledged', 'LOCK TABLE hour_versions IN SHARE MODE'],
] as const;

test('what a frozen node wakes up with undoes nothing that was told to another meanwhile', async () => {
  const caller = await Caller.create(survivor, SETTINGS);
  const sent = (at: number, result: string) => [
    attempt({ attempt_id: 'a', campaign_id: 1 + at, telephone: `57300${at}`, result }),
    attempt({ attempt_id: 'a', campaign_id: 1 + at, telephone: `57301${at}`, result }),
  ];
  const hanging = [];
  for (const [at, [, lock]] of PLACES.entries()) {
    const node = await nodes.start();
    // Whatever is the first time of a campaign is behind it.
    await expectDone(caller.upload(node, sent(at, 'failed')));
    const answer = await nodes.holding(lock, async (waiting) => {
      const came = caller.upload(node, sent(at, 'busy'));
      await waiting();
      node.signal('SIGSTOP');
      return { came };
    });
    hanging.push({ node, ...answer });
  }
  const before = takeovers();
  await until(() => takeovers() >= before + PLACES.length);
  await settled();
  for (const [at] of PLACES.entries()) {
    expect(await said(survivor, caller, at), PLACES[at]?.[0]).toEqual(['busy', 'busy']);
    await expectDone(caller.upload(survivor, sent(at, 'no_answer')));
  }
  for (const { node } of hanging) node.signal('SIGCONT');
  for (const [at, { node, came }] of hanging.entries()) {
    // A statement that stood still for so long is given up: then nobody was told that it is stored, and it is all the same.
    expect([201, 503]).toContain((await came).status);
    await knowsThatItWasDead(node);
    for (const asked of [survivor, node])
      expect(await said(asked, caller, at), PLACES[at]?.[0]).toEqual(['no_answer', 'no_answer']);
  }
  await settled();
}, 120_000);

function takeovers(): number {
  return survivor.messages.filter((message) => message.includes('is dead')).length;
}

/** Resolves when nothing that was taken in waits to come into the store. */
async function settled(): Promise<void> {
  await until(async () => (await nodes.accounts('SELECT 1 FROM pending_deliveries')).length === 0);
}

/** The one code that each telephone of a campaign has. */
async function said(node: Address, caller: Caller, at: number): Promise<string[]> {
  const window = { date_ini: '20261103000000', date_end: '20261103235959' };
  const { body } = await expectDone(caller.report(node, { campaign_id: String(1 + at), ...window }));
  const { data }: { data: Record<string, string>[] } = JSON.parse(body);
  return data.flatMap((row) =>
    ['busy', 'failed', 'no_answer'].filter(
      (code) => row[code] === '1' && row.total_machine_recognitions === '1',
    ),
  );
}

/** An operation, and what is known of its uploads. */
class Side {
  readonly ledger: Ledger;
  readonly #caller: Caller;
  readonly #groups: Group[][] = [];

  private constructor(caller: Caller, random: () => number) {
    this.#caller = caller;
    this.ledger = new Ledger(random);
  }

  static async create(random: () => number): Promise<Side> {
    return new Side(await Caller.create(survivor, SETTINGS), random);
  }

  /** Two programs that send one upload after another to a node, until it is gone or they are told to leave. */
  traffic(node: Address): { readonly ended: Promise<number>; readonly leave: () => void } {
    let stays = true;
    const send = async (): Promise<number> => {
      const own: Group[] = [];
      this.#groups.push(own);
      while (stays) {
        const { group, result, attempts } = this.ledger.next(own);
        group.open.push(result);
        const before = group.settled;
        const answer = await this.#caller.tryUpload(node, attempts);
        if (answer?.status !== 201) return 1;
        // Of one that hung, another may have been told since: then either may hold.
        if (group.settled === before) this.ledger.confirm(group, result);
      }
      return 0;
    };
    const ended = Promise.all([send(), send()]).then(([one, other]) => one + other);
    return {
      ended,
      leave: () => {
        stays = false;
      },
    };
  }

  /** Tells all that was ever sent once more, with another result. What hangs meanwhile may come after it. */
  async replaceAll(node: Address): Promise<void> {
    for (const own of this.#groups) {
      for (const group of [...own]) {
        const hanging = group.open;
        const { result, attempts } = this.ledger.again(group);
        await expectDone(this.#caller.upload(node, attempts));
        this.ledger.confirm(group, result);
        group.open = [...hanging];
      }
    }
  }

  /** What a node says, in all orders, that may not be. */
  async faults(node: Address): Promise<string[]> {
    const all = await this.#rows(node, 'all');
    const faults = this.ledger.settle(all);
    const by_campaign: Record<string, string>[] = [];
    for (let id = 1; id <= CAMPAIGNS; id += 1) by_campaign.push(...(await this.#rows(node, String(id))));
    by_campaign.sort((one, other) => (String(one.telephone) < String(other.telephone) ? -1 : 1));
    if (JSON.stringify(by_campaign) !== JSON.stringify(all))
      faults.push('campaigns say another thing than all');
    if (new Set(await ordersOf(nodes.attempts)).size !== 1) faults.push('the orders differ');
    return faults;
  }

  async #rows(node: Address, campaign_id: string): Promise<Record<string, string>[]> {
    const { body } = await this.#caller.report(node, { campaign_id, ...YEAR });
    const { data }: { data: Record<string, string>[] } = JSON.parse(body);
    return data;
  }
}

/** What each of the orders has, of all operations. */
async function ordersOf(database: string): Promise<string[]> {
  const of = (table: string) =>
    askClickHouse(`SELECT count(), sum(cityHash64(operation_id, campaign_id, telephone, dialed_at, attempt_hash, result, version))
      FROM ${database}.${table} FINAL FORMAT TSV`);
  return Promise.all(['held_by_campaign', 'held_by_telephone', 'held_by_time'].map(of));
}
