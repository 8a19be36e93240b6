import { Agent } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMIN_TOKEN } from '../harness.js';
import { mulberry32 } from '../ledger.js';
import { askAlone, type Known } from '../neighbours/alone.js';
import { play, type Round, type Stage } from '../neighbours/compare.js';
import { MISDEEDS, measure } from '../neighbours/misdeeds.js';
import { type Scene, setScene } from '../neighbours/scene.js';
import { killAllSpawned, type SpawnedService } from '../spawned-service.js';
import { Nodes } from './nodes.js';

/**
 * Whatever an operation does at one node, and whatever becomes of that node, another operation is told by the other one what it is
 * told alone, byte by byte.
 */
const SCENE = { attempts_of_a: 70_000, attempts_of_b: 400, askers: 3 };
const ROUNDS = process.env.RECUENTO_FUZZ === 'full' ? 60 : 12;
const SEED = Number(process.env.RECUENTO_TEST_SEED ?? 20_261_128);

const agent = new Agent({ keepAlive: true });
let nodes: Nodes;
let of_a: SpawnedService;
let of_b: SpawnedService;
let scene: Scene;
let known: readonly Known[];
beforeAll(async () => {
  nodes = await Nodes.prepare();
  [of_a, of_b] = await Promise.all([nodes.start(), nodes.start()]);
  scene = await setScene(of_a.url, ADMIN_TOKEN, agent, SCENE);
  known = await askAlone({ base: of_b.url, agent, token: scene.tokens_of_b[0] ?? '' });
}, 120_000);
afterAll(async () => {
  agent.destroy();
  await killAllSpawned();
  await nodes.stop();
});

const everything = () => known.map((_, at) => at);

test('what is asked at one node is what it is alone, whatever another operation leaves or breaks at the other', async () => {
  const random = mulberry32(SEED);
  const below = (limit: number) => Math.floor(random() * limit);
  const rounds = Array.from(
    { length: ROUNDS },
    (): Round => ({
      misdeeds: Array.from({ length: 3 }, () => ({
        kind: MISDEEDS[below(MISDEEDS.length)] ?? 'reads it',
        call: below(10),
        moment: random(),
      })),
      asked: Array.from({ length: 8 }, () => below(10_000)),
    }),
  );
  const measured = await measure({ base: of_a.url, agent, token: scene.tokens_of_a[0] ?? '' });
  const stage: Stage = {
    scene,
    at: { base: of_b.url, agent },
    at_of_a: { base: of_a.url, agent },
    known,
    measured,
  };
  const tally = await play(stage, rounds);
  expect([tally.mismatches, tally.leaked, tally.failed, tally.cut, tally.refused]).toEqual([[], 0, 0, 0, 0]);
  expect(tally.compared).toBe(ROUNDS * 8);
  const broken = [...tally.endings.keys()].filter((name) => /hung up|left|50[034]|413|cut/.test(name));
  expect(broken.length).toBeGreaterThan(3);
}, 120_000);

test('a node that stands still, or is gone, takes nothing from whom another one serves', async () => {
  const at = { base: of_b.url, agent };
  const asked = [{ misdeeds: [], asked: everything() }];
  const takeovers = () => of_b.messages.filter((message) => message.includes('is dead')).length;
  const told = async (): Promise<Record<string, unknown>> => {
    const before = takeovers();
    const { compared, mismatches, refused, failed, cut } = await play(
      { scene, at, known, measured: [] },
      asked,
    );
    if (takeovers() === before) return { compared, mismatches, others: refused + failed + cut };
    // It was taken over meanwhile, which ends all ETags: what is told alone has others from then on.
    known = await askAlone({ ...at, token: scene.tokens_of_b[0] ?? '' });
    return told();
  };
  const as_alone = { compared: known.length, mismatches: [], others: 0 };
  // In the middle of all that A may ask.
  const hanging = scene.tokens_of_a.map((token) =>
    fetch(
      `${of_a.url}/v1/machine-codes?campaign_id=all&from=2025-10-01T00:00:00Z&to=2025-10-31T00:00:00Z&format=csv`,
      {
        headers: { authorization: `Bearer ${token}` },
      },
    )
      .then((reply) => reply.text())
      .catch(() => undefined),
  );
  of_a.signal('SIGSTOP');
  expect(await told()).toEqual(as_alone);
  of_a.signal('SIGCONT');
  await Promise.all(hanging);
  expect(await told()).toEqual(as_alone);
  await of_a.kill();
  expect(await told()).toEqual(as_alone);
}, 120_000);
