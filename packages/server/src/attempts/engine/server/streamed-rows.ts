import { parseError } from '@clickhouse/client';
import { EngineReplyMixed, EngineUnavailable } from '../engine.js';
import type { Marks } from '../marks.js';

const LINE_FEED = 0x0a;
/** Room for a server's error message, which the server cuts at 16 KiB. */
const FAILURE_MAX_BYTES = 64 * 1024;
const NOTHING: Buffer = Buffer.alloc(0);

/**
 * Takes the rows out of a reply that comes piece by piece. The rows are between the marks of their statement, and the second mark is
 * written only after all rows. When a query fails in its middle, the server writes the failure after the rows, between markers with a
 * tag that only this reply has, and then closes the connection.
 */
export class StreamedRows {
  readonly #begin: Buffer;
  readonly #end: Buffer;
  /** The marker before the server's failure. */
  readonly #failing: Buffer;
  /** Bytes that may be part of a mark, or of a line that is not whole yet. */
  #held: Buffer = NOTHING;
  #has_begun = false;
  #failure: Buffer | undefined;

  /** @param failure_tag the reply's header `X-ClickHouse-Exception-Tag` */
  constructor(marks: Marks, failure_tag: string) {
    this.#begin = Buffer.from(marks.begin);
    this.#end = Buffer.from(marks.end);
    this.#failing = Buffer.from(`\r\n__exception__\r\n${failure_tag}\r\n`);
  }

  /** The lines that are complete with this piece. @throws EngineReplyMixed */
  take(piece: Buffer): Buffer {
    if (this.#failure) {
      const room = FAILURE_MAX_BYTES - this.#failure.length;
      this.#failure = Buffer.concat([this.#failure, piece.subarray(0, Math.max(0, room))]);
      return NOTHING;
    }
    this.#held = this.#held.length === 0 ? piece : Buffer.concat([this.#held, piece]);
    const failing_at = this.#held.indexOf(this.#failing);
    if (failing_at >= 0) {
      this.#failure = Buffer.from(this.#held.subarray(failing_at + this.#failing.length));
      this.#held = this.#held.subarray(0, failing_at);
    }
    if (!this.#begins()) return NOTHING;
    // The end mark or the failure marker may begin after the last line.
    const kept = failing_at >= 0 ? 0 : Math.max(this.#end.length, this.#failing.length);
    const lines_end = this.#held.lastIndexOf(LINE_FEED, this.#held.length - kept - 1) + 1;
    if (lines_end <= 0 || this.#held.length <= kept) return NOTHING;
    const lines = this.#held.subarray(0, lines_end);
    this.#held = this.#held.subarray(lines_end);
    return lines;
  }

  /**
   * The last lines of a reply that has ended.
   *
   * @throws EngineReplyMixed when the reply is not whole, or the server's failure
   */
  rest(): Buffer {
    this.throwIfFailed();
    const rows_end = this.#held.length - this.#end.length;
    if (!this.#has_begun || rows_end < 0 || !this.#held.subarray(rows_end).equals(this.#end)) {
      throw new EngineReplyMixed('a stream ended without the mark after its rows');
    }
    return this.#held.subarray(0, rows_end);
  }

  /** @throws the server's failure, as the client's error */
  throwIfFailed(): void {
    if (!this.#failure) return;
    const said = parseError(this.#failure.toString());
    throw said.message === '' ? new EngineUnavailable('the ClickHouse server broke off') : said;
  }

  /** Takes the first mark away. @throws EngineReplyMixed */
  #begins(): boolean {
    if (this.#has_begun) return true;
    if (this.#held.length < this.#begin.length) return false;
    if (!this.#held.subarray(0, this.#begin.length).equals(this.#begin)) {
      throw new EngineReplyMixed('a stream begins without the mark before its rows');
    }
    this.#has_begun = true;
    this.#held = this.#held.subarray(this.#begin.length);
    return true;
  }
}
