import { ApiClient, type ApiRequest } from '../api-client.js';
import type { OperationFlags } from '../operation-flags.js';
import { table } from '../table.js';

/** Sends a request for the operation, and prints the reply: as JSON, or as a table of `rows` with `columns`. */
export async function askAndPrint<Reply, Row>(
  flags: OperationFlags,
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

/** The rows of a reply that has them under a name. */
export function listed<Name extends string, Row>(
  name: Name,
): (reply: Record<Name, readonly Row[]>) => readonly Row[] {
  return (reply) => reply[name];
}

/** The single row of a reply that is itself a row. */
export function single<Row>(reply: Row): readonly Row[] {
  return [reply];
}
