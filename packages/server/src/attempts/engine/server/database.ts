import { randomUUID } from 'node:crypto';
import { EngineUnreachable } from '../engine.js';
import { EngineServerError } from '../failures.js';
import type { ServerAddress } from './address.js';
import { ServerSession } from './session.js';

/** Enough, since a server that is up answers in milliseconds. */
const OPEN_MAX_MS = 10_000;

const ACCESS_DENIED = 497;
/** REQUIRED_PASSWORD, UNKNOWN_USER, WRONG_PASSWORD, AUTHENTICATION_FAILED */
const UNKNOWN_USER = new Set([194, 192, 193, 516]);

/** The first version that marks where the rows end and a failure begins. */
const OLDEST = [25, 11] as const;

/** Makes sure that the server is new enough, and that the database is there. @throws EngineUnreachable */
export async function makeDatabase(address: ServerAddress & { readonly database: string }): Promise<void> {
  const { database } = address;
  const session = new ServerSession({ ...address, database: undefined });
  try {
    const signal = AbortSignal.timeout(OPEN_MAX_MS);
    const written = await session.read({
      sql: 'SELECT version(), count() FROM system.databases WHERE name = {name:String} FORMAT TSV',
      params: { name: database },
      settings: {},
      tag: randomUUID(),
      signal,
    });
    const [version = '', found] = written.toString().trim().split('\t');
    if (!isNewEnough(version)) throw tooOld(address, version);
    // Only if it is missing: a user may be allowed to use the database and not to create it.
    if (found === '0') await session.command(`CREATE DATABASE IF NOT EXISTS ${database}`, signal);
  } catch (error) {
    if (error instanceof EngineUnreachable) throw error;
    throw new EngineUnreachable(sentenceOf(error, address), { cause: error });
  } finally {
    await session.close();
  }
}

export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

function tooOld({ url }: ServerAddress, version: string): EngineUnreachable {
  return new EngineUnreachable(
    `The ClickHouse server at ${url} is version ${version}: ${OLDEST.join('.')} is the oldest that will do.`,
  );
}

function sentenceOf(error: unknown, { url, user, database }: ServerAddress): string {
  const server = `The ClickHouse server at ${url}`;
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof EngineServerError) {
      if (UNKNOWN_USER.has(at.code))
        return `${server} does not know the user ${user}, or not by this password.`;
      if (at.code === ACCESS_DENIED) return `${server} does not let ${user} make the database ${database}.`;
      return `${server} answers: ${at.message}`;
    }
    if (!(at.cause instanceof Error)) return `${server} does not answer: ${at.message}.`;
  }
  return `${server} does not answer.`;
}
