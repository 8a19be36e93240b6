import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { AttemptStore } from '../src/attempts/store.js';
import { attempt, TestService } from './harness.js';
import { type Node, openSecondNode } from './second-node.js';
import { Caller, type Reply } from './unchanged/caller.js';
import { Holding } from './unchanged/holding.js';
import { OF_NOW, QUESTIONS } from './unchanged/questions.js';
import { EVERY_KIND, HOLDS, type Step, step, TIMES } from './unchanged/steps.js';

/**
 * What a caller has of an earlier reply, where he is told that it is unchanged (304), and what is sent again from memory, is
 * byte for byte what the report would be now, whatever happened in between: at this node or at the other one, behind or ahead of
 * it by their clocks, or while the reply was made.
 */
const RUNS = process.env.RECUENTO_FUZZ === 'full' ? 300 : 2;
const LICENCES = 100;

let service: TestService;
let second: Awaited<ReturnType<typeof openSecondNode>>;
let nodes: readonly Node[];
beforeAll(async () => {
  const open = vi.spyOn(AttemptStore, 'open');
  service = await TestService.start({ kept_reply_mib: 64 });
  const [store] = await Promise.all(open.mock.results.map(({ value }) => value));
  second = await openSecondNode(service, store);
  const first = {
    url: service.service.url,
    services: service.service.services,
    inject: service.service.inject,
    setClock: (at_ms: number | undefined) => {
      service.stands_at_ms = at_ms;
    },
  };
  nodes = [first, second];
});
afterAll(async () => {
  await second.close();
  await service.stop();
});

/** Each telephone in two campaigns, at each of the times, so that every step finds something to change; of one by customer. */
const atFirst = (telephones: readonly string[]) =>
  [1, 2].flatMap((campaign_id) =>
    TIMES.flatMap((dialed_at) =>
      telephones.map((telephone) =>
        attempt({
          attempt_id: 'a',
          campaign_id,
          telephone,
          dialed_at,
          ...(campaign_id === 1 && { customer_id: 'c1' }),
          result: 'failed',
          amd: 'machine',
        }),
      ),
    ),
  );

test('304 is said, and a kept reply sent, only where it is byte for byte what the report would be now', async () => {
  const [first] = nodes;
  if (!first) throw new Error('no node');
  const holding = new Holding(nodes);
  const kept = new Kept(nodes);
  const stranger = await newCaller();
  await stranger.upload(first, atFirst(['573009']));
  const of_stranger = await Promise.all(QUESTIONS.map((question) => stranger.ask(first, question)));
  let unchanged = 0;

  const run = async (steps: readonly Step[]) => {
    for (const node of nodes) node.setClock(undefined);
    const caller = await newCaller();
    await caller.upload(first, atFirst(['573001', '573002']));
    /** Of each question what came under which ETag. */
    const seen = QUESTIONS.map(() => new Map<string, string>());
    const note = (at: number, { etag, body, status }: Reply) => {
      if (etag !== undefined && status === 200) seen[at]?.set(etag, body);
    };
    const askAll = (node: Node, etagsOf: (at: number) => readonly string[] = () => []) =>
      Promise.all(QUESTIONS.map((question, at) => caller.ask(node, question, etagsOf(at))));
    const etagsOf = (at: number) =>
      [...(seen[at]?.keys() ?? []), of_stranger[at]?.etag ?? ''].filter(Boolean);

    for (const [turn, one] of [undefined, ...steps].entries()) {
      const node = nodes[one?.node ?? 0] ?? first;
      if (one) await takeWhile(one, node, turn);
      // At one node with the ETags of all earlier replies, at the other without, and the next time the other way round.
      const told = [];
      for (const [which, asked] of nodes.entries())
        told.push(await askAll(asked, (at) => ((turn + which + at) % 2 === 0 ? etagsOf(at) : [])));
      const made_anew = await kept.without(() => askAll(node));
      for (const replies of told) {
        expect(replies.map((reply, at) => bodyOf(reply, at))).toEqual(made_anew.map(({ body }) => body));
      }
      for (const replies of [...told, made_anew])
        for (const [at, reply] of replies.entries()) note(at, reply);
      const now = await caller.ask(node, OF_NOW, ['*']);
      expect([now.etag, now.left]).toEqual([undefined, LICENCES * 1_000 - caller.calls(node)]);
      if (now.status === 200) for (const name of caller.names) expect(now.body).toContain(`"${name}"`);
    }

    function bodyOf({ status, etag = '', body }: Reply, at: number): string | undefined {
      if (status !== 304) return body;
      unchanged += 1;
      return seen[at]?.get(etag);
    }

    async function takeWhile({ change, hold }: Step, node: Node, turn: number): Promise<void> {
      const take = () => caller.take(change, node);
      if (hold === undefined) return take();
      const asks = QUESTIONS.map((question, at) => async () => {
        const asked = nodes[(at + turn) % nodes.length] ?? node;
        note(at, await caller.ask(asked, question));
      });
      return kept.without(() => holding.during(hold, asks, take));
    }
  };

  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), run), {
    numRuns: RUNS,
    examples: [[EVERY_KIND]],
  });
  expect(Math.min(unchanged, kept.found)).toBeGreaterThan(10);
  for (const hold of HOLDS) expect(holding.made.get(hold), hold).toBeGreaterThan(10);
}, 900_000);

async function newCaller(): Promise<Caller> {
  return new Caller(
    await service.operation({
      licences: LICENCES,
      time_zone: 'America/Bogota',
      limits: { max_simultaneous: 64 },
    }),
  );
}

/** The kept replies of the nodes, which may be passed over: then replies are made anew, and kept. */
class Kept {
  found = 0;
  #passed_over = false;

  constructor(nodes: readonly Node[]) {
    for (const { services } of nodes) {
      const { kept_replies } = services;
      const get = kept_replies.get.bind(kept_replies);
      vi.spyOn(kept_replies, 'get').mockImplementation((key, name) => {
        const reply = this.#passed_over ? undefined : get(key, name);
        if (reply) this.found += 1;
        return reply;
      });
    }
  }

  async without<T>(work: () => Promise<T>): Promise<T> {
    this.#passed_over = true;
    try {
      return await work();
    } finally {
      this.#passed_over = false;
    }
  }
}

test('the report of yesterday, of another hour and of another campaign is unchanged while today is dialed', async () => {
  const operation = await service.operation({ time_zone: 'America/Bogota' });
  const at = (dialed_at: string, campaign_id: number) =>
    operation.upload([attempt({ dialed_at, campaign_id })]);
  await at('2026-10-03T23:59:59-05:00', 1);
  await at('2026-10-04T10:00:00-05:00', 1);
  await at('2026-10-04T11:00:00-05:00', 2);
  const yesterday = ['20261003000000', '20261003235959'];
  const at_ten = ['20261004100000', '20261004105959'];
  const today = ['20261004000000', '20261004235959'];
  const questions = [
    ['all', ...yesterday],
    ['1', ...yesterday],
    ['all', ...at_ten],
    ['1', ...today],
    ['2', ...today],
    ['all', ...today],
  ].map(([campaign_id = '', date_ini = '', date_end = '']) => ({
    api: 'campaign_8',
    campaign_id,
    date_ini,
    date_end,
  }));
  const etags: string[] = [];
  for (const asked of questions) etags.push(String((await operation.get(asked)).headers.etag));
  await at('2026-10-04T00:00:00-05:00', 2);
  const statuses: number[] = [];
  for (const [index, asked] of questions.entries()) {
    statuses.push((await operation.get(asked, { 'if-none-match': etags[index] ?? '' })).status);
  }
  expect(statuses).toEqual([304, 304, 304, 304, 200, 200]);
});
