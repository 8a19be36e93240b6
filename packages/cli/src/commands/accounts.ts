import type { Command } from 'commander';
import { ApiClient, type ApiRequest } from '../api-client.js';
import { table } from '../table.js';

/** Flags that every command of accounts takes. */
export interface AccountsFlags {
  /** The operation's server code; the administrator's token names it, an operation's own token implies it. */
  readonly operation?: string;
  /** The server's JSON as it is, for machines. */
  readonly json?: boolean;
}

export function withAccountsFlags(command: Command): Command {
  return command
    .option('--operation <server>', "the operation it is about, with the administrator's token")
    .option('--json', 'print the JSON of the server');
}

/** Asks the server with the operation named, and prints the reply: as JSON, or as `columns` of `rows`. */
export async function askAndPrint<Reply, Row>(
  flags: AccountsFlags,
  request: ApiRequest,
  rows: (reply: Reply) => readonly Row[],
  columns: Readonly<Record<string, (row: Row) => unknown>>,
): Promise<void> {
  const named = flags.operation === undefined ? '' : `?operation=${encodeURIComponent(flags.operation)}`;
  const reply = await ApiClient.fromEnvironment(process.env).json<Reply>({
    ...request,
    path: `${request.path}${named}`,
    ...(request.body !== undefined && { headers: { 'content-type': 'application/json' } }),
  });
  if (flags.json) {
    process.stdout.write(`${JSON.stringify(reply)}\n`);
    return;
  }
  const cells = Object.values(columns);
  const lines = rows(reply).map((row) => cells.map((cell) => cell(row)));
  process.stdout.write(`${table(Object.keys(columns), lines)}\n`);
}

/** The rows of a reply that holds them under a name. */
export function listed<Name extends string, Row>(
  name: Name,
): (reply: Record<Name, readonly Row[]>) => readonly Row[] {
  return (reply) => reply[name];
}

/** The one row of a reply that is a row itself. */
export function single<Row>(reply: Row): readonly Row[] {
  return [reply];
}
