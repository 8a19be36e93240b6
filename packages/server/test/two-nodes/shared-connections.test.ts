import { afterAll, beforeAll, expect, test } from 'vitest';
import { CONNECTIONS_A_KEY } from '../../src/accounts/postgres/bounds.js';
import { attempt } from '../harness.js';
import { killAllSpawned, type SpawnedService } from '../spawned-service.js';
import { type Answer, Caller, expectDone } from './caller.js';
import { Nodes } from './nodes.js';

/** Of a node's connections to the accounts an operation has its share, whatever it asks for, and however much. */
const FLOOD = 20;

let nodes: Nodes;
let node: SpawnedService;
beforeAll(async () => {
  nodes = await Nodes.prepare();
  node = await nodes.start();
});
afterAll(async () => {
  await killAllSpawned();
  await nodes.stop();
});

const kinds = (caller: Caller): readonly (() => Promise<Answer>)[] => [
  () => caller.upload(node, [attempt({ dialed_at: '2026-10-05T12:00:00Z' })]),
  () => caller.report(node),
  () => caller.call(node, 'POST', '/v1/tokens', { name: 'one more', scopes: ['report'] }),
];

test('an operation whose calls, uploads and tokens all wait for its rows holds nobody up', async () => {
  const settings = { limits: { max_simultaneous: 3 * FLOOD } };
  const [waits, another] = [await Caller.create(node, settings), await Caller.create(node, settings)];
  for (const ask of [...kinds(waits), ...kinds(another)]) await expectDone(ask());
  const its = `(SELECT id FROM operations WHERE server = '${waits.server}')`;
  const rows = `UPDATE operation_usage SET calls = calls WHERE operation_id = ${its};
    UPDATE numbers SET import = import WHERE operation_id = ${its};
    UPDATE operations SET name = name WHERE id = ${its}`;
  let answered = 0;
  const flood = await nodes.holding(rows, async (waiting) => {
    const all = Array.from({ length: FLOOD }, () => kinds(waits).map((ask) => ask()))
      .flat()
      .map((answer) =>
        answer.finally(() => {
          answered += 1;
        }),
      );
    await waiting();
    for (const ask of kinds(another)) await expectDone(ask());
    expect(answered).toBe(0);
    const held = await nodes.accounts(
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    expect(held).toHaveLength(CONNECTIONS_A_KEY);
    return all;
  });
  for (const answer of flood) await expectDone(answer);
}, 120_000);
