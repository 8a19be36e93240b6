import { join, resolve, sep } from 'node:path';
import { AccountsTooNew } from './accounts/migrate.js';
import { DatabaseUnusable } from './accounts/postgres/unusable.js';
import { DirectoryInUse } from './accounts/sqlite/directory-lock.js';
import { AccountsUnavailable } from './accounts/unavailable.js';
import { EngineMissing } from './attempts/engine/embedded/library.js';
import { EngineUnreachable } from './attempts/engine/engine.js';
import { EngineServerError, engineFailureOf } from './attempts/engine/failures.js';
import { StoreTooNew } from './attempts/engine/migrate.js';
import type { Config } from './config.js';
import { isNoSpace } from './disk/disk-full.js';

/** Why the service did not start, in one sentence for the person who starts it. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** A `StartError` for an error that a person can fix; any other error is returned as it is. */
export function asStartError(error: unknown, { host, port, data, database_url }: Config): unknown {
  const on_servers = database_url !== undefined;
  const sentence =
    (on_servers ? serversSentence(error) : undefined) ?? sentenceOf(error, { host, port, data });
  return sentence === undefined ? error : new StartError(sentence, { cause: error });
}

/** Sentences for stores on servers, which have no data directory. */
function serversSentence(error: unknown): string | undefined {
  if (error instanceof StoreTooNew || error instanceof AccountsTooNew) {
    return 'The databases were written by a newer version of Recuento. Start that version, or name other databases.';
  }
  if (error instanceof EngineServerError)
    return `The ClickHouse server refuses what a start needs: ${error.message}`;
  if (!(error instanceof AccountsUnavailable)) return undefined;
  if (error.why === 'full')
    return 'The disk of the PostgreSQL server is full. Make room on it, and start again.';
  if (error.why === 'busy')
    return 'PostgreSQL did not answer in time, or has no connection or memory left. Start again.';
  return 'PostgreSQL stopped answering. See its log, and start again.';
}

function sentenceOf(
  error: unknown,
  { host, port, data }: Pick<Config, 'host' | 'port' | 'data'>,
): string | undefined {
  if (error instanceof StartError) return undefined;
  if (
    error instanceof EngineMissing ||
    error instanceof EngineUnreachable ||
    error instanceof DatabaseUnusable
  ) {
    return error.message;
  }
  if (error instanceof DirectoryInUse) {
    return `Another process uses ${data}. Stop it, or choose another directory with --data.`;
  }
  if (error instanceof StoreTooNew || error instanceof AccountsTooNew) {
    return `${data} was written by a newer version of Recuento. Start that version, or choose another directory with --data.`;
  }
  const full = `The disk of ${data} is full. Make room on it, and start again.`;
  if (isNoSpace(error) || engineFailureOf(error) === 'disk full') return full;
  if (error instanceof AccountsUnavailable) return accountsSentence(error, data, full);
  const { code, syscall, path } = systemErrorOf(error);
  if (syscall === 'listen' || syscall === 'getaddrinfo') return listenSentence(code, host, port);
  if ((code === 'ENOTDIR' || code === 'EEXIST') && path.startsWith(join(resolve(data), sep))) {
    return `${path} is no directory. Move it away, and start again.`;
  }
  return DATA_SENTENCES[code]?.(data);
}

const DATA_SENTENCES: Readonly<Record<string, (data: string) => string>> = {
  EACCES: (data) => `No permission to write to ${data}. Give it to this user, or choose another with --data.`,
  EPERM: (data) => `No permission to write to ${data}. Give it to this user, or choose another with --data.`,
  EROFS: (data) => `${data} is on a disk that can only be read. Choose another directory with --data.`,
  // Node says ENOENT when it cannot make a directory on a read-only disk.
  ENOENT: (data) => `${data} cannot be made. Choose another directory with --data.`,
  ENOTDIR: (data) => `${data} is no directory, or a part of its path is none. Choose another with --data.`,
  EEXIST: (data) => `${data} is no directory. Choose another with --data.`,
  EIO: (data) => `The disk of ${data} cannot be read or written.`,
  CHDB_CONNECTION: (data) => `The attempts in ${data} cannot be opened: its disk, or its files, are damaged.`,
  SQLITE_NOTADB: (data) => `The accounts in ${data} cannot be read: accounts.db is damaged.`,
  SQLITE_CORRUPT: (data) => `The accounts in ${data} cannot be read: accounts.db is damaged.`,
};

function accountsSentence({ why }: AccountsUnavailable, data: string, full: string): string {
  if (why === 'full') return full;
  if (why === 'busy') return `Another process holds ${data}/accounts.db. Stop it, and start again.`;
  return `The accounts in ${data} cannot be opened or written.`;
}

function listenSentence(code: string, host: string, port: number): string | undefined {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use. Choose another with --port, or --port 0 for a free one.`;
    case 'EACCES':
      return `No permission to listen on port ${port}. Choose one above 1023 with --port.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `This machine has no address ${host}. Choose another with --host.`;
    default:
      return undefined;
  }
}

function systemErrorOf(error: unknown): { code: string; syscall: string; path: string } {
  const textOf = (name: 'code' | 'syscall' | 'path') =>
    error instanceof Error ? String(Object.getOwnPropertyDescriptor(error, name)?.value ?? '') : '';
  return { code: textOf('code'), syscall: textOf('syscall'), path: textOf('path') };
}
