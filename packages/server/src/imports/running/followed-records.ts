import { IMPORT_FORMATS } from '@recuento/contract';
import { formatNamed } from '../formats/registry.js';
import type { Reading, ReadLine } from '../reading/reading.js';
import { parseColumnMap } from '../rows/column-map.js';
import { SpanningRecords } from '../rows/spanning.js';

const LF = 0x0a;
const EMPTY = Buffer.alloc(0);
const BYTE_ORDER_MARK = /^\uFEFF/;

/**
 * Finds the complete records of a growing file, for a program that sends it in parts. Its lines are read as an import
 * reads them. A record whose quoted field is still open is not complete, because its lines would be separated. Each part
 * needs the header's lines.
 */
export class FollowedRecords {
  readonly #open: () => ReadLine | undefined;

  /** @param format value of `format=`, and `map_text` that of `map`; the service, not this class, refuses invalid ones */
  constructor(format: string, map_text: string | undefined) {
    const name = IMPORT_FORMATS.find((known) => known === format);
    const map = map_text === undefined ? undefined : parseColumnMap(map_text);
    this.#open = () =>
      name && formatNamed(name).open({ time_zone: 'UTC', campaign_id: 1, ...(map && { map }) });
  }

  /**
   * The header's lines at the beginning of a file, with any lines before it; and whether a line after them shows where
   * they end.
   */
  headerOf(beginning: Buffer): { readonly bytes: Buffer; readonly is_sure: boolean } {
    const read = this.#open();
    if (read === undefined) return { bytes: EMPTY, is_sure: true };
    let end = 0;
    let is_sure = false;
    const spanning = this.#spanning(read, (reading) => {
      if (reading !== 'blank' && !(reading.kind === 'skipped' && reading.reason === 'header')) is_sure = true;
    });
    for (const line of linesOf(beginning)) {
      if (!spanning.take(line.text)) return { bytes: firstLine(beginning), is_sure: true };
      if (is_sure) break;
      if (spanning.waiting === 0) end = line.end;
    }
    return { bytes: beginning.subarray(0, end), is_sure };
  }

  /**
   * How many of these bytes, which are lines after a header, belong to complete records. Without a header they are a
   * file's beginning: then 0 until a row shows where its header ends, because half a header would be refused.
   */
  wholeOf(header: Buffer, bytes: Buffer): number {
    if (header.length === 0 && !this.headerOf(bytes).is_sure) return 0;
    const read = bytes.includes('"') ? this.#open() : undefined;
    if (read === undefined) return bytes.length;
    const spanning = this.#spanning(read, () => undefined);
    for (const line of linesOf(header)) if (!spanning.take(line.text)) return bytes.length;
    const ends: number[] = [0];
    for (const line of linesOf(bytes)) {
      if (!spanning.take(line.text)) return bytes.length;
      ends.push(line.end);
    }
    return ends[ends.length - 1 - spanning.waiting] ?? bytes.length;
  }

  /**
   * Line numbers are not needed here. `take` returns false once the file turns out to have another format; the service
   * will refuse it.
   */
  #spanning(read: ReadLine, note: (reading: Reading | 'blank') => void) {
    const records = new SpanningRecords(read, (_, __, reading) => note(reading));
    return {
      get waiting() {
        return records.waiting;
      },
      take: (text: string): boolean => {
        try {
          records.take(1, text);
          return true;
        } catch {
          return false;
        }
      },
    };
  }
}

/**
 * Lines that end with LF or CRLF, the first without a byte order mark, and where each ends. Bytes after the last line end
 * are left out.
 */
function* linesOf(bytes: Buffer): Generator<{ text: string; end: number }> {
  for (let from = 0; ; ) {
    const at = bytes.indexOf(LF, from);
    if (at < 0) return;
    const text = bytes.toString('utf8', from, at).replace(/\r$/, '');
    yield { text: from === 0 ? text.replace(BYTE_ORDER_MARK, '') : text, end: at + 1 };
    from = at + 1;
  }
}

function firstLine(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.indexOf(LF) + 1);
}
