import { EngineReplyMixed } from './engine.js';

/**
 * The beginning and the end that a statement's output must have: a nonce that no other output of the engine can contain. When a
 * statement is killed or fails while it writes, the engine's library gives its remaining bytes to the next caller
 * (docs/decisions/0018).
 */
export class Marks {
  readonly begin: string;
  readonly end: string;

  /** @param nonce a UUID of this statement alone: it goes into SQL as it is */
  constructor(nonce: string) {
    this.begin = `<${nonce}>`;
    this.end = `</${nonce}>`;
  }

  /** The statement between two others, each of which writes a mark and a line feed. The statement's own format does not matter. */
  around(sql: string): string {
    return `${markOf(this.begin)}; ${sql}; ${markOf(this.end)}`;
  }

  /** A statement that writes only the first mark, to check that nothing else comes with it. */
  alone(): string {
    return markOf(this.begin);
  }

  /** From the output of `around`, the part that the statement itself wrote. @throws EngineReplyMixed */
  cut(written: Buffer): Buffer {
    return this.#between(written, `${this.begin}\n`, `${this.end}\n`);
  }

  /** @throws EngineReplyMixed when more was written than `alone` writes, or less */
  expectAlone(written: Buffer): void {
    if (!written.equals(Buffer.from(`${this.begin}\n`))) throw mixed(written.length);
  }

  /** `format_template_resultset_format` of a statement whose output comes in chunks: each has both marks. */
  aroundChunk(): string {
    return `${this.begin}\${data}${this.end}`;
  }

  /** The rows of such a chunk. @throws EngineReplyMixed */
  cutChunk(written: Buffer): Buffer {
    return this.#between(written, this.begin, this.end);
  }

  /** Cuts without a copy. Both marks are ASCII, so a character is a byte. */
  #between(written: Buffer, begin: string, end: string): Buffer {
    const to = written.length - end.length;
    const is_whole =
      to >= begin.length &&
      written.toString('latin1', 0, begin.length) === begin &&
      written.toString('latin1', to) === end;
    if (!is_whole) throw mixed(written.length);
    return written.subarray(begin.length, to);
  }
}

function markOf(mark: string): string {
  return `SELECT '${mark}' FORMAT TSVRaw`;
}

function mixed(bytes: number): EngineReplyMixed {
  return new EngineReplyMixed(`${bytes} bytes do not begin and end with the marks of their statement`);
}
