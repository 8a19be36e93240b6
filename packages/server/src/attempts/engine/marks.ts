import { EngineReplyMixed } from './engine.js';

/**
 * What a statement's output must begin and end with: a nonce of its own, which nothing else that the engine ever wrote
 * can hold. After a statement that was killed or failed while it wrote, the engine's library hands the bytes that were
 * left to whoever asks next (docs/decisions/0018).
 */
export class Marks {
  readonly begin: string;
  readonly end: string;

  /** @param nonce a UUID of this statement alone: it goes into SQL as it is */
  constructor(nonce: string) {
    this.begin = `<${nonce}>`;
    this.end = `</${nonce}>`;
  }

  /** The statement between two that write the marks. They write their mark and a line feed, whatever its format is. */
  around(sql: string): string {
    return `${markOf(this.begin)}; ${sql}; ${markOf(this.end)}`;
  }

  /** A statement that writes the first mark alone, to see that nothing else comes with it. */
  alone(): string {
    return markOf(this.begin);
  }

  /** What the statement itself wrote, of `around`. @throws EngineReplyMixed */
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

  /** Cuts without a copy. Both marks have ASCII alone, so their characters are bytes. */
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
