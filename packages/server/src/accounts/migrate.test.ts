import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KyselyPlugin, RootOperationNode } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MIGRATIONS, migrateAccounts } from './migrate.js';
import { openSqlite } from './sqlite/open.js';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recuento-migrate-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** Fails the statement with this number, the first is 0, and all behind it: what a kill does. */
class Killed implements KyselyPlugin {
  statements = 0;
  readonly #at: number;

  constructor(at: number) {
    this.#at = at;
  }

  transformQuery({ node }: { node: RootOperationNode }): RootOperationNode {
    this.statements += 1;
    if (this.statements > this.#at) throw new Error('killed');
    return node;
  }

  transformResult<T>({ result }: { result: T }): Promise<T> {
    return Promise.resolve(result);
  }
}

test('migrations that are broken off at any statement are done by the next start', async () => {
  let at = 0;
  for (let whole = false; !whole; at += 1) {
    const path = join(directory, `${at}.sqlite`);
    const killed = new Killed(at);
    const first = openSqlite(path);
    whole = await migrateAccounts(first.withPlugin(killed)).then(
      () => true,
      () => false,
    );
    await first.destroy();
    const next = openSqlite(path);
    await migrateAccounts(next);
    const { length } = await next.selectFrom('imports').select('id').execute();
    expect(length).toBe(0);
    await next.destroy();
  }
  expect(at).toBeGreaterThan(3 * Object.keys(MIGRATIONS).length);
});
