import { loadConfig, startService } from '@recuento/server';
import { serveFixture } from '../fixture.js';
import { type FixtureStore, fillAtRest } from '../fixture-store.js';
import { ServedProcess } from '../served.js';
import type { Closing } from './closing.js';
import { environmentOf, type ServerPair } from './pair.js';
import { Recorder } from './recorder.js';

/** A service in a process of its own, and who may ask it. */
export interface Served {
  readonly url: string;
  readonly token: string;
}

/** The same attempts, served twice. */
export interface Sides {
  readonly store: FixtureStore;
  readonly embedded: Served;
  readonly server: Served;
  /** Another process over the same servers, whose statements are recorded. */
  readonly recorded: Served;
  readonly recorder: Recorder;
}

const DATABASE = 'reports';

/**
 * Fills both with the same uploads, and serves them.
 *
 * @param nowhere a directory that a service without a disk is told of
 */
export async function openSides(
  attempts: number,
  { pair, nowhere }: { pair: ServerPair; nowhere: string },
  closing: Closing,
  say: (line: string) => void,
): Promise<Sides> {
  say('embedded:');
  const { served: embedded, token, ...store } = await serveFixture(attempts, say);
  closing.add(() => embedded.stop());
  const stores = await pair.stores(DATABASE);
  say('on the servers, which are new each time:');
  const filling = await startService(
    loadConfig({ ...stores, data: nowhere, port: 0, log_level: 'silent' }, {}),
  );
  closing.add(() => filling.stop());
  await fillAtRest(filling, store, say);
  await filling.stop();
  const server = await ServedProcess.start(nowhere, environmentOf(stores));
  closing.add(() => server.stop());
  const recorder = await Recorder.start(pair.clickhouse_url);
  closing.add(() => recorder.stop());
  const through = { ...stores, clickhouse_url: `${recorder.url}/${DATABASE}` };
  const recorded = await ServedProcess.start(nowhere, environmentOf(through));
  closing.add(() => recorded.stop());
  const on_servers = await server.token(store.server);
  return {
    store,
    embedded: { url: embedded.url, token },
    server: { url: server.url, token: on_servers },
    recorded: { url: recorded.url, token: on_servers },
    recorder,
  };
}
