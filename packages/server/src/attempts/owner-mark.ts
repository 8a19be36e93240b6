import type { Engine } from './engine/engine.js';

/** The id of the accounts to which the attempts in a server's database belong; undefined when they belong to none yet. */
export async function ownerMark(engine: Engine): Promise<string | undefined> {
  await engine.command(
    'CREATE TABLE IF NOT EXISTS belongs_to (accounts UUID, since DateTime) ENGINE = MergeTree ORDER BY since',
  );
  const bytes = await engine.read({
    sql: 'SELECT accounts FROM belongs_to ORDER BY since LIMIT 1 FORMAT TSV',
    fair_key: 'start',
    max_ms: 30_000,
  });
  return bytes.toString().trim() || undefined;
}

/** @param accounts_id a UUID */
export async function setOwnerMark(engine: Engine, accounts_id: string): Promise<void> {
  await engine.command(`INSERT INTO belongs_to VALUES ('${accounts_id}', now())`);
}
