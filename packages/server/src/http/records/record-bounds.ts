/** What a record may hold: bounds that are told before it is read. */
export interface RecordBounds {
  readonly bytes: number;
  /** Levels of brackets. */
  readonly depth: number;
  /** Values on all its levels. */
  readonly values: number;
}

/** A record that is no longer is read whatever it is: it takes some tens of microseconds. */
export const SHORT_BYTES = 4 * 1024;
