import { AsyncLocalStorage } from 'node:async_hooks';

/** On whose behalf the accounts are asked. The key may become known only during the work: a token is looked up first. */
export interface Asker {
  key: string;
}

const current = new AsyncLocalStorage<Asker>();

/** Work that no caller asked for: a start, a takeover, what runs on a timer. */
const THE_SERVICE: Readonly<Asker> = { key: 'the service' };

/** Runs `work`. Whatever it asks of the accounts, now or later, is asked on behalf of `asker`. */
export function askingFor<T>(asker: Asker, work: () => T): T {
  return current.run(asker, work);
}

/**
 * Runs work for all operations together, or a second try of any. It may begin during a request, and would otherwise wait in that
 * operation's line.
 */
export function askingForTheService<T>(work: () => T): T {
  return current.run(THE_SERVICE, work);
}

/** The key on whose behalf the accounts are asked now. */
export function askerKey(): string {
  return (current.getStore() ?? THE_SERVICE).key;
}
