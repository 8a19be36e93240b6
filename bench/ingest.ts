import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answer } from './answer.js';
import { numbersFrom } from './args.js';
import { largeUploads } from './ingest-large.js';
import { singleUploads, uploadsInARow } from './ingest-small.js';

/**
 * How fast attempts come in through `POST /v1/attempts`, large uploads and small ones, and what a long row of small ones
 * leaves in the store.
 */
export async function ingest(argv: readonly string[], say: (line: string) => void): Promise<Answer> {
  const { uploads, runs, seconds, row } = numbersFrom(argv, { uploads: 40, runs: 3, seconds: 5, row: 5_000 });
  const data = await mkdtemp(join(tmpdir(), 'recuento-bench-ingest-')); // two runs at once must not meet
  try {
    const large = await largeUploads(data, { uploads, runs }, say);
    const single = await singleUploads(join(data, 'single'), { seconds, runs }, say);
    const inARow = await uploadsInARow(join(data, 'row'), row, say);
    return {
      about:
        'Uploads to `POST /v1/attempts` until they are durable and visible. Those of 10,000 records go into an empty ' +
        'store each time, in turns with the engine’s bare client, which inserts the same rows as JSON in batches of 10,000.',
      setting:
        `${uploads} uploads of 10,000 records, ${runs} runs, medians; one-record uploads for ${seconds} s by one ` +
        `client and by 64 in turns, ${runs} runs; ${row} uploads of 10 records in a row`,
      figures: [...large, ...single, ...inARow],
    };
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}
