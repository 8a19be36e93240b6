import type { Service } from '@recuento/server';
import { activeParts, type FixtureStore, fixtureStore, startOver } from './fixture-store.js';
import { ServedProcess } from './served.js';

/** A running service over a generated operation, with a token that may ask it. */
export interface Fixture extends FixtureStore {
  readonly service: Service;
  readonly token: string;
  /** What further uploads are accepted for. */
  readonly operation: Operation;
}

type Operation = Parameters<Service['services']['uploads']['accept']>[0];

/** The service in this process, where the engine's statements can be watched and run bare. */
export function openFixture(
  attempts: number,
  say: (line: string) => void,
  kept_reply_mib?: number,
): Promise<Fixture> {
  return openStore(fixtureStore(attempts), say, kept_reply_mib);
}

/** The same over any store. */
export async function openStore(
  store: FixtureStore,
  say: (line: string) => void,
  kept_reply_mib?: number,
): Promise<Fixture> {
  const service = await startOver(store, say, kept_reply_mib);
  const { operations, tokens } = service.services.accounts;
  const operation = await operations.byServer(store.server);
  const input = { name: 'bench', scopes: ['report' as const], expires_at_ms: null };
  const { secret } = await tokens.create(operation.id, input);
  return { ...store, service, token: secret, operation };
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
