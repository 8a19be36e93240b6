import { readdirSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';

/**
 * How much less urgent all other threads are than the event loop (`nice`, at most 19). When both want the same core, the event loop
 * gets nine tenths of it. A higher `nice` needs no privilege.
 */
export const NICENESS = 10;
/** How often it looks for new threads. The engine keeps the threads that it has. */
const LOOK_EVERY_MS = 1_000;
/** The threads of this process by their ids, on Linux only. The event loop's thread has the process's id. */
const THREADS = '/proc/self/task';

/**
 * Keeps the engine's work out of the event loop's way. A report takes several threads (the engine's, and one of Node's pool), and the
 * system gives the cores in turns to all threads that want one. Without this, the reports of one operation would make every call of
 * the others wait most of the time.
 *
 * The engine has a setting for it, which does nothing without the privilege CAP_SYS_NICE (`os_threads_nice_value_query`).
 * Where the system has no threads in /proc, or does not allow the change, all threads stay equally urgent.
 */
export class EventLoopFirst {
  #known: ReadonlySet<number> = new Set();
  readonly #timer: NodeJS.Timeout;

  constructor() {
    this.#timer = setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  }

  /** Makes the threads less urgent that are new since the last look. */
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

/** On Linux, setpriority(2) takes a thread's id in place of a process's. */
function makeLessUrgent(thread: number): void {
  try {
    if (getPriority(thread) < NICENESS) setPriority(thread, NICENESS);
  } catch {
    // The thread has ended meanwhile, or may not be changed.
  }
}
