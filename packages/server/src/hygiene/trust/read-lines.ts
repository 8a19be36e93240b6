import type { GiveTurn } from '../../admission/turns.js';
import { type Lines, NETWORK_CHARS } from './lines.js';

const LINE_END = 0x0a;
/** Bytes that are read in one turn: some milliseconds. */
const TURN_BYTES = 100_000;

/**
 * Reads lines as the engine wrote them: a telephone, and for each of its attempts the minute, the number of the source and what was
 * said, as three lists separated by blanks, in columns separated by tabs.
 */
export async function readLines(
  text: Buffer,
  source_names: readonly string[],
  give_turn: GiveTurn,
): Promise<Lines> {
  const reading = new LinesReading();
  let from = 0;
  while (from < text.length) {
    await give_turn();
    const end = text.indexOf(LINE_END, Math.min(text.length, from + TURN_BYTES));
    const until = end < 0 ? text.length : end + 1;
    for (const line of text.toString('utf8', from, until).split('\n')) if (line !== '') reading.add(line);
    from = until;
  }
  return { ...reading.lines(), source_names };
}

/**
 * A telephone as the engine wrote it, in the characters that the engine counts. Most are digits, and need no list.
 *
 * @param text without control characters, as stored texts are; so the backslash alone is escaped
 */
function asCharacters(text: string): string | readonly string[] {
  return /^[\x20-\x5b\x5d-\x7e]*$/.test(text) ? text : [...text.replaceAll('\\\\', '\\')];
}

function firstOf(characters: string | readonly string[], count: number): string {
  const first = characters.slice(0, count);
  return typeof first === 'string' ? first : first.join('');
}

/** How many numbers there is room for at first; the room doubles. */
const FIRST_ROOM = 1_024;

class LinesReading {
  #starts = new Uint32Array(FIRST_ROOM);
  #networks = new Uint32Array(FIRST_ROOM * NETWORK_CHARS.length);
  #minutes = new Uint32Array(FIRST_ROOM);
  #sources = new Uint16Array(FIRST_ROOM);
  #said = new Uint8Array(FIRST_ROOM);
  readonly #numbers = new Map<string, number>([['', 0]]);
  readonly #parents: number[] = [0];
  #lines = 0;
  #attempts = 0;

  add(line: string): void {
    const [escaped = '', minutes = '', sources = '', said = ''] = line.split('\t');
    const telephone = asCharacters(escaped);
    const [source, word] = [sources.split(' '), said.split(' ')];
    for (const [index, minute] of minutes.split(' ').entries()) {
      this.#addAttempt(Number(minute), Number(source[index]), Number(word[index]));
    }
    if (this.#lines + 2 > this.#starts.length) this.#makeRoomForLines();
    let network = 0;
    for (const [depth, chars] of NETWORK_CHARS.entries()) {
      network = this.#numberOf(firstOf(telephone, chars), network);
      this.#networks[this.#lines * NETWORK_CHARS.length + depth] = network;
    }
    this.#lines += 1;
    this.#starts[this.#lines] = this.#attempts;
  }

  lines(): Omit<Lines, 'source_names'> {
    return {
      starts: this.#starts.subarray(0, this.#lines + 1),
      networks: this.#networks.subarray(0, this.#lines * NETWORK_CHARS.length),
      minutes: this.#minutes.subarray(0, this.#attempts),
      sources: this.#sources.subarray(0, this.#attempts),
      said: this.#said.subarray(0, this.#attempts),
      network_names: [...this.#numbers.keys()],
      network_parents: Uint32Array.from(this.#parents),
    };
  }

  #addAttempt(minute: number, source: number, said: number): void {
    if (this.#attempts === this.#minutes.length) this.#makeRoomForAttempts();
    this.#minutes[this.#attempts] = minute;
    this.#sources[this.#attempts] = source;
    this.#said[this.#attempts] = said;
    this.#attempts += 1;
  }

  #makeRoomForAttempts(): void {
    const [minutes, sources, said] = [this.#minutes, this.#sources, this.#said];
    this.#minutes = new Uint32Array(2 * minutes.length);
    this.#minutes.set(minutes);
    this.#sources = new Uint16Array(2 * sources.length);
    this.#sources.set(sources);
    this.#said = new Uint8Array(2 * said.length);
    this.#said.set(said);
  }

  #makeRoomForLines(): void {
    const [starts, networks] = [this.#starts, this.#networks];
    this.#starts = new Uint32Array(2 * starts.length);
    this.#starts.set(starts);
    this.#networks = new Uint32Array(2 * networks.length);
    this.#networks.set(networks);
  }

  /** The number of a network, which is a part of `wider`. */
  #numberOf(name: string, wider: number): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(name, number);
    this.#parents.push(wider);
    return number;
  }
}
