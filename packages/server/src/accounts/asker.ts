import { AsyncLocalStorage } from 'node:async_hooks';

/** For whom the accounts are asked. Its key may become known only while the work goes on: a token is looked up first. */
export interface Asker {
  key: string;
}

const current = new AsyncLocalStorage<Asker>();

/** What nobody asked for: a start, a takeover, what is kept in order by the clock. */
const THE_SERVICE: Readonly<Asker> = { key: 'the service' };

/** Whatever the work asks of the accounts, also later, is asked for `asker`. */
export function askingFor<T>(asker: Asker, work: () => T): T {
  return current.run(asker, work);
}

/**
 * What is done for all operations together, or again for whichever: it begins in the middle of some request, and would otherwise
 * wait in that operation's line for as long as it goes on.
 */
export function askingForTheService<T>(work: () => T): T {
  return current.run(THE_SERVICE, work);
}

/** The key of the one for whom they are asked now. */
export function askerKey(): string {
  return (current.getStore() ?? THE_SERVICE).key;
}
