import { afterAll, beforeAll, expect, test } from 'vitest';
import { attempt } from '../harness.js';
import { askClickHouse } from '../servers/test-stores.js';
import { killAllSpawned, type SpawnedService } from '../spawned-service.js';
import { type Address, Caller, expectDone, importLine, type OpenImport } from './caller.js';
import { knowsThatItWasDead, Nodes, takenOver, until } from './nodes.js';

/** Imports and undos are one node's, and end, or go on elsewhere, with it. */
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

const DAY = { date_ini: '20261003000000', date_end: '20261003235959' } as const;
const AT = '2026-10-03 12:00:00';
/** So many rows are written before the file ends (`imports/join.ts`: twice 200,000 are held at most). */
const ROWS_UNTIL_WRITTEN = 410_000;

/** Telephones that a node's report of all campaigns has, with the one code of each. */
async function said(caller: Caller, node: Address, query: Record<string, string> = DAY): Promise<string[]> {
  const { body } = await caller.report(node, query);
  const { data }: { data: Record<string, string>[] } = JSON.parse(body);
  return data.map((row) => {
    const codes = Object.keys(row).filter(
      (code) => /^(?:busy|failed|no_answer)$/.test(code) && row[code] === '1',
    );
    return `${row.telephone} ${codes}`;
  });
}

/** The same, where the order by campaign and that by time are read. */
async function saidInAllOrders(caller: Caller, node: Address): Promise<string[][]> {
  const five_minutes = { date_ini: '20261003120000', date_end: '20261003120459' };
  const all: string[][] = [];
  for (const query of [DAY, { ...DAY, campaign_id: '1' }, five_minutes])
    all.push(await said(caller, node, query));
  return all;
}

/** Rows that imports of an operation have left anywhere. */
async function rowsOfImports(caller: Caller): Promise<number> {
  const [row] = await nodes.accounts(`SELECT id FROM operations WHERE server = '${caller.server}'`);
  const tables = ['told', 'held_by_campaign', 'held_by_telephone', 'held_by_time'];
  const counts = tables.map((table) =>
    askClickHouse(
      `SELECT count() FROM ${nodes.attempts}.${table} WHERE operation_id = ${row?.id} AND import > 0`,
    ),
  );
  return (await Promise.all(counts)).reduce((sum, count) => sum + Number(count), 0);
}

async function undo(caller: Caller, node: Address, id: string): Promise<void> {
  await expectDone(caller.call(node, 'DELETE', `/v1/imports/${id}`));
}

/** The one that runs. */
async function running(caller: Caller): Promise<string> {
  let id: string | undefined;
  await until(async () => {
    [{ id } = { id: undefined }] = (await caller.imports(survivor)).filter(
      ({ state }) => state === 'running',
    );
    return id !== undefined;
  });
  return String(id);
}

test('what one node imports every other one reports, and takes back', async () => {
  const other = await nodes.start();
  const caller = await Caller.create(survivor);
  await expectDone(
    caller.upload(other, [
      attempt({ campaign_id: 1, telephone: '1', dialed_at: '2026-10-03T12:00:00-05:00', attempt_id: 'a' }),
    ]),
  );
  const { id, state } = await caller.import(other, [importLine('1', AT), importLine('2', AT)], {
    replace: 'yes',
  });
  expect(state).toBe('done');
  expect(await saidInAllOrders(caller, survivor)).toEqual(Array(3).fill(['1 busy', '2 busy']));
  await undo(caller, survivor, id);
  await caller.becomes(other, id, 'undone');
  for (const node of [survivor, other])
    expect(await saidInAllOrders(caller, node)).toEqual(Array(3).fill(['1 no_answer']));
  expect(await rowsOfImports(caller)).toBe(0);
  expect(await other.terminate()).toBe(0);
});

test('imports of the same attempts, taken back by two nodes at once, leave nothing behind', async () => {
  const other = await nodes.start();
  const caller = await Caller.create(survivor);
  for (let round = 0; round < 5; round += 1) {
    const lines = Array.from({ length: 2_000 }, (_, nr) => importLine(`57${nr}`, AT));
    const one = await caller.import(survivor, lines);
    const two = await caller.import(other, lines, { replace: 'yes' });
    await Promise.all([undo(caller, survivor, one.id), undo(caller, other, two.id)]);
    for (const { id } of [one, two]) await caller.becomes(survivor, id, 'undone');
    expect(await rowsOfImports(caller), `round ${round}`).toBe(0);
  }
  expect(await other.terminate()).toBe(0);
}, 120_000);

test('with a node that is killed, or frozen, its imports end, and its undos go on: nothing is left of what is taken back', async () => {
  const [killed, frozen, undoing] = await Promise.all([nodes.start(), nodes.start(), nodes.start()]);
  const [of_killed, of_frozen, of_undoing] = await Promise.all(
    [killed, frozen, undoing].map((node) => Caller.create(node, { limits: { max_rows: 1_000_000 } })),
  );
  if (!of_killed || !of_frozen || !of_undoing) throw new Error('no operation');
  const kept = attempt({
    campaign_id: 1,
    telephone: '1',
    dialed_at: '2026-10-03T12:00:00-05:00',
    attempt_id: 'a',
  });
  for (const caller of [of_killed, of_frozen, of_undoing]) await expectDone(caller.upload(survivor, [kept]));
  const to_undo = await of_undoing.import(undoing, [importLine('1', AT), importLine('2', AT)], {
    replace: 'yes',
  });

  const file = await halfWritten(of_killed, killed);
  const lost = await running(of_killed);
  const slow = of_frozen.openImport(frozen, { replace: 'yes' });
  slow.send(importLine('1', AT));
  const stopped = await running(of_frozen);
  // While it runs, the others tell how far it is, and nobody may take it back.
  expect((await of_killed.call(survivor, 'DELETE', `/v1/imports/${lost}`)).error_id).toBe('conflict');
  expect((await rowsOfImports(of_killed)) > 0).toBe(true);
  await killed.kill();
  frozen.signal('SIGSTOP');
  await killedInUndo(of_undoing, undoing, to_undo.id);

  await takenOver(3, survivor);
  expect(await file.ended).toBeUndefined();
  for (const [caller, id] of [
    [of_killed, lost],
    [of_frozen, stopped],
  ] as const) {
    expect(await caller.importOf(survivor, id)).toMatchObject({
      state: 'interrupted',
      reason: expect.any(String),
    });
    await undo(caller, survivor, id);
    await caller.becomes(survivor, id, 'undone');
    expect(await rowsOfImports(caller)).toBe(0);
  }
  await of_undoing.becomes(survivor, to_undo.id, 'undone');
  // What it goes on with now is not its own: it ends, and brings nothing.
  frozen.signal('SIGCONT');
  await knowsThatItWasDead(frozen);
  slow.send(importLine('2', AT));
  slow.finish();
  expect((await slow.ended)?.status).toBe(503);
  for (const caller of [of_killed, of_frozen, of_undoing]) {
    await until(async () => (await rowsOfImports(caller)) === 0);
    for (const node of [survivor, frozen])
      expect(await saidInAllOrders(caller, node)).toEqual(Array(3).fill(['1 no_answer']));
  }
  expect(await of_frozen.importOf(frozen, stopped)).toMatchObject({ state: 'undone' });
}, 180_000);

/** An import of which a part is in the store, and more is to come. */
async function halfWritten(caller: Caller, node: Address): Promise<OpenImport> {
  const file = caller.openImport(node, { replace: 'yes' });
  const lines = Array.from({ length: ROWS_UNTIL_WRITTEN }, (_, nr) => importLine(String(nr), AT));
  for (let at = 0; at < lines.length; at += 10_000) file.send(lines.slice(at, at + 10_000).join(''));
  await until(async () => (await rowsOfImports(caller)) > 0);
  return file;
}

/** The orders say by then what they are to say, and what the import told is still there. */
async function killedInUndo(caller: Caller, node: SpawnedService, id: string): Promise<void> {
  await nodes.holding('LOCK TABLE data_versions IN SHARE MODE', async (waiting) => {
    await undo(caller, node, id);
    await waiting();
    await node.kill();
  });
  expect(await caller.importOf(survivor, id)).toMatchObject({ state: 'undoing' });
  expect(await rowsOfImports(caller)).toBeGreaterThan(0);
}
