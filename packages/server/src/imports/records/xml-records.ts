import { isUtf8 } from 'node:buffer';
import type { RecordBatch } from './record-batch.js';

/**
 * Longest document of a call, in bytes. A switch writes 10 to 60 KiB; the longest ones log hundreds of applications. A
 * document is read in one turn of the event loop: the worst one, nothing but names, takes some ten milliseconds.
 */
export const DOCUMENT_MAX_BYTES = 256 * 1024;

/** Bytes that are kept of a document that is too long: enough to find it again. */
const KEPT_BYTES = 4 * 1024;

/** The longest of the marks below; for `<cdr` with the byte after it. */
const MARK_MAX_CHARS = 6;
const RS = '\x1e';
const MARKS = ['<cdr', '</cdr>', '<?xml', RS] as const;
type Mark = (typeof MARKS)[number];
const MARK = new RegExp(`<cdr(?=[\\s>/])|</cdr>|<\\?xml(?=\\s)|${RS}`, 'g');

/**
 * Cuts a stream of bytes into documents `<cdr>…</cdr>`, a chunk at a time: a single one, one per line, or files one after
 * another, each with or without a declaration. (Switches escape `<` in texts and attributes, so a mark never occurs
 * inside one.) A document that breaks off ends where the next begins, or at a byte RS, which separates files in one
 * stream. Text between documents is a record with a fault, line by line; a tag alone on a line, which wraps documents, is
 * ignored. Parsing decides whether a document is XML. Memory is bounded by a chunk and one document.
 *
 * @throws whatever the stream throws; the unfinished last document is then not given
 */
export async function* readXmlRecords(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<RecordBatch> {
  const cutter = new XmlCutter();
  for await (const chunk of bytes) {
    const batch = cutter.take(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    if (batch.texts.length > 0) yield batch;
  }
  const rest = cutter.finish();
  if (rest.texts.length > 0) yield rest;
}

/** `declaration`: from `<?xml` to its `>`, or to the end of its line. */
type Within = 'nothing' | 'declaration' | 'document';

/** Bytes are taken as characters of Latin-1, one for one, and decoded when a record is whole. */
class XmlCutter {
  #next_record = 1;
  #texts: string[] = [];
  #faults = new Map<number, string>();
  #within: Within = 'nothing';
  /** Text of the current document, or of the current line between documents. */
  readonly #kept = new Kept();
  /** The end of the input so far, in which a mark may have begun. */
  #tail = '';

  take(chunk: Buffer): RecordBatch {
    const text = this.#tail + chunk.toString('latin1');
    const sure = Math.max(0, text.length - MARK_MAX_CHARS);
    const done = this.#scan(text, sure);
    this.#tail = text.slice(done);
    return this.#batch();
  }

  finish(): RecordBatch {
    this.#scan(`${this.#tail}\n`, this.#tail.length);
    this.#tail = '';
    this.#breakOff('it is cut off');
    return this.#batch();
  }

  #batch(): RecordBatch {
    const batch = { first: this.#next_record, texts: this.#texts, faults: this.#faults };
    this.#next_record += batch.texts.length;
    this.#texts = [];
    this.#faults = new Map();
    return batch;
  }

  /** Handles the text up to `sure`, and a mark that begins before it; returns where to go on. */
  #scan(text: string, sure: number): number {
    let at = 0;
    MARK.lastIndex = 0;
    for (let found = MARK.exec(text); found !== null && found.index < sure; found = MARK.exec(text)) {
      this.#fill(text.slice(at, found.index));
      const mark = MARKS.find((one) => one === found?.[0]);
      if (mark !== undefined) this.#take(mark);
      at = found.index + found[0].length;
    }
    if (at >= sure) return at;
    this.#fill(text.slice(at, sure));
    return sure;
  }

  #take(mark: Mark): void {
    const is_in_document = this.#within === 'document';
    if (mark === '</cdr>') {
      this.#kept.add(mark);
      if (is_in_document) this.#emit(undefined);
      return;
    }
    this.#breakOff(mark === RS ? 'it is cut off' : 'it is cut off: another one begins inside it');
    if (mark === RS) return;
    this.#within = mark === '<cdr' ? 'document' : 'declaration';
    if (mark === '<cdr') this.#kept.add(mark);
  }

  #fill(text: string): void {
    if (text === '') return;
    if (this.#within === 'document') this.#kept.add(text);
    else this.#fillBetween(text);
  }

  #fillBetween(text: string): void {
    let rest = text;
    if (this.#within === 'declaration') {
      const end = /[>\n\r]/.exec(rest);
      if (end === null) return;
      this.#within = 'nothing';
      rest = rest.slice(end.index + 1);
    }
    const lines = rest.split(/[\n\r]/);
    lines.forEach((line, index) => {
      this.#kept.add(line);
      if (index < lines.length - 1) this.#endLine();
    });
  }

  /** Ends the current document or line. */
  #breakOff(fault: string): void {
    if (this.#within === 'document') this.#emit(fault);
    else this.#endLine();
    this.#within = 'nothing';
  }

  #endLine(): void {
    if (BLANK.test(this.#kept.text) || WRAPPER.test(this.#kept.text)) this.#kept.clear();
    else this.#emit('it is no document of a call');
  }

  #emit(fault: string | undefined): void {
    const bytes = Buffer.from(this.#kept.text, 'latin1');
    const reason = this.#kept.is_too_long ? `it is longer than ${DOCUMENT_MAX_BYTES} bytes` : fault;
    if (reason !== undefined) this.#faults.set(this.#texts.length, reason);
    this.#texts.push(bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1'));
    this.#kept.clear();
    this.#within = 'nothing';
  }
}

/** White space, and the byte order mark as Latin-1 decodes it. */
const BLANK = /^(?:\s|\u00ef\u00bb\u00bf)*$/;
/** A tag without attributes, around documents. */
const WRAPPER = /^\s*<\/?[A-Za-z_][\w.-]{0,63}>\s*$/;

/** A growing text, of which at most the length of a document is held. */
class Kept {
  #pieces: string[] = [];
  #length = 0;
  is_too_long = false;

  get text(): string {
    const text = this.#pieces.join('');
    this.#pieces = [text];
    return text;
  }

  add(text: string): void {
    if (this.is_too_long) return;
    this.#pieces.push(text);
    this.#length += text.length;
    if (this.#length <= DOCUMENT_MAX_BYTES) return;
    this.is_too_long = true;
    this.#pieces = [this.text.slice(0, KEPT_BYTES)];
  }

  clear(): void {
    this.#pieces = [];
    this.#length = 0;
    this.is_too_long = false;
  }
}
