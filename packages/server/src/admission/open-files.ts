import { readFileSync } from 'node:fs';

/** The part of the files that connections may take. The engine has hundreds open while it merges, and the journal some. */
const FOR_CONNECTIONS = 1 / 2;

/** Where Linux tells a process its limits: proc(5). */
const LIMITS = '/proc/self/limits';
const OPEN_FILES = /^Max open files\s+(\d+)/m;

/**
 * How many connections there may be at once, of those that are wanted. Each is an open file: a connection that is refused harms
 * one caller, a journal that cannot be opened harms all.
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
