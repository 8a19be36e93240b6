import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { AttemptStore } from '../src/attempts/store.js';
import { attempt, type SentAttempt, TestService } from './harness.js';
import { type Node, openSecondNode, startSecondService } from './second-node.js';
import { TEST_ENGINE } from './servers/test-stores.js';
import { Caller } from './unchanged/caller.js';
import { Holding } from './unchanged/holding.js';
import { Kept } from './unchanged/kept.js';
import { QUESTIONS } from './unchanged/questions.js';
import { Run } from './unchanged/run.js';
import { EVERY_KIND, HOLDS, step, TIMES } from './unchanged/steps.js';

/**
 * What a caller has of an earlier reply, where he is told that it is unchanged (304), and what is sent again from memory, is
 * byte for byte what the report would be now, whatever happened in between: at this node or at the other one, behind or ahead of
 * it by their clocks, or while the reply was made.
 */
const RUNS = process.env.RECUENTO_FUZZ === 'full' ? 100 : 2;
const LICENCES = 100;
const LIMIT = LICENCES * 1_000;

let service: TestService;
let second: Node & { close(): Promise<void> };
let nodes: readonly [Node, Node];
beforeAll(async () => {
  const open = vi.spyOn(AttemptStore, 'open');
  service = await TestService.start({ kept_reply_mib: 64 });
  const [attempts] = await Promise.all(open.mock.results.map(({ value }) => value));
  second =
    TEST_ENGINE === 'server'
      ? await startSecondService(service, { kept_reply_mib: 64 })
      : await openSecondNode(service, attempts);
  const { url, services, inject } = service.service;
  const setClock = (at_ms: number | undefined) => {
    service.stands_at_ms = at_ms;
  };
  nodes = [{ url, services, inject, setClock }, second];
});
afterAll(async () => {
  await second.close();
  await service.stop();
});

/** Each telephone in two campaigns, at each of the times, so that every step finds something to change; of one by customer. */
function atFirst(telephones: readonly string[]): SentAttempt[] {
  const common = { attempt_id: 'a', result: 'failed', amd: 'machine' };
  return TIMES.flatMap((dialed_at) =>
    telephones.flatMap((telephone) => [
      attempt({ ...common, campaign_id: 1, telephone, dialed_at, customer_id: 'c1' }),
      attempt({ ...common, campaign_id: 2, telephone, dialed_at }),
    ]),
  );
}

async function newCaller(telephones: readonly string[]): Promise<Caller> {
  for (const node of nodes) node.setClock(undefined);
  const limits = { max_simultaneous: 64 };
  const operation = await service.operation({ licences: LICENCES, time_zone: 'America/Bogota', limits });
  const caller = new Caller(operation);
  await caller.upload(nodes[0], atFirst(telephones));
  return caller;
}

test('304 is said, and a kept reply sent, only where it is byte for byte what the report would be now', async () => {
  const [first] = nodes;
  const stranger = await newCaller(['573009']);
  const of_stranger = await Promise.all(QUESTIONS.map((question) => stranger.ask(first, question)));
  const etags_of_stranger = of_stranger.map(({ etag = '' }) => etag);
  const [holding, kept] = [new Holding(nodes), new Kept(nodes)];
  let unchanged = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const caller = await newCaller(['573001', '573002']);
      const run = new Run({ nodes, holding, kept, etags_of_stranger }, caller, LIMIT);
      await run.look(first);
      for (const one of steps) await run.take(one);
      unchanged += run.unchanged;
    }),
    { numRuns: RUNS, examples: [[EVERY_KIND]] },
  );
  expect(Math.min(unchanged, kept.found)).toBeGreaterThan(10);
  for (const hold of HOLDS) expect(holding.made.get(hold), hold).toBeGreaterThan(10);
}, 1_800_000); // a busy machine has ten seconds for a run
