/** Records of a file that follow each other. `texts[i]` is record `first + i`, counted from 1: a line, or a JSON text. */
export interface RecordBatch {
  readonly first: number;
  readonly texts: readonly string[];
  /** By index, why a record can't be read at all; `texts` then has what there is of it, its beginning perhaps. */
  readonly faults: ReadonlyMap<number, string>;
  /** How many of them are not UTF-8 and were read as Latin-1. */
  readonly latin1?: number;
}
