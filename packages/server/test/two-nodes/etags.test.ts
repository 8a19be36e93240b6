import { afterAll, beforeAll, expect, test } from 'vitest';
import { attempt } from '../harness.js';
import { mulberry32 } from '../ledger.js';
import { killAllSpawned, type SpawnedService } from '../spawned-service.js';
import { type Address, Caller, expectDone, importLine, OCTOBER } from './caller.js';
import { knowsThatItWasDead, Nodes, takenOver } from './nodes.js';

/**
 * What a node says is unchanged (304), and what it sends again from memory, is byte for byte what the report is now, whichever node
 * the change was told to: from its acknowledgement on.
 */
const STEPS = process.env.RECUENTO_FUZZ === 'full' ? 300 : 20;
const SEED = Number(process.env.RECUENTO_TEST_SEED ?? 20_261_128);
const KEEPS = { RECUENTO_KEPT_REPLY_MIB: '16' };

let nodes: Nodes;
/** Two that keep replies, and one that makes each anew. */
let both: readonly [SpawnedService, SpawnedService];
let anew: SpawnedService;
beforeAll(async () => {
  nodes = await Nodes.prepare();
  const [a, b, c] = await Promise.all([
    nodes.start(KEEPS),
    nodes.start(KEEPS),
    nodes.start({ RECUENTO_KEPT_REPLY_MIB: '0' }),
  ]);
  both = [a, b];
  anew = c;
});
afterAll(async () => {
  await killAllSpawned();
  await nodes.stop();
});

/** Of windows that are over; those of October 3 alone are not touched by what is told of another day. */
const QUESTIONS: readonly Record<string, string>[] = [
  { campaign_id: 'all' },
  { campaign_id: '1', date_ini: '20261003000000', date_end: '20261003235959' },
  { api: 'campaign_3', campaign_id: '1' },
  { api: 'campaign_1', campaign_id: '2' },
  { campaign_id: 'all', date_ini: '20261003120000', date_end: '20261003120459' },
  { api: 'cdr_5', campaign_id: '1', cursor: '' },
];

/** What one who asks again and again has been told, and looks at what he is told now. */
class Reader {
  readonly #caller: Caller;
  /** By question, bodies by their ETags. */
  readonly #seen = QUESTIONS.map(() => new Map<string, string>());
  unchanged = 0;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** Asks these nodes everything, with all ETags that there ever were and without: each says what the report is. */
  async look(asked: readonly Address[], context: string): Promise<void> {
    for (const [at, question] of QUESTIONS.entries()) {
      const { body } = await this.#caller.report(anew, question);
      const seen = this.#seen[at] ?? new Map<string, string>();
      for (const node of asked) {
        for (const etags of [[...seen.keys()].join(', '), '']) {
          const reply = await this.#caller.report(
            node,
            question,
            etags === '' ? {} : { 'if-none-match': etags },
          );
          const etag = reply.headers.get('etag') ?? '';
          const told = reply.status === 304 ? seen.get(etag) : reply.body;
          expect(told, `${context}, ${JSON.stringify(question)}, ${reply.status}`).toBe(body);
          if (reply.status === 304) this.unchanged += 1;
          if (reply.status === 200 && etag !== '') seen.set(etag, reply.body);
        }
      }
    }
  }
}

const TELEPHONES = ['573001', '573002', '573003'];
const TIMES = ['2026-10-03T12:00:00-05:00', '2026-10-03T23:59:59-05:00', '2026-10-04T00:00:00-05:00'];
const RESULTS = ['busy', 'failed', 'no_answer'];

/** Something is told to a node, and acknowledged. */
async function change(
  caller: Caller,
  node: Address,
  random: () => number,
  imports: string[],
): Promise<string> {
  const one = (of: readonly string[]) => of[Math.floor(random() * of.length)] ?? '';
  const telephone = one(TELEPHONES);
  const campaign_id = 1 + Math.floor(random() * 2);
  switch (Math.floor(random() * 6)) {
    case 0:
    case 1:
      await expectDone(
        caller.upload(node, [
          attempt({
            campaign_id,
            telephone,
            dialed_at: one(TIMES),
            result: one(RESULTS),
            attempt_id: 'a',
            customer_id: 'c',
          }),
        ]),
      );
      return 'upload';
    case 2: {
      const customers = [{ customer_id: 'c', customer_name: `n${random()}`, tel1: telephone }];
      const path = `/api/v2/campaign.php?api=add_record&campaign_id=${campaign_id}`;
      await expectDone(caller.call(node, 'POST', path, customers));
      return 'customers';
    }
    case 3: {
      const more = { campaign_id: String(campaign_id), ...(random() < 0.5 && { replace: 'yes' }) };
      const lines = [importLine(telephone, '2026-10-03 12:00:00', one(RESULTS))];
      imports.push((await caller.import(node, lines, more)).id);
      return 'import';
    }
    case 4: {
      const id = imports.pop();
      if (id === undefined) return 'nothing';
      await expectDone(caller.call(node, 'DELETE', `/v1/imports/${id}`));
      await caller.becomes(node, id, 'undone');
      return 'undo';
    }
    default:
      await expectDone(caller.call(node, 'PUT', `/v1/campaigns/${campaign_id}`, { name: one(RESULTS) }));
      return 'name';
  }
}

const settings = { limits: { max_simultaneous: 64 }, time_zone: 'America/Bogota' };

test('whatever is told to one node, in any order, ends what the other would say again', async () => {
  const random = mulberry32(SEED);
  const caller = await Caller.create(both[0], settings);
  const reader = new Reader(caller);
  const imports: string[] = [];
  for (let step = 1; step <= STEPS; step += 1) {
    const node = both[step % 2] ?? both[0];
    const what = await change(caller, node, random, imports);
    await reader.look(both, `seed ${SEED}, step ${step}, ${what}`);
  }
  expect(reader.unchanged).toBeGreaterThan(STEPS * QUESTIONS.length);
}, 300_000);

test('what a node made visible and never acknowledged ends what is said again, when it is dead', async () => {
  const [killed, frozen] = await Promise.all([nodes.start(KEEPS), nodes.start(KEEPS)]);
  const victims = [killed, frozen] as const;
  const callers = [await Caller.create(killed, settings), await Caller.create(frozen, settings)];
  const readers = callers.map((caller) => new Reader(caller));
  const sent = (result: string) =>
    TELEPHONES.map((telephone) =>
      attempt({ campaign_id: 1, telephone, dialed_at: TIMES[0] ?? '', result, attempt_id: 'a' }),
    );
  for (const [at, caller] of callers.entries()) {
    await expectDone(caller.upload(both[0], sent('busy')));
    await readers[at]?.look([...both, ...victims], 'before');
  }
  const hanging = [];
  for (const [at, caller] of callers.entries()) {
    // Its rows are in the tables, and its versions do not rise: whoever stops there has told nobody of them.
    hanging.push(
      await nodes.holding('LOCK TABLE hour_versions IN SHARE MODE', async (waiting) => {
        const came = caller.tryUpload(victims[at] ?? killed, sent('failed'));
        await waiting();
        if (at === 0) await killed.kill();
        else frozen.signal('SIGSTOP');
        await nodes.nobodyWaits();
        return { came };
      }),
    );
  }
  await takenOver(2, ...both, anew);
  for (const reader of readers) await reader.look(both, 'behind the takeover');
  await expectDone((callers[1] ?? callers[0])?.upload(both[0], sent('no_answer')) ?? Promise.reject());
  frozen.signal('SIGCONT');
  await knowsThatItWasDead(frozen);
  for (const { came } of hanging) await came;
  for (const reader of readers) await reader.look([...both, frozen], 'when it goes on');
  expect(await callers[1]?.report(frozen, OCTOBER).then(({ body }) => body.includes('"no_answer":"1"'))).toBe(
    true,
  );
}, 120_000);
