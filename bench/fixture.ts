import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_TIME_ZONE } from '@recuento/contract';
import { campaignNames, type GenerateOptions, generate } from '@recuento/generator';
import { loadConfig, type Service, startService } from '@recuento/server';

/** A running service over a generated operation, with a token that may ask it. */
export interface Fixture {
  readonly service: Service;
  readonly token: string;
  /** The largest campaign. */
  readonly campaign_id: number;
  /** The window that holds every attempt, as the documented API takes it. */
  readonly date_ini: string;
  readonly date_end: string;
  readonly campaigns: number;
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
const VERSION = 1;
/** 100 million calls a day: no run may meet the quota. */
const LICENCES = 100_000;
const SERVER = '0042';

/**
 * Starts the service over an operation of `attempts` attempts. The data stay under the system's temporary directory,
 * so that the next run with as many need not fill again.
 */
export async function openFixture(attempts: number, say: (line: string) => void): Promise<Fixture> {
  const data = join(tmpdir(), 'recuento-bench', `v${VERSION}-${attempts}`);
  const ready = join(data, 'ready');
  const campaigns = Math.max(1, Math.floor(attempts / ATTEMPTS_PER_CAMPAIGN));
  if (!existsSync(ready)) await rm(data, { recursive: true, force: true }); // half filled by a run that was stopped
  await mkdir(data, { recursive: true });
  const service = await startService(loadConfig({ data, port: 0, log_level: 'silent' }, {}));
  if (!existsSync(ready)) {
    await fill(service, { seed: SEED, attempts, until_s: UNTIL_S, days: DAYS, campaigns }, say);
    await writeFile(ready, '');
  }
  await settled(service);
  const { operations, tokens } = service.services.accounts;
  const { id } = await operations.byServer(SERVER);
  const { secret } = await tokens.create(id, { name: 'bench', scopes: ['report'], expires_at_ms: null });
  const [campaign_id = 0] = campaignNames(campaigns).keys();
  return { service, token: secret, campaign_id, date_ini: DATE_INI, date_end: DATE_END, campaigns };
}

async function fill(service: Service, options: GenerateOptions, say: (line: string) => void): Promise<void> {
  const { accounts, uploads } = service.services;
  const operation = await accounts.operations.create({
    server: SERVER,
    name: 'Bench',
    licences: LICENCES,
    time_zone: DEFAULT_TIME_ZONE,
    reply_profile: { code: 'number', empty_status: 404 },
    limits: {},
  });
  say(`filling with ${options.attempts} attempts; the next run finds them`);
  const started_ms = performance.now();
  let delivered = 0;
  for (const batch of generate(options)) {
    await uploads.accept(operation, batch);
    delivered += batch.length;
  }
  const seconds = (performance.now() - started_ms) / 1_000;
  say(
    `filled in ${seconds.toFixed(1)} s, ${Math.round(delivered / seconds)} attempts/s, durable, one upload at a time`,
  );
}

const SETTLE_MAX_MS = 300_000;
const LOOK_EVERY_MS = 500;

/** Waits until the engine merges nothing any more, so that a merge does not take a core from one side of a comparison. */
async function settled(service: Service): Promise<void> {
  const end_ms = performance.now() + SETTLE_MAX_MS;
  let quiet = 0;
  while (quiet < 3 && performance.now() < end_ms) {
    quiet = (await numberOf(service, 'SELECT count() FROM system.merges FORMAT TSV')) === 0 ? quiet + 1 : 0;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** Parts that a report must read together. */
export function activeParts(service: Service): Promise<number> {
  return numberOf(service, `SELECT count() FROM system.parts WHERE active AND table = 'attempts' FORMAT TSV`);
}

async function numberOf(service: Service, sql: string): Promise<number> {
  const bytes = await service.services.engine.read({ sql, fair_key: 'bench', max_ms: 60_000 });
  return Number(bytes.toString());
}
