import { readdirSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';

/**
 * How much less urgent everything else is than the event loop (`nice`, of 19): while both want the same core, the event loop
 * gets nine tenths of it. Nobody needs a privilege to be nicer.
 */
export const NICENESS = 10;
/** How often threads are looked for that have come since. The engine keeps those that it has. */
const LOOK_EVERY_MS = 1_000;
/** The threads of this process, by their ids; the event loop's has the process's. Linux alone has it. */
const THREADS = '/proc/self/task';

/**
 * Keeps the engine's work from the event loop's way. A report takes several threads (the engine's, and one of Node's pool), and
 * the system gives a core in turns to all threads that want one: the reports of one operation would have every call of the
 * others wait for most of the time.
 *
 * The engine has a setting for it, which does nothing without the privilege CAP_SYS_NICE (`os_threads_nice_value_query`).
 * Where the system has no threads in /proc, or does not allow it, everything stays as urgent as the rest.
 */
export class EventLoopFirst {
  #known: ReadonlySet<number> = new Set();
  readonly #timer: NodeJS.Timeout;

  constructor() {
    this.#timer = setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  }

  /** Makes those less urgent that have come since. */
  look(): void {
    const there = threads();
    for (const thread of there) if (!this.#known.has(thread)) makeLessUrgent(thread);
    this.#known = new Set(there);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

function threads(): number[] {
  try {
    return readdirSync(THREADS)
      .map(Number)
      .filter((thread) => thread !== process.pid);
  } catch {
    return [];
  }
}

/** Linux takes a thread's id where a process's is asked for (setpriority(2)). */
function makeLessUrgent(thread: number): void {
  try {
    if (getPriority(thread) < NICENESS) setPriority(thread, NICENESS);
  } catch {
    // It has ended meanwhile, or may not be changed: it stays as it is.
  }
}
