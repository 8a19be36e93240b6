import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Attempt, DEFAULT_TIME_ZONE } from '@recuento/contract';
import { campaignNames, type GenerateOptions, generate } from '@recuento/generator';
import { loadConfig, type Service, startService } from '@recuento/server';

/** A generated operation on disk: what of it is the same whoever serves it. */
export interface FixtureStore {
  readonly data: string;
  readonly server: string;
  readonly attempts: number;
  readonly campaigns: number;
  /** The largest campaign. */
  readonly campaign_id: number;
  /** The window that holds every attempt, as the documented API takes it. */
  readonly date_ini: string;
  readonly date_end: string;
  /** What the attempts were made of: the same options make them again. */
  readonly made_of: GenerateOptions;
  /** What else is in the store, and was dialed at other times; `attempts` counts it. */
  readonly beside: readonly GenerateOptions[];
}

/** October 2025 in Bogota: a whole month of 31 days, long closed, so that every run asks the same. */
const DATE_INI = '20251001000000';
const DATE_END = '20251031235959';
const UNTIL_S = Date.UTC(2025, 10, 1, 5) / 1_000;
const DAYS = 31;
const SEED = 42;
/** Then the largest campaign has more than 60,000 telephones with a machine recognition, once there are that many. */
const ATTEMPTS_PER_CAMPAIGN = 250_000;
/** To be raised when the generator or the schema changes, so that no directory of an older one is used. */
const VERSION = 5;
/** 100 million calls a day: no run may meet the quota. */
const LICENCES = 100_000;
const SERVER = '0042';
/** As many as an operation's upload may be allowed to hold: a tenth of the parts, and of the merging. */
const UPLOAD_ATTEMPTS = 100_000;
/** `told` and the orders that the engine fills from it. */
export const ATTEMPT_TABLES = ['told', 'held_by_campaign', 'held_by_telephone', 'held_by_time'] as const;

export function fixtureStore(attempts: number): FixtureStore {
  const campaigns = Math.max(1, Math.floor(attempts / ATTEMPTS_PER_CAMPAIGN));
  const [campaign_id = 0] = campaignNames(campaigns).keys();
  const data = join(tmpdir(), 'recuento-bench', `v${VERSION}-${attempts}`);
  const made_of = { seed: SEED, attempts, until_s: UNTIL_S, days: DAYS, campaigns };
  const window = { date_ini: DATE_INI, date_end: DATE_END };
  return { data, server: SERVER, attempts, campaigns, campaign_id, ...window, made_of, beside: [] };
}

/**
 * Starts a service over the store in this process, filled and at rest. The data stay under the system's temporary
 * directory, so that the next run with as many attempts need not fill again.
 *
 * @param kept_reply_mib a reply that was kept would be measured once; who asks what a kept one costs says so
 */
export async function startOver(
  store: FixtureStore,
  say: (line: string) => void,
  kept_reply_mib = 0,
): Promise<Service> {
  const ready = join(store.data, 'ready');
  if (!existsSync(ready)) await rm(store.data, { recursive: true, force: true }); // half filled by a run that was stopped
  await mkdir(store.data, { recursive: true });
  const config = { data: store.data, port: 0, log_level: 'silent', kept_reply_mib } as const;
  const service = await startService(loadConfig(config, {}));
  if (!existsSync(ready)) {
    say('the next run finds what this one fills');
    await fill(service, store, say);
    await writeFile(ready, '');
  }
  await atRest(service);
  return service;
}

/** The same attempts, in the same uploads, through a service over stores that are empty; at rest, too. */
export async function fillAtRest(
  service: Service,
  store: FixtureStore,
  say: (line: string) => void,
): Promise<void> {
  await fill(service, store, say);
  await atRest(service);
}

/** As the engine leaves a month by itself an hour after the last write to it: one part. */
async function atRest(service: Service): Promise<void> {
  for (const table of ATTEMPT_TABLES) {
    await service.services.engine.command(
      `OPTIMIZE TABLE ${table} FINAL SETTINGS optimize_skip_merged_partitions = 1`,
    );
  }
  await settled(service);
}

async function fill(
  { services: { accounts, admission, uploads } }: Service,
  { attempts, made_of, beside }: FixtureStore,
  say: (line: string) => void,
): Promise<void> {
  const operation = await accounts.operations.create({
    server: SERVER,
    name: 'Bench',
    licences: LICENCES,
    time_zone: DEFAULT_TIME_ZONE,
    reply_profile: { code: 'number', empty_status: 404 },
    limits: {},
  });
  const give_turn = admission.desk.stream('the benchmark');
  say(`filling with ${attempts} attempts`);
  const started_ms = performance.now();
  let delivered = 0;
  let writing: Promise<void> = Promise.resolve();
  for (const upload of uploadsOf([made_of, ...beside])) {
    await writing;
    // The engine writes in threads of its own while the next upload is made up here.
    writing = uploads.accept(operation, upload, give_turn);
    writing.catch(() => undefined); // it is awaited in the next round
    delivered += upload.length;
    await written();
  }
  await writing;
  const seconds = (performance.now() - started_ms) / 1_000;
  say(`filled in ${seconds.toFixed(1)} s, ${Math.round(delivered / seconds)} attempts/s, durable`);
}

/** Lets the upload that was just begun come to its insert. */
const written = () => new Promise((resolve) => setTimeout(resolve, 0));

function* uploadsOf(made_of: readonly GenerateOptions[]): Generator<Attempt[]> {
  for (const options of made_of) {
    let upload: Attempt[] = [];
    for (const batch of generate(options)) {
      upload = upload.concat(batch);
      if (upload.length < UPLOAD_ATTEMPTS) continue;
      yield upload;
      upload = [];
    }
    if (upload.length > 0) yield upload;
  }
}

/** Merging all of the largest store takes some minutes. */
const SETTLE_MAX_MS = 1_200_000;
const LOOK_EVERY_MS = 500;

/** Waits until the engine merges nothing any more, so that a merge does not take a core from one side of a comparison. */
export async function settled(service: Service): Promise<void> {
  const end_ms = performance.now() + SETTLE_MAX_MS;
  let quiet = 0;
  while (quiet < 3 && performance.now() < end_ms) {
    quiet = (await numberOf(service, 'SELECT count() FROM system.merges FORMAT TSV')) === 0 ? quiet + 1 : 0;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** Parts that a report of one campaign must read together. */
export function activeParts(service: Service): Promise<number> {
  return numberOf(
    service,
    `SELECT count() FROM system.parts WHERE active AND database = currentDatabase() AND table = 'held_by_campaign' FORMAT TSV`,
  );
}

async function numberOf(service: Service, sql: string): Promise<number> {
  const bytes = await service.services.engine.read({ sql, fair_key: 'bench', max_ms: 60_000 });
  return Number(bytes.toString());
}
