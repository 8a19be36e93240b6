import { setImmediate } from 'node:timers/promises';

/** Entries that are read before other requests get their turn: about ten milliseconds, with the largest of entries. */
const ENTRIES_A_TURN = 500;

/** Reads a list entry by entry, without keeping everybody else waiting for its end. */
export async function inTurns<Entry>(
  entries: readonly Entry[],
  read: (entry: Entry, index: number) => void,
): Promise<void> {
  for (let at = 0; at < entries.length; at += ENTRIES_A_TURN) {
    if (at > 0) await setImmediate();
    entries.slice(at, at + ENTRIES_A_TURN).forEach((entry, offset) => {
      read(entry, at + offset);
    });
  }
}
