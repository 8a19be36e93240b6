import { comparePlaces, type Place, type Sort } from './place.js';

const LINE_FEED = 0x0a;
const TAB = 0x09;

/**
 * Lines whose telephones one statement gets, as one value: a page of 60,000 fits, where it is sorted by a count. More of them
 * would block the event loop for longer than a reply does.
 */
const SLICE_MAX_BYTES = 1024 ** 2;

/**
 * The same for lines in which more than line ends is escaped: escaping may double the text twice, and a statement has 2 MiB at
 * most.
 */
const ESCAPED_SLICE_MAX_BYTES = 480 * 1024;
const ESCAPED = ['\\', "'"];

/** The telephones of one page. */
export interface PageOfTelephones {
  /**
   * In their order, a telephone a line, cut into what one statement may get. Each slice is made when it is needed: all together
   * may be 16 MB.
   */
  readonly slices: Iterable<string>;
  /** Where the page ends, if there are more telephones after it. */
  readonly next: Place | undefined;
}

/** The telephones of a table in the order of a sort, from a place on, as the engine wrote them: there may be many. */
export interface FoundTelephones {
  /** They begin after this place; absent, with the first telephone of all. */
  readonly after: Place | undefined;
  /** Whether the last one of all is among them. */
  readonly are_to_the_end: boolean;
  /**
   * A line for each, in one piece and without a line end after the last: the `value` of its place, a tab, the telephone. No
   * telephone has a control character.
   */
  readonly parts: readonly Buffer[];
}

/** As many of the first telephones as fit into these bytes of memory: `found` itself, or a copy that keeps no other memory. */
export function firstOf(found: FoundTelephones, max_bytes: number): FoundTelephones {
  const [lines = Buffer.alloc(0)] = found.parts;
  if (lines.buffer.byteLength <= max_bytes) return found;
  const end = lines.length <= max_bytes ? lines.length : Math.max(0, lines.lastIndexOf(LINE_FEED, max_bytes));
  const own = Buffer.allocUnsafeSlow(end);
  lines.copy(own);
  return { ...found, are_to_the_end: found.are_to_the_end && end === lines.length, parts: [own] };
}

/** Finds pages in the telephones that were found. */
export class SortedTelephones {
  readonly #sort: Sort;
  readonly #found: FoundTelephones;
  readonly #lines: Buffer;

  constructor(sort: Sort, found: FoundTelephones) {
    this.#sort = sort;
    this.#found = found;
    [this.#lines = Buffer.alloc(0)] = found.parts;
  }

  /** The first `limit` telephones after a place. Undefined where not all of these are known, or not whether there are more. */
  page(after: Place | undefined, limit: number): PageOfTelephones | undefined {
    if (!this.#beginsBefore(after)) return undefined;
    const from = this.#firstBehind(after);
    let [last, until] = [from, from];
    for (let count = 0; count < limit && until < this.#lines.length; count += 1) {
      last = until;
      until = this.#endOf(last) + 1;
    }
    const slices = this.#slices(from, until);
    if (until < this.#lines.length) return { slices, next: this.#placeAt(last) };
    return this.#found.are_to_the_end ? { slices, next: undefined } : undefined;
  }

  #beginsBefore(place: Place | undefined): boolean {
    const { after } = this.#found;
    return after === undefined || (place !== undefined && comparePlaces(this.#sort, after, place) <= 0);
  }

  /** Where the first line after a place begins, or where all lines end. */
  #firstBehind(place: Place | undefined): number {
    if (place === undefined) return 0;
    let [low, high] = [0, this.#lines.length]; // beginnings of lines, or the end of all
    while (low < high) {
      const middle = this.#beginningOf(Math.floor((low + high) / 2));
      if (comparePlaces(this.#sort, this.#placeAt(middle), place) > 0) high = middle;
      else low = this.#endOf(middle) + 1;
    }
    return Math.min(low, this.#lines.length);
  }

  /** Where the line with the byte at `at` begins. */
  #beginningOf(at: number): number {
    return at === 0 ? 0 : this.#lines.lastIndexOf(LINE_FEED, at - 1) + 1;
  }

  #endOf(beginning: number): number {
    const end = this.#lines.indexOf(LINE_FEED, beginning);
    return end === -1 ? this.#lines.length : end;
  }

  #placeAt(beginning: number): Place {
    const tab = this.#lines.indexOf(TAB, beginning);
    return {
      value: Number(this.#lines.toString('latin1', beginning, tab)),
      telephone: this.#lines.toString('utf8', tab + 1, this.#endOf(beginning)),
    };
  }

  /** The telephones of the lines between two beginnings. */
  *#slices(from: number, until: number): Generator<string> {
    const lines = this.#lines.subarray(from, until);
    const max_bytes = ESCAPED.some((one) => lines.includes(one)) ? ESCAPED_SLICE_MAX_BYTES : SLICE_MAX_BYTES;
    for (let begin = from; begin < until; ) {
      const end = until - begin <= max_bytes ? until : this.#beginningOf(begin + max_bytes);
      yield this.#lines.toString('utf8', begin, end - 1).replaceAll(VALUE, '');
      begin = end;
    }
  }
}

/** The text before a telephone in its line. No telephone has a tab, so it matches nothing else. */
const VALUE = /^\d+\t/gm;
