import { openStore } from '../fixture.js';
import { activeParts } from '../fixture-store.js';
import { windowStore } from './stores.js';

/** The process behind service.ts: a service over one of the stores, and its engine for bare statements. */
export interface Ready {
  readonly url: string;
  readonly token: string;
  readonly parts: number;
  readonly operation_id: number;
}

/** A bare statement; `stop` is the last message. */
export interface Bare {
  readonly sql: string;
  readonly settings: Readonly<Record<string, number>>;
  /** Whether the rows are told, and not only the time. */
  readonly keep: boolean;
}

export interface Said {
  readonly ms: number;
  /** Rows as a JSON array. */
  readonly text: string;
}

/** More than the service gives a report: what is compared is time. */
const MEMORY_BYTES = 6 * 1024 ** 3;
/** A month of 50 million attempts takes seconds. */
const MAX_MS = 600_000;

const [small = 0, attempts = 0] = process.argv.slice(2).map(Number);
const say = (line: string) => console.error(line);
const { service, token, operation } = await openStore(windowStore(small, attempts), say);
const { engine } = service.services;

async function bare({ sql, settings, keep }: Bare): Promise<Said> {
  const request = {
    sql: `${sql} FORMAT JSONEachRow`,
    settings: {
      output_format_json_array_of_rows: 1,
      max_memory_usage: MEMORY_BYTES,
      max_bytes_before_external_group_by: 0,
      use_query_condition_cache: 0, // the service was just asked the same window
      ...settings,
    },
    fair_key: 'bench',
    max_ms: MAX_MS,
  };
  const started_ms = performance.now();
  const bytes = await engine.read(request);
  return { ms: performance.now() - started_ms, text: keep ? bytes.toString() : '' };
}

process.on('message', async (order: Bare | 'stop') => {
  if (order !== 'stop') return process.send?.(await bare(order));
  await service.stop();
  process.disconnect();
});
// Whoever started it is gone.
process.on('disconnect', () => {
  service.stop().catch((error: unknown) => console.error(error));
});
const parts = await activeParts(service);
process.send?.({ url: service.url, token, parts, operation_id: operation.id } satisfies Ready);
