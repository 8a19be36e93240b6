import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Figure } from '../answer.js';
import { insertBare, recordInserts } from './bare-inserts.js';
import { ratesOf, type Series } from './figures.js';
import { type Place, withFreshService } from './fresh-service.js';
import { environmentOf } from './pair.js';
import { type Rates, ratesOfAll, sendAll, type Work, workOf } from './upload-work.js';

interface Sizes {
  /** Uploads of 10,000 attempts each. */
  readonly large: number;
  /** And of ten. */
  readonly small: number;
  readonly runs: number;
}

const LARGE_ATTEMPTS = 10_000;
const SMALL_ATTEMPTS = 10;

/**
 * Uploads into empty stores, embedded and on the servers, and then the server's very same inserts bare, in turns. All of them are on
 * the disk when they are answered.
 */
export async function measureUploads(
  place: Place,
  { large, small, runs }: Sizes,
  say: (line: string) => void,
): Promise<Figure[]> {
  const works = [workOf(LARGE_ATTEMPTS, large, 42), workOf(SMALL_ATTEMPTS, small, 44)];
  const inserts = await recordInserts(place, works);
  const measured = works.map((work) => ({
    work,
    rates: { embedded: [] as number[], server: [] as number[], bare: [] as number[] },
  }));
  for (let run = 1; run <= runs; run += 1) {
    const database = `uploads_${run}`;
    const embedded = await onEmbedded(place, works);
    const server = await onServers(place, database, works);
    const bare = await insertBare(place.bare, database, inserts);
    for (const { work, rates } of measured) {
      rates.embedded.push(embedded.get(work) ?? Number.NaN);
      rates.server.push(server.get(work) ?? Number.NaN);
      rates.bare.push(bare.get(work) ?? Number.NaN);
      say(`  run ${run}, ${work.title}: ${lastOf(rates)}`);
    }
  }
  return measured.flatMap(({ work, rates }) => ratesOf(work.title, rates));
}

function lastOf({ embedded, server, bare }: Series): string {
  const rate = (rates: readonly number[]) => `${Math.round(rates.at(-1) ?? 0).toLocaleString('en')}/s`;
  return `A ${rate(embedded)}, B ${rate(server)}, C ${rate(bare)}`;
}

async function onEmbedded(place: Place, works: readonly Work[]): Promise<Rates> {
  const directory = join(place.data, 'embedded');
  try {
    return await withFreshService(place, { directory }, (send) =>
      ratesOfAll(works, (work) => sendAll(work, send)),
    );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function onServers(place: Place, database: string, works: readonly Work[]): Promise<Rates> {
  const environment = environmentOf(await place.pair.stores(database));
  return withFreshService(place, { environment }, (send) => ratesOfAll(works, (work) => sendAll(work, send)));
}
