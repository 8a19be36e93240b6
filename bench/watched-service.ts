import { openFixture } from './fixture.js';
import { activeParts } from './fixture-store.js';
import { peakRssMib } from './machine.js';
import { replay, watchReads } from './replay.js';

/** The process behind watched.ts: what can be ordered, and what it answers. */
export interface Answers {
  /** The engine's reads are watched from here on. */
  readonly watch: Record<string, never>;
  /** Up to here: how many there were, and how long the engine took. */
  readonly seen: { readonly statements: number; readonly engine_ms: number };
  /** What was seen last, run bare. */
  readonly bare: { readonly ms: number; readonly bytes: number };
  /** Attempts are delivered again, and merged no more. So many parts by campaign there are then. */
  readonly write: { readonly parts: number };
  readonly stop: { readonly peak_mib: number };
}

export interface Ready {
  readonly url: string;
  readonly token: string;
  readonly parts: number;
}

/** As many uploads as a month that is being dialed may have unmerged; each leaves a part. */
const UPLOADS = 8;
const UPLOAD_ATTEMPTS = 10_000;

const fixture = await openFixture(Number(process.argv[2]), (line) => console.error(line));
const { service, token } = fixture;
const { engine } = service.services;

let watched: ReturnType<typeof watchReads<void>> | undefined;
let release: () => void = () => undefined;
let statements: Parameters<typeof replay>[1] = [];

const ORDERS: { readonly [Order in keyof Answers]: () => Promise<Answers[Order]> } = {
  async watch() {
    watched = watchReads(engine, () => new Promise<void>((resolve) => (release = resolve)));
    return {};
  },
  async seen() {
    release();
    const { requests = [], engine_ms = 0 } = (await watched) ?? {};
    statements = requests;
    return { statements: requests.length, engine_ms };
  },
  bare: () => replay(engine, statements),
  async write() {
    await engine.command('SYSTEM STOP MERGES');
    // Attempts that are there already, once more as they are: so the store says the same as before.
    const of = Math.max(UPLOADS, Math.floor(fixture.attempts / UPLOAD_ATTEMPTS));
    for (let at = 0; at < UPLOADS; at += 1) {
      await engine.command(
        `INSERT INTO told (* EXCEPT (delivery, rank)) SELECT * FROM told WHERE attempt_hash % ${of} = ${at}`,
      );
    }
    return { parts: await activeParts(service) };
  },
  async stop() {
    await service.stop();
    return { peak_mib: peakRssMib() };
  },
};

process.on('message', async (order: keyof Answers) => {
  process.send?.(await ORDERS[order]());
  if (order === 'stop') process.disconnect();
});
// Whoever started it is gone.
process.on('disconnect', () => {
  service.stop().catch((error: unknown) => console.error(error));
});
process.send?.({ url: service.url, token, parts: await activeParts(service) } satisfies Ready);
