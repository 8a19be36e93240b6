/** What a process dies of when native code goes wrong. */
const CRASHES = ['SIGABRT', 'SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE'] as const;

/**
 * Gives these signals back to the system. The engine's library takes them when its first session opens: after a crash it
 * keeps the process for minutes, listening and answering nobody. Without its handlers the process ends at once, and
 * whoever watches it starts it again; nothing that was acknowledged is lost.
 *
 * Node has no call for it, but it restores the system's own handling when the last listener of a signal goes.
 */
export function endOnCrash(): void {
  const nothing = () => undefined;
  for (const signal of CRASHES) {
    process.on(signal, nothing);
    process.off(signal, nothing);
  }
}
