import { DEFAULT_TIME_ZONE } from '@recuento/contract';
import { loadConfig, startService } from '@recuento/server';
import { peakRssMib } from './machine.js';

/** The process behind counted-parts.ts. */
export interface Ready {
  readonly url: string;
  readonly token: string;
}

export interface Counted {
  /** The most active parts that any one table was seen with. */
  readonly most_parts: number;
  readonly looks: number;
  readonly peak_mib: number;
}

const LOOK_EVERY_MS = 100;
const MOST_PARTS = `SELECT max(parts) FROM (
  SELECT count() AS parts FROM system.parts WHERE active AND database = currentDatabase() GROUP BY table) FORMAT TSV`;

const [data = ''] = process.argv.slice(2);
const service = await startService(loadConfig({ data, port: 0, log_level: 'silent' }, {}));
const { accounts, engine } = service.services;
const { id } = await accounts.operations.create({
  server: '0042',
  name: 'Bench',
  licences: 100_000,
  time_zone: DEFAULT_TIME_ZONE,
  reply_profile: { code: 'number', empty_status: 404 },
  limits: {},
});
const made = await accounts.tokens.create(id, { name: 'bench', scopes: ['ingest'], expires_at_ms: null });

let looking = true;
process.on('message', () => {
  looking = false;
});
process.on('disconnect', () => {
  looking = false; // whoever started it is gone
});
process.send?.({ url: service.url, token: made.secret } satisfies Ready);
let most_parts = 0;
let looks = 0;
while (looking) {
  const bytes = await engine.read({ sql: MOST_PARTS, fair_key: 'bench', max_ms: 60_000 });
  most_parts = Math.max(most_parts, Number(bytes.toString()));
  looks += 1;
  await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
}
await service.stop();
process.send?.({ most_parts, looks, peak_mib: peakRssMib() } satisfies Counted);
if (process.connected) process.disconnect();
