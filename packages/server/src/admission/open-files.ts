import { readFileSync } from 'node:fs';

/**
 * The part of the process's open files that connections may take. The engine has hundreds open while it merges, and the journal
 * some.
 */
const FOR_CONNECTIONS = 1 / 2;

/** Where Linux tells a process its limits: proc(5). */
const LIMITS = '/proc/self/limits';
const OPEN_FILES = /^Max open files\s+(\d+)/m;

/**
 * How many connections there may be at once: as many as are wanted, if the limit on open files allows it. Each connection is an
 * open file. A connection that is refused harms one caller, and a journal that cannot be opened harms all.
 *
 * @param limits the text of `/proc/self/limits`; where it is empty, or names no number, as many as wanted
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
