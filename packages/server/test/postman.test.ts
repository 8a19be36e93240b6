import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LANGUAGES, type Language } from '@recuento/contract';
import newman, { type NewmanRunSummary } from 'newman';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ENDPOINTS } from '../src/http/endpoints.js';
import { ADMIN_TOKEN, attempt, NOVEMBER, type TestOperation, TestService } from './harness.js';
import { asking, putAside } from './quarantine/follower.js';

/** The collection of `/postman.json`, run by what runs Postman collections. */
let service: TestService;
let operation: TestOperation;
let directory: string;
beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation({ server: '0042' });
  await operation.upload([attempt({ amd: 'machine' }), attempt({ result: 'busy' })]);
  directory = await mkdtemp(join(tmpdir(), 'recuento-postman-'));
});
afterAll(async () => {
  await service.stop();
  await rm(directory, { recursive: true, force: true });
});

/** Requests that lack what only who uses them has: the id of something that is there, a call, a signature. */
const TO_BE_FILLED_IN: Readonly<Record<string, number>> = {
  get_import: 404,
  undo_import: 404,
  list_rejects: 404,
  revoke_token: 404,
  delete_webhook: 404,
  test_webhook: 404,
  quarantine_act: 404,
  put_hygiene_rule: 404,
  delete_hygiene_rule: 404,
  alarm: 404,
  freeswitch_hook: 400,
  twilio_hook: 403,
};

const READS = ENDPOINTS.filter(({ method }) => method === 'GET');
const WRITES = ENDPOINTS.filter(({ method }) => method !== 'GET');

const collectionIn = async (language: Language): Promise<Collection> =>
  JSON.parse(await (await fetch(`${service.service.url}/postman.json?lang=${language}`)).text());

test.each(LANGUAGES)(
  'reads and writes have a folder each, and every call is in one of them (%s)',
  async (language) => {
    const [reads, writes] = (await collectionIn(language)).item.map(({ item }) =>
      item.flatMap((face) => face.item.map(({ name }) => name)),
    );
    expect(reads?.sort()).toEqual(READS.map(({ title }) => title[language]).sort());
    expect(writes?.sort()).toEqual(WRITES.map(({ title }) => title[language]).sort());
  },
);

test('the collection of each language sends the same: they differ in what is there for people', async () => {
  const withoutTexts = async (language: Language): Promise<unknown> =>
    JSON.parse(JSON.stringify(await collectionIn(language)), (key, value) =>
      key === 'name' || key === 'description' ? undefined : value,
    );
  const [first, ...others] = await Promise.all(LANGUAGES.map(withoutTexts));
  for (const other of others) expect(other).toEqual(first);
});

test('the collection is run as it is: every read has its reply, and nothing changes', async () => {
  const [language] = LANGUAGES;
  const before = await all();
  const codes = await run(await collectionIn(language));
  for (const { id, title, replies } of READS)
    expect(codes.get(title[language]), id).toBe(TO_BE_FILLED_IN[id] ?? Number(Object.keys(replies)[0]));
  for (const { id, title } of WRITES) expect(codes.get(title[language]), id).toBeUndefined();
  expect(await all()).toEqual(before);
});

test.each(LANGUAGES)(
  'with writes=yes every request has its reply, and touches nothing that was there (%s)',
  async (language) => {
    const before = await all();
    const codes = await run(await collectionIn(language), { writes: 'yes' });
    // The operation of the samples is made once.
    const created = language === LANGUAGES[0] ? 201 : 409;
    for (const { id, title, replies } of ENDPOINTS) {
      const expected = id === 'create_operation' ? created : Number(Object.keys(replies)[0]);
      expect(codes.get(title[language]), id).toBe(TO_BE_FILLED_IN[id] ?? expected);
    }
    const { report, operations, ...lists } = await all();
    expect(report).toEqual(before.report);
    // What was there is there as it was, and what came is of the samples.
    expect(operations).toEqual(expect.arrayContaining(before.operations));
    for (const name of LISTS) expect(lists[name], name).toEqual(expect.arrayContaining(before[name]));
  },
);

const LISTS = ['tokens', 'campaigns', 'imports', 'audit', 'quarantine'] as const;

/** What the service has. */
async function all() {
  const list = async (path: string, token: string, key: string): Promise<unknown[]> =>
    JSON.parse(await (await service.v1('GET', path, token)).text())[key];
  const held = await putAside(asking(() => service.service.url, operation.token));
  return {
    report: (await operation.campaign8(1001, ...NOVEMBER)).json.data,
    operations: await list('/operations', ADMIN_TOKEN, 'operations'),
    tokens: await list('/tokens', operation.token, 'tokens'),
    campaigns: await list('/campaigns', operation.token, 'campaigns'),
    imports: await list('/imports', operation.token, 'imports'),
    audit: await list('/audit', operation.token, 'entries'),
    quarantine: held.map(({ telephone }) => telephone),
  };
}

interface Collection {
  item: { name: string; item: { name: string; item: { name: string }[] }[] }[];
}

/** The status of each request that was sent, by its name. */
async function run(collection: Collection, more: Readonly<Record<string, string>> = {}) {
  const values = { token: operation.token, admin_token: ADMIN_TOKEN, ...more };
  const envVar = Object.entries(values).map(([key, value]) => ({ key, value }));
  const summary = await new Promise<NewmanRunSummary>((resolve, reject) => {
    newman.run({ collection, workingDir: directory, envVar }, (error, found) =>
      error ? reject(error) : resolve(found),
    );
  });
  expect(summary.run.failures.map(({ error }) => error.message)).toEqual([]);
  return new Map(summary.run.executions.map((one) => [one.item.name, one.response?.code]));
}
