import { readFile } from 'node:fs/promises';
import { DEFAULT_LIMITS } from '@recuento/contract';
import { UsageError } from '../usage-error.js';

/** A list of telephones: its file is read whole, some MB for a hundred thousand. */
const TELEPHONES_MAX = 1_000_000;

/**
 * The telephones of a file, one a line, each once; blanks around them and empty lines mean nothing.
 *
 * @throws UsageError
 */
export async function telephonesIn(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${path} cannot be read: ${error.code}.`);
  });
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const telephones = [...new Set(lines.map((line) => line.trim()).filter((line) => line !== ''))];
  if (telephones.length === 0) throw new UsageError(`${path} has no telephones: one a line is needed.`);
  if (telephones.length > TELEPHONES_MAX)
    throw new UsageError(`${path} has ${telephones.length} telephones; ${TELEPHONES_MAX} at most.`);
  return telephones;
}

/** As many at a time as one call takes. */
export function* inCalls(telephones: readonly string[]): Generator<string[]> {
  for (let at = 0; at < telephones.length; at += DEFAULT_LIMITS.max_records)
    yield telephones.slice(at, at + DEFAULT_LIMITS.max_records);
}
