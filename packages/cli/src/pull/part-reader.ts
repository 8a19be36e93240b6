import { open } from 'node:fs/promises';
import type { Values } from '@recuento/client/parts';

const LINE_END = 10;

/**
 * The rows of a part, one at a time. The reader reads in pieces and keeps no file open in between: a pull over years merges
 * more parts than a process may have open files.
 */
export class PartReader {
  /** The current row; undefined after the last one. */
  row: Values | undefined;
  readonly #path: string;
  readonly #piece_bytes: number;
  #position = 0;
  #rest = Buffer.alloc(0);
  #rows: Values[] = [];
  #at = 0;

  private constructor(path: string, piece_bytes: number) {
    this.#path = path;
    this.#piece_bytes = piece_bytes;
  }

  static async open(path: string, piece_bytes: number): Promise<PartReader> {
    const reader = new PartReader(path, piece_bytes);
    await reader.advance();
    return reader;
  }

  /** Moves to the next row. Returns at once, unless another piece must be read. */
  advance(): Promise<void> | undefined {
    this.row = this.#rows[this.#at];
    this.#at += 1;
    return this.row === undefined ? this.#readMore() : undefined;
  }

  async #readMore(): Promise<void> {
    for (;;) {
      const piece = await this.#piece();
      if (piece.length === 0) return;
      const bytes = Buffer.concat([this.#rest, piece]);
      const end = bytes.lastIndexOf(LINE_END) + 1;
      this.#rest = bytes.subarray(end);
      // The record at the end begins with a brace and is not a row.
      const lines = bytes
        .toString('utf8', 0, end)
        .split('\n')
        .filter((line) => line.startsWith('['));
      if (lines.length === 0) continue;
      this.#rows = lines.map((line) => JSON.parse(line));
      this.row = this.#rows[0];
      this.#at = 1;
      return;
    }
  }

  async #piece(): Promise<Buffer> {
    const file = await open(this.#path, 'r');
    try {
      const buffer = Buffer.allocUnsafe(this.#piece_bytes);
      const { bytesRead } = await file.read(buffer, 0, buffer.length, this.#position);
      this.#position += bytesRead;
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }
}
