/** A file in which each telephone has a line. */
export interface LineFormat {
  readonly media: 'text/plain' | 'application/sql';
  /** What the file is called. */
  readonly file: string;
  /**
   * Which telephones it can have, as a regular expression of the engine (RE2) over all of the telephone. A telephone is any text of 64
   * characters. What the reader of the file could take for anything but a telephone must not match.
   */
  readonly fits: string;
  /** Lines before the first telephone. */
  readonly head: string;
  /** SQL of a telephone's line, without its end, over `telephone`. */
  readonly line: string;
  /** Lines after the last telephone. @param left_out how many telephones did not fit */
  readonly tail: (left_out: number) => string;
}

/** What a comment says at the end of a file, which also shows that it is whole. */
export function leftOutWords(left_out: number): string {
  return `The end of the list. Left out, as they cannot be written here: ${left_out}.`;
}
