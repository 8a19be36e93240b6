// `recuento serve`, with events of webhooks that are the lines of a file: RECUENTO_TEST_EVENTS. It has what was built.
import '../../cli/bin/process.js';
import { readFile } from 'node:fs/promises';
import { loadConfig, startService } from '../dist/index.js';

const { RECUENTO_TEST_EVENTS: file, ...env } = process.env;
const data = process.argv[process.argv.indexOf('--data') + 1];

/** Each line is `operation id, blank, JSON`. A position is how many lines of the operation there are before. */
const lines = {
  kind: 'hygiene.changes',
  page: async (operation_id, since, limit) => {
    const mark = `${operation_id} `;
    const all = (await readFile(file, 'utf8')).split('\n').filter((line) => line.startsWith(mark));
    const from = Number(since ?? 0);
    const events = all
      .slice(from, from + Math.min(limit, 3))
      .map((line) => JSON.parse(line.slice(mark.length)));
    return { events, next: String(from + events.length) };
  },
  whenChanged: () => undefined,
};

const service = await startService(loadConfig({ data, port: 0 }, env), {
  event_sources: [lines],
  webhook_waits: { look_ms: 20, rest_ms: 20, first_ms: 50, longest_ms: 100 },
});
process.once('SIGTERM', async () => {
  await service.stop();
  process.exit(0);
});
