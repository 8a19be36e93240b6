/** What an attempt said, for the question how far its trunk can be believed. */
export const SAID = { life: 0, invalid: 1, quiet: 2, doubtful: 3, changed: 4, malformed: 5 } as const;

/** How many words there are for "invalid": that the number is not allocated (or nothing more), was changed, or is malformed. */
export const WORDS = 3;

/** The number of the word by which an attempt says "invalid"; undefined where it does not say so. */
export function wordOf(said: number): 0 | 1 | 2 | undefined {
  if (said === SAID.invalid) return 0;
  if (said === SAID.changed) return 1;
  return said === SAID.malformed ? 2 : undefined;
}

/** How many leading characters of a telephone may tell its network. */
export const NETWORK_CHARS = [3, 4, 5, 6, 7] as const;

/**
 * Attempts of some telephones, each telephone's together and in order of time, without those in faults. Bounded by
 * `LINES_ATTEMPTS_MAX`, some ten bytes each.
 */
export interface Lines {
  /** Where each telephone's attempts begin, and at the end how many there are. */
  readonly starts: Uint32Array;
  /** In minutes since 1970 UTC. */
  readonly minutes: Uint32Array;
  /** Number of the attempt's source: its trunk, or its campaign where no trunk is told. */
  readonly sources: Uint16Array;
  /** One of `SAID`. */
  readonly said: Uint8Array;
  /** For each telephone and each of `NETWORK_CHARS`: the number of its network. */
  readonly networks: Uint32Array;
  /** The networks' leading characters, by number. A wider network has a lower number than its parts; 0 is all of them. */
  readonly network_names: readonly string[];
  /** The number of the next wider network. */
  readonly network_parents: Uint32Array;
  readonly source_names: readonly string[];
}

/** Attempts that are looked at, at most: rates need some hundred attempts each, and more cost a second of work a million. */
export const LINES_ATTEMPTS_MAX = 400_000;
/** Trunks and campaigns that are told apart, the most dialed first. */
export const SOURCES_MAX = 2_000;
