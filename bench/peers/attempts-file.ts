import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Attempt } from '@recuento/contract';
import { BATCH_ATTEMPTS, type GenerateOptions, generate } from '@recuento/generator';
import { PEERS_DIRECTORY } from './place.js';

/** A file of distinct attempts, from which every peer loads. */
export interface AttemptsFile {
  readonly path: string;
  readonly attempts: number;
}

/** A small one to insert, with the attempts themselves as the service takes them. */
export interface MoreAttempts extends AttemptsFile {
  readonly batch: readonly Attempt[];
}

/**
 * The file's columns: lines of tab separated values, `\N` where nothing is told, no header. `dialed_at` is in seconds
 * since 1970 UTC. No value holds a tab, a line feed or a backslash.
 */
export const FILE_COLUMNS = [
  'attempt_id',
  'campaign_id',
  'telephone',
  'dialed_at',
  'result',
  'duration_seconds',
  'agent_id',
  'trunk',
  'customer_id',
  'sip',
  'cause',
] as const;

/**
 * The attempts that `generate` makes, each once: what is delivered twice only the service has to sort out, so the
 * comparison leans towards the peers. Made once; the next run finds it.
 */
export async function attemptsFile(
  options: GenerateOptions,
  say: (line: string) => void,
): Promise<AttemptsFile> {
  const { attempts } = options;
  const path = join(PEERS_DIRECTORY, `attempts-v2-${attempts}.tsv`);
  if (existsSync(path)) return { path, attempts };
  say(`writing ${path}`);
  await writeLines(path, distinctLines(options));
  return { path, attempts };
}

/**
 * 10,000 attempts more, of the same telephones and campaigns but of the month after, so that no question sees them.
 *
 * @param name of the file
 * @param seed another one each time, as it is in the attempts' ids
 */
export async function moreAttempts(
  options: GenerateOptions,
  name: string,
  seed: number,
): Promise<MoreAttempts> {
  const later = { ...options, seed, until_s: options.until_s + options.days * DAY_S };
  const [batch = []] = generate({ ...later, attempts: Math.max(options.attempts, ENOUGH) });
  if (new Set(batch.map((attempt) => attempt.attempt_id)).size < batch.length) {
    throw new Error('the first batch has an attempt twice');
  }
  const path = join(PEERS_DIRECTORY, `${name}.tsv`);
  await writeLines(path, [linesOf(batch)]);
  return { path, attempts: batch.length, batch };
}

const DAY_S = 86_400;
/** Then the first batch is full, and too early for a second delivery. */
const ENOUGH = 10 * BATCH_ATTEMPTS;

async function writeLines(path: string, texts: Iterable<string>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await pipeline(Readable.from(texts), createWriteStream(`${path}.draft`));
  await rename(`${path}.draft`, path);
}

function* distinctLines(options: GenerateOptions): Generator<string> {
  let seen = 0;
  for (const batch of generate(options)) {
    // Ids end with the attempt's number in base 36, and a second delivery comes after the first of a later one.
    const first = batch.filter(({ attempt_id }) => {
      const number = Number.parseInt(attempt_id.slice(attempt_id.indexOf('-') + 1), 36);
      if (number <= seen) return false;
      seen = number;
      return true;
    });
    yield linesOf(first);
  }
  if (seen !== options.attempts) throw new Error(`${seen} attempts were made, not ${options.attempts}`);
}

function linesOf(attempts: readonly Attempt[]): string {
  return attempts
    .map((attempt) => `${FILE_COLUMNS.map((name) => attempt[name] ?? '\\N').join('\t')}\n`)
    .join('');
}
