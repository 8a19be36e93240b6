import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GenerateOptions } from '@recuento/generator';
import { z } from 'zod';
import { UsageError } from '../usage-error.js';
import { writeWhole } from '../write-whole.js';

/**
 * What a demo's data directory contains, kept there as `demo.json`. The file is written before the first attempt is
 * generated and again after the last, which shows whether filling was interrupted. Such a directory is filled again with
 * the same options: the attempts have the same identities, so those that are stored already do not count twice.
 */
const planSchema = z.object({
  seed: z.int(),
  attempts: z.int(),
  until_s: z.int(),
  days: z.int(),
  campaigns: z.int(),
  filled: z.boolean(),
});

export interface DemoPlan extends GenerateOptions {
  readonly filled: boolean;
}

const FILE = 'demo.json';
const SEED = 42;
/** The longest window of one call: a single cURL line shows everything. */
const DAYS = 31;
const CAMPAIGNS = 6;

/**
 * The plan of an earlier start, or a new one: the 31 days until yesterday 23:59:59 in Bogota.
 *
 * @throws UsageError when the directory contains something that is not a demo
 */
export async function openPlan(data: string, attempts: number, now_ms: number): Promise<DemoPlan> {
  await mkdir(data, { recursive: true, mode: 0o700 });
  if (existsSync(join(data, FILE))) return readPlan(data);
  if ((await readdir(data)).length > 0) {
    throw new UsageError(`${data} holds something that is not a demo. Choose another directory with --data.`);
  }
  const until_s = bogotaMidnight(now_ms);
  const plan = { seed: SEED, attempts, until_s, days: DAYS, campaigns: CAMPAIGNS, filled: false };
  await writePlan(data, plan);
  return plan;
}

export async function writePlan(data: string, plan: DemoPlan): Promise<void> {
  await writeWhole(join(data, FILE), join(data, `${FILE}.draft`), [`${JSON.stringify(plan)}\n`], 0o600);
}

async function readPlan(data: string): Promise<DemoPlan> {
  const content = await readFile(join(data, FILE), 'utf8');
  try {
    return planSchema.parse(JSON.parse(content));
  } catch (cause) {
    throw new UsageError(`${join(data, FILE)} cannot be read. Delete ${data} to begin anew.`, { cause });
  }
}

/** Bogota has had no clock change since 1993. */
export const BOGOTA_OFFSET_S = -5 * 3_600;

/** The last midnight in Bogota, in seconds since 1970 UTC. */
function bogotaMidnight(now_ms: number): number {
  const wall_s = Math.floor(now_ms / 1_000) + BOGOTA_OFFSET_S;
  return wall_s - (wall_s % 86_400) - BOGOTA_OFFSET_S;
}
