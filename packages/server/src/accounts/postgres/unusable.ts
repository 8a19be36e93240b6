import { DatabaseError } from 'pg';

/** The database of a URL cannot be used as it is; the message is a sentence for the person who gave the URL. */
export class DatabaseUnusable extends Error {
  override readonly name = 'DatabaseUnusable';
}

/** The error as a DatabaseUnusable, where a person can mend its cause. No message has the password. */
export function asUnusable(error: unknown, url: string): unknown {
  const { server, database, user } = partsOf(url);
  const sentence = sentenceOf(codeOf(error), server, database, user);
  return sentence === undefined ? error : new DatabaseUnusable(sentence, { cause: error });
}

/**
 * The same for a first connection, where every failure is for a person to mend: one without a sentence here gets the server's.
 */
export function asUnreachable(error: unknown, url: string): unknown {
  const known = asUnusable(error, url);
  if (known instanceof DatabaseUnusable || !(error instanceof Error)) return known;
  const { server } = partsOf(url);
  return new DatabaseUnusable(`PostgreSQL at ${server} cannot be used: ${error.message}.`, { cause: error });
}

function sentenceOf(code: string, server: string, database: string, user: string): string | undefined {
  switch (code) {
    case '28P01':
    case 'SASL':
      return `PostgreSQL at ${server} does not take the password of ${user}. Correct it in the database URL.`;
    case '28000':
      return `PostgreSQL at ${server} does not let ${user} in from here. See its pg_hba.conf.`;
    case '3D000':
      return `PostgreSQL at ${server} has no database ${database}. Create it, or name another in the database URL.`;
    case '42501':
      return `${user} may not create or use the tables of ${database} at ${server}. Make it the owner of the database.`;
    case '53300':
      return `PostgreSQL at ${server} has no connection left. Raise its max_connections, or stop what holds them.`;
    case '57P03':
      return `PostgreSQL at ${server} is starting, or stopping. Wait until it is ready, and start again.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The host of ${server} is not known. Correct it in the database URL.`;
    case 'UNREACHABLE':
      return `PostgreSQL cannot be reached at ${server}. Start it, or correct the database URL.`;
    default:
      return undefined;
  }
}

/** PostgreSQL's code, the system's, or one of the two that are made up here. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if (error instanceof DatabaseError) return error.code ?? '';
  if (error.message.startsWith('SASL')) return 'SASL'; // no password was given, and one is asked for
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return code;
  return 'syscall' in error || /^(Connection terminated|timeout)/.test(error.message) ? 'UNREACHABLE' : code;
}

function partsOf(url: string): { server: string; database: string; user: string } {
  const { host, pathname, username } = new URL(url);
  return {
    server: host === '' ? 'this machine' : host,
    database: decoded(pathname.slice(1)) || decoded(username),
    user: username === '' ? 'the user' : decoded(username),
  };
}

/** Unchanged where it has a `%` that begins no escape: the driver takes it like that, too. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
