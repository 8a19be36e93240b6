import { ATTEMPT_TABLES } from '../fixture-store.js';
import type { BareClickHouse } from './bare-clickhouse.js';
import { type Place, withFreshService } from './fresh-service.js';
import { environmentOf } from './pair.js';
import { Recorder, type Sent } from './recorder.js';
import { type Rates, ratesOfAll, sendAll, type Work } from './upload-work.js';

/** What each work's inserts are, on the server. */
export type Inserts = ReadonlyMap<Work, readonly Sent[]>;

const RECORDED = 'uploads_recorded';

/** What a service sends for the uploads. It is the warm-up of the servers, too. */
export async function recordInserts(place: Place, works: readonly Work[]): Promise<Inserts> {
  const { pair, bare } = place;
  const recorder = await Recorder.start(pair.clickhouse_url);
  try {
    const { database_url } = await pair.stores(RECORDED);
    const environment = environmentOf({ clickhouse_url: `${recorder.url}/${RECORDED}`, database_url });
    return await withFreshService(place, { environment }, async (send) => {
      const inserts = new Map<Work, readonly Sent[]>();
      for (const work of works) {
        const sent = (await recorder.during(() => sendAll(work, send))).filter(isInsert);
        if (sent.length !== work.uploads.length) throw new Error('an upload is not one insert');
        inserts.set(work, sent);
      }
      return inserts;
    });
  } finally {
    recorder.stop();
    await bare.command(`DROP DATABASE IF EXISTS ${RECORDED} SYNC`);
  }
}

function isInsert({ path }: Sent): boolean {
  const { searchParams } = new URL(path, 'http://localhost');
  return searchParams.get('query')?.startsWith('INSERT INTO told ') ?? false;
}

/**
 * The same inserts by nobody but the bench, into the tables of a service that is over, emptied. The database is gone afterwards, so
 * that nothing of it is merged while others are measured.
 *
 * @throws Error when the service, or the inserts, did not store all attempts
 */
export async function insertBare(bare: BareClickHouse, database: string, inserts: Inserts): Promise<Rates> {
  const works = [...inserts.keys()];
  await assertAllThere(bare, database, works);
  for (const table of ATTEMPT_TABLES) await bare.command(`TRUNCATE TABLE ${database}.${table} SYNC`);
  const rates = await ratesOfAll(works, async (work) => {
    for (const insert of inserts.get(work) ?? []) await bare.again(insert, { database });
  });
  await assertAllThere(bare, database, works);
  await bare.command(`DROP DATABASE ${database} SYNC`);
  return rates;
}

async function assertAllThere(bare: BareClickHouse, database: string, works: readonly Work[]): Promise<void> {
  const expected = works.reduce((sum, { stored }) => sum + stored, 0);
  const there = Number(await bare.command(`SELECT count() FROM ${database}.held_by_time FINAL`));
  if (there !== expected) throw new Error(`${there} attempts are in ${database}, not ${expected}`);
}
