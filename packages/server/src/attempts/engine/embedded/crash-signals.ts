/** Signals of which a process dies when native code fails. */
const CRASHES = ['SIGABRT', 'SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE'] as const;

/**
 * Gives these signals back to the system. The engine's library handles them from its first session on: after a crash its handlers
 * keep the process for minutes, in which it listens and answers nobody. Without them the process ends at once, and its supervisor
 * starts it again. Nothing that was acknowledged is lost.
 *
 * Node has no call for this, but it restores the system's own handling when the last listener of a signal is removed.
 */
export function endOnCrash(): void {
  const nothing = () => undefined;
  for (const signal of CRASHES) {
    process.on(signal, nothing);
    process.off(signal, nothing);
  }
}
