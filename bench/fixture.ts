import type { Service } from '@recuento/server';
import { activeParts, type FixtureStore, fixtureStore, startOver } from './fixture-store.js';
import { ServedProcess } from './served.js';

/** A running service over a generated operation, with a token that may ask it. */
export interface Fixture extends FixtureStore {
  readonly service: Service;
  readonly token: string;
}

/** The service in this process, where the engine's statements can be watched and run bare. */
export async function openFixture(attempts: number, say: (line: string) => void): Promise<Fixture> {
  const store = fixtureStore(attempts);
  const service = await startOver(store, say);
  const { operations, tokens } = service.services.accounts;
  const { id } = await operations.byServer(store.server);
  const { secret } = await tokens.create(id, { name: 'bench', scopes: ['report'], expires_at_ms: null });
  return { ...store, service, token: secret };
}

/** The service as it is shipped, in a process of its own. */
export interface ServedFixture extends FixtureStore {
  readonly served: ServedProcess;
  readonly token: string;
  /** Parts of the order by campaign. */
  readonly parts: number;
}

export async function serveFixture(attempts: number, say: (line: string) => void): Promise<ServedFixture> {
  const store = fixtureStore(attempts);
  const filling = await startOver(store, say);
  const parts = await activeParts(filling);
  await filling.stop();
  const served = await ServedProcess.start(store.data);
  return { ...store, served, token: await served.token(store.server), parts };
}
