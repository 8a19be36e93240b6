import { readFileSync } from 'node:fs';

/** Part of the files that may be open which connections may be: the engine's, the journal's and the accounts' are the rest. */
const FOR_CONNECTIONS = 1 / 2;

/** Where Linux tells a process its limits: proc(5). */
const LIMITS = '/proc/self/limits';
const OPEN_FILES = /^Max open files\s+(\d+)/m;

/**
 * How many connections there may be at once, of those that are wanted: each is an open file. One too many would not be missed
 * by who calls alone; a count that finds no file to be written to is.
 *
 * @param limits what the system tells; where it tells nothing, or knows no limit, it is as wanted
 */
export function connectionsWithin(wanted: number, limits = read()): number {
  const files = OPEN_FILES.exec(limits)?.[1];
  return files === undefined ? wanted : Math.min(wanted, Math.floor(Number(files) * FOR_CONNECTIONS));
}

/** Node has raised the limit as far as it may. */
function read(): string {
  try {
    return readFileSync(LIMITS, 'utf8');
  } catch {
    return '';
  }
}
