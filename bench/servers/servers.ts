import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answer } from '../answer.js';
import { numbersFrom } from '../args.js';
import { WINDOWS_MAX } from '../window/asked.js';
import { BareClickHouse } from './bare-clickhouse.js';
import { Closing } from './closing.js';
import { ServerPair } from './pair.js';
import { measureReports, WARM_UPS } from './reports.js';
import { openSides } from './sides.js';
import { measureUploads } from './uploads.js';

/**
 * What a report and an upload cost on a ClickHouse server and PostgreSQL, beside the embedded engine, in one run: the questions
 * `report`, `window` and `ingest` of both, with the very statements of the service bare on the same server.
 */
export async function servers(argv: readonly string[], say: (line: string) => void): Promise<Answer> {
  const { attempts, runs, large, small, ingests } = numbersFrom(argv, {
    ...{ attempts: 5_000_000, runs: 25 },
    ...{ large: 40, small: 300, ingests: 5 },
  });
  if (runs > WINDOWS_MAX - WARM_UPS)
    throw new Error(`--runs is at most ${WINDOWS_MAX - WARM_UPS}: no window is asked twice`);
  const closing = new Closing();
  try {
    const data = await mkdtemp(join(tmpdir(), 'recuento-bench-servers-')); // two runs at once must not meet
    closing.add(() => rm(data, { recursive: true, force: true }));
    const pair = await ServerPair.start(closing);
    const bare = new BareClickHouse(pair.clickhouse_url);
    closing.add(() => bare.close());
    const uploads = await measureUploads({ pair, bare, data, closing }, { large, small, runs: ingests }, say);
    const sides = await openSides(attempts, { pair, nowhere: join(data, 'nowhere') }, closing, say);
    const reports = await measureReports(sides, bare, runs, say);
    return {
      about:
        'The service over the embedded engine (A) and over a ClickHouse server and PostgreSQL on the same machine (B), each in a ' +
        'process of its own; what B sends to the ClickHouse server sent there again by nobody but the bench (C); of reports also ' +
        'the same bytes from a bare `node:http` server in another process (D). A page of `campaign_8` until its last byte is there, ' +
        'of a month and of windows that nobody asked before. Uploads to `POST /v1/attempts` by one client into empty stores until ' +
        'they are durable and visible. All pages of these reports were the same bytes of A and of B.',
      setting:
        `${attempts} attempts in ${sides.store.campaigns} campaigns, at rest; ${runs} runs in turns, medians; ${large} uploads of ` +
        `10,000 and then ${small} of 10, ${ingests} runs in turns, medians`,
      figures: [...reports, ...uploads],
    };
  } finally {
    await closing.close();
  }
}
