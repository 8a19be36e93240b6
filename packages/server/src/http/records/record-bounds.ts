/** What a record may hold; it is checked before the record is parsed. */
export interface RecordBounds {
  readonly bytes: number;
  /** Levels of nested brackets. */
  readonly depth: number;
  /** Values on all levels together. */
  readonly values: number;
}

/** A record up to this length is parsed without these checks, whatever it holds: that takes some tens of microseconds. */
export const SHORT_BYTES = 4 * 1024;
