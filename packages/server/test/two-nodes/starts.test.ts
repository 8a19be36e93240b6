import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attempt } from '../harness.js';
import { READER } from '../servers/clickhouse.js';
import { createDatabase } from '../servers/postgres.js';
import { askClickHouse, connected, dropStores, storesOf } from '../servers/test-stores.js';
import { killAllSpawned, SpawnedService } from '../spawned-service.js';
import { Caller, expectDone } from './caller.js';

/** A start on servers that it cannot use says why in a sentence, without a password, and ends. */
let directory: string;
let clickhouse_url: string;
let database_url: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recuento-starts-'));
  ({ clickhouse_url = '', database_url = '' } = await storesOf(directory));
});
afterAll(async () => {
  await killAllSpawned();
  await connected(database_url, (client) => client.query(`DROP ROLE IF EXISTS ${USER}`));
  await dropStores(directory);
  await rm(directory, { recursive: true, force: true });
});

const USER = 'without_rights';
const PASSWORD = 'the secret';

/** What a start said, once it has ended by itself. */
async function refusal(clickhouse: string, database: string): Promise<string> {
  const env = { RECUENTO_CLICKHOUSE_URL: clickhouse, RECUENTO_DATABASE_URL: database };
  const service = SpawnedService.spawn(directory, env);
  expect(await service.ended()).toBe(1);
  expect(service.output).not.toMatch(/the secret|the%20secret/);
  return service.output;
}

function ofUser(url: string): string {
  const changed = new URL(url);
  changed.username = USER;
  changed.password = PASSWORD;
  return changed.href;
}

test('a ClickHouse server that does not know the user', async () => {
  expect(await refusal(ofUser(clickhouse_url), database_url)).toMatch(
    /^The ClickHouse server at http:\S+ does not know the user without_rights, or not by this password\.\n$/,
  );
});

test('a ClickHouse server that does not let the user make tables', async () => {
  await askClickHouse(`CREATE DATABASE IF NOT EXISTS ${READER.database}`);
  const { origin } = new URL(clickhouse_url);
  const reading = origin.replace('//', `//${READER.user}:${READER.password}@`);
  expect(await refusal(`${reading}/${READER.database}`, database_url)).toMatch(
    /^The ClickHouse server refuses what a start needs: reader: Not enough privileges\..*CREATE TABLE.*\n$/,
  );
});

test('a PostgreSQL server that does not let the user make tables', async () => {
  await connected(database_url, (client) => client.query(`CREATE ROLE ${USER} LOGIN PASSWORD '${PASSWORD}'`));
  expect(await refusal(clickhouse_url, ofUser(database_url))).toMatch(
    /^without_rights may not create or use the tables of t_\w+ at \S+\. Make it the owner of the database\.\n$/,
  );
});

test('accounts and attempts that do not belong together', async () => {
  const first = await SpawnedService.start(directory);
  const caller = await Caller.create(first);
  await expectDone(caller.upload(first, [attempt()]));
  await first.terminate();
  const server_url = database_url.replace(/\/[^/]*$/, '');
  expect(await refusal(clickhouse_url, await createDatabase(server_url))).toMatch(
    /^The PostgreSQL database is new, and the ClickHouse database has attempts of other accounts, .*\n$/,
  );
  expect(await refusal(`${clickhouse_url}_new`, database_url)).toMatch(
    /^The ClickHouse database is new, and the PostgreSQL database has accounts whose attempts are in another one\. .*\n$/,
  );
  await askClickHouse(`DROP DATABASE ${new URL(clickhouse_url).pathname.slice(1)}_new`);
  const elsewhere = await mkdtemp(join(tmpdir(), 'recuento-starts-'));
  const others = await storesOf(elsewhere);
  await (await SpawnedService.start(elsewhere)).terminate();
  expect(await refusal(others.clickhouse_url ?? '', database_url)).toMatch(
    /^The ClickHouse database has the attempts of other accounts than those in the PostgreSQL database\. .*\n$/,
  );
  await dropStores(elsewhere);
  await rm(elsewhere, { recursive: true, force: true });
  await SpawnedService.start(directory); // beside its own accounts all is as it was
});
