import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LANGUAGES } from '@recuento/contract';
import newman, { type NewmanRunSummary } from 'newman';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ENDPOINTS } from '../src/http/endpoints.js';
import { ADMIN_TOKEN, attempt, type TestOperation, TestService } from './harness.js';

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
  create_operation: 409, // it is there
  freeswitch_hook: 400,
  twilio_hook: 403,
};

test.each(LANGUAGES)('every request of the collection gets its reply (%s)', async (language) => {
  const collection: Collection = JSON.parse(
    await (await fetch(`${service.service.url}/postman.json?lang=${language}`)).text(),
  );
  const names = collection.item.flatMap(({ item }) => item.map(({ name }) => name));
  expect(names.sort()).toEqual(ENDPOINTS.map(({ title }) => title[language]).sort());
  const { executions, failures } = (await run(collection)).run;
  expect(failures.map(({ error }) => error.message)).toEqual([]);
  expect(executions).toHaveLength(ENDPOINTS.length);
  const codes = new Map(executions.map((one) => [one.item.name, one.response?.code]));
  for (const { id, title, replies } of ENDPOINTS) {
    expect(codes.get(title[language]), id).toBe(TO_BE_FILLED_IN[id] ?? Number(Object.keys(replies)[0]));
  }
});

interface Collection {
  item: { name: string; item: { name: string }[] }[];
}

function run(collection: Collection): Promise<NewmanRunSummary> {
  const values = { token: operation.token, admin_token: ADMIN_TOKEN };
  const envVar = Object.entries(values).map(([key, value]) => ({ key, value }));
  return new Promise((resolve, reject) => {
    newman.run({ collection, workingDir: directory, envVar }, (error, summary) =>
      error ? reject(error) : resolve(summary),
    );
  });
}
