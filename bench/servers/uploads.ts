import { rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { join } from 'node:path';
import type { Figure } from '../answer.js';
import { exchange } from '../exchange.js';
import { ATTEMPT_TABLES } from '../fixture-store.js';
import { expected } from '../load.js';
import { ServedProcess } from '../served.js';
import { bodyOf, uploadsOf } from '../upload-bodies.js';
import type { BareServer } from './bare-server.js';
import type { Closing } from './closing.js';
import { ratesOf } from './figures.js';
import { environmentOf, type ServerPair } from './pair.js';
import { Recorder, type Sent } from './recorder.js';

/** Uploads of one size, one after another. */
interface Work {
  readonly title: string;
  readonly size: number;
  readonly uploads: readonly ReturnType<typeof bodyOf>[];
}

export interface Sizes {
  /** Of 10,000 attempts each. */
  readonly large: number;
  /** Of ten. */
  readonly small: number;
  readonly runs: number;
}

export interface Place {
  readonly pair: ServerPair;
  readonly bare: BareServer;
  /** An empty directory. */
  readonly data: string;
  readonly closing: Closing;
}

/** What each work's inserts were, on the server. */
type Inserts = ReadonlyMap<Work, readonly Sent[]>;

/**
 * Uploads into empty stores, embedded and on the servers, and then the server's very same inserts bare, in turns. All of them are on
 * the disk when they are answered.
 */
export async function measureUploads(
  place: Place,
  { large, small, runs }: Sizes,
  say: (line: string) => void,
): Promise<Figure[]> {
  const works = [workOf(10_000, large, 42), workOf(10, small, 44)];
  const inserts = await record(place, works);
  const all = works.map((work) => ({
    work,
    rates: { embedded: [] as number[], server: [] as number[], bare: [] as number[] },
  }));
  for (let run = 1; run <= runs; run += 1) {
    const database = `uploads_${run}`;
    const embedded = await onEmbedded(place, works);
    const server = await onServers(place, database, works);
    const bare = await onBare(place, database, inserts);
    for (const { work, rates } of all) {
      rates.embedded.push(embedded.get(work) ?? Number.NaN);
      rates.server.push(server.get(work) ?? Number.NaN);
      rates.bare.push(bare.get(work) ?? Number.NaN);
      const last = [rates.embedded, rates.server, rates.bare].map((some) => Math.round(some.at(-1) ?? 0));
      say(`  run ${run}, ${work.title}, attempts/s: A ${last[0]}, B ${last[1]}, C ${last[2]}`);
    }
  }
  return all.flatMap(({ work, rates }) => ratesOf(work.title, rates));
}

function workOf(size: number, count: number, seed: number): Work {
  const uploads = [...uploadsOf(seed, size, count)].slice(0, count).map((some) => bodyOf(some, 'JSON'));
  return { title: `uploads of ${size.toLocaleString('en')} in a row`, size, uploads };
}

/** Attempts per second of each work. */
type Rates = ReadonlyMap<Work, number>;

async function onEmbedded(place: Place, works: readonly Work[]): Promise<Rates> {
  const directory = join(place.data, 'embedded');
  try {
    return await served(place, { directory }, (send) => ratesOfAll(works, send));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function onServers(place: Place, database: string, works: readonly Work[]): Promise<Rates> {
  const environment = environmentOf(await place.pair.stores(database));
  return served(place, { environment }, (send) => ratesOfAll(works, send));
}

/** Into the tables of a service that is over, emptied; they are gone afterwards, and nothing of them is merged any more. */
async function onBare({ bare }: Place, database: string, inserts: Inserts): Promise<Rates> {
  for (const table of ATTEMPT_TABLES) await bare.command(`TRUNCATE TABLE ${database}.${table} SYNC`);
  const rates = new Map<Work, number>();
  for (const [work, sent] of inserts) {
    const started_ms = performance.now();
    for (const insert of sent) await bare.again(insert, { database });
    rates.set(work, perSecond(work, performance.now() - started_ms));
  }
  await bare.command(`DROP DATABASE ${database} SYNC`);
  return rates;
}

/** What a service sends for the uploads. It is the warm-up of the servers, too. */
async function record(place: Place, works: readonly Work[]): Promise<Inserts> {
  const { pair, bare } = place;
  const database = 'uploads_recorded';
  const recorder = await Recorder.start(pair.clickhouse_url);
  try {
    const { database_url } = await pair.stores(database);
    const environment = environmentOf({ clickhouse_url: `${recorder.url}/${database}`, database_url });
    return await served(place, { environment }, async (send) => {
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
    await bare.command(`DROP DATABASE IF EXISTS ${database} SYNC`);
  }
}

function isInsert({ path }: Sent): boolean {
  const { searchParams } = new URL(path, 'http://localhost');
  return searchParams.get('query')?.startsWith('INSERT INTO told ') ?? false;
}

/** Sends one upload, and resolves when it is answered. */
type Send = (upload: Work['uploads'][number]) => Promise<unknown>;

/** A directory for the embedded stores, or where else they are. */
interface Start {
  readonly directory?: string;
  readonly environment?: NodeJS.ProcessEnv;
}

/** Starts a service over empty stores for some work, and ends it. */
async function served<T>(
  { data, closing }: Place,
  { directory = join(data, 'nowhere'), environment = {} }: Start,
  work: (send: Send) => Promise<T>,
): Promise<T> {
  const service = await ServedProcess.start(directory, environment);
  closing.add(() => service.stop()); // where the run is ended in the middle
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const token = await service.operation('0042');
    const url = `${service.url}/v1/attempts`;
    return await work(async (upload) => expected(await exchange(agent, { url, token, ...upload }), 201));
  } finally {
    agent.destroy();
    await service.stop();
  }
}

async function ratesOfAll(works: readonly Work[], send: Send): Promise<Rates> {
  const rates = new Map<Work, number>();
  for (const work of works) {
    const started_ms = performance.now();
    await sendAll(work, send);
    rates.set(work, perSecond(work, performance.now() - started_ms));
  }
  return rates;
}

async function sendAll({ uploads }: Work, send: Send): Promise<void> {
  for (const upload of uploads) await send(upload);
}

function perSecond({ size, uploads }: Work, ms: number): number {
  return ((size * uploads.length) / ms) * 1_000;
}
