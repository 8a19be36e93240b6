/** Consecutive records of a file. `texts[i]` is record `first + i`, counted from 1: a line, or a JSON text. */
export interface RecordBatch {
  readonly first: number;
  readonly texts: readonly string[];
  /** By index: why a record cannot be read at all. `texts` then has what there is of it, or only its beginning. */
  readonly faults: ReadonlyMap<number, string>;
  /** How many records are not UTF-8 and were read as Latin-1. */
  readonly latin1?: number;
}
