import { EngineUnreachable } from '../engine.js';

/** Where a server is, and the user and database to connect with. */
export interface ServerAddress {
  /** Without user, password and database. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** When absent, the server uses the user's default database. */
  readonly database?: string | undefined;
}

/** A database's name that needs no quotes anywhere. */
const NAME = /^[A-Za-z_]\w{0,63}$/;

/**
 * @param url `http[s]://user:password@host:port/database`
 * @throws EngineUnreachable, whose message never has the password
 */
export function serverAddress(url: string): ServerAddress & { readonly database: string } {
  const { protocol, origin, username, password, pathname, search } = parsed(url);
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new EngineUnreachable(
      'The address of the ClickHouse server begins with neither http:// nor https://.',
    );
  }
  const database = pathname.slice(1);
  if (!NAME.test(database)) {
    throw new EngineUnreachable(
      database === ''
        ? `The address of the ClickHouse server ${origin} ends with no database: write /recuento behind it, say.`
        : `The database of the ClickHouse server ${origin} has a name of other characters than letters, digits and underscores, or a longer one than 64: name another.`,
    );
  }
  if (search !== '') {
    throw new EngineUnreachable(`The address of the ClickHouse server ${origin} has a question mark.`);
  }
  return {
    url: origin,
    user: username === '' ? 'default' : decoded(username, origin),
    password: decoded(password, origin),
    database,
  };
}

function decoded(text: string, origin: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new EngineUnreachable(
      `The address of the ClickHouse server ${origin} has a % in its user or password that begins no escape: write %25 for it.`,
    );
  }
}

function parsed(url: string): URL {
  try {
    return new URL(url);
  } catch {
    // Not with the cause: its message has the address, and so the password.
    throw new EngineUnreachable(
      'The address of the ClickHouse server is none: http://user:password@host:8123/database is one.',
    );
  }
}
