import type { PoolFigures } from './figures.js';

/** Resolves when it is its turn: what is done from then on, until something is awaited, is one slice. */
type Turn = () => Promise<void>;

interface Waiting {
  readonly number: number;
  readonly start: () => void;
}

/** What waits of one key. */
interface Line {
  /** By the order in which the bodies came, whichever asked first. */
  readonly bodies: Waiting[];
  /** In the order in which they asked. */
  readonly streams: Waiting[];
  /** Which of the two had the last turn, where both wait. */
  streams_were_last: boolean;
}

/**
 * Shares out the event loop for work that an input can make long. Whoever has some of it asks for his turn before he begins,
 * and again after each slice of a few milliseconds.
 *
 * One turn is given between two looks at what the connections brought, however many wait. Turns go round by key (an
 * operation): one of many large bodies takes no more of them than one of a single small one, which waits for a slice of
 * each other key at most. Of one key the body that came first is read to its end before the next is begun, so few are half
 * read; streams, which may last for hours, have a lane of their own, in which each has its turn.
 */
export class Desk {
  /** Keys of which somebody waits, in the order of their turns; Map keeps insertion order, and a served key goes to the back. */
  readonly #lines = new Map<string, Line>();
  #opened = 0;
  #waiting = 0;
  #given = 0;
  #is_due = false;

  /**
   * For a body that lies in memory whole; it has its place by when this is called.
   *
   * @param hung_up its caller left: the turn is refused with the reason, and what waits leaves the line
   */
  body(key: string, hung_up: AbortSignal): Turn {
    const number = this.#open();
    return () => this.#wait(key, 'bodies', number, hung_up);
  }

  /** For what is read as it comes: a file of an import. */
  stream(key: string): Turn {
    const number = this.#open();
    return () => this.#wait(key, 'streams', number, undefined);
  }

  figures(): PoolFigures & { readonly given: number } {
    const held = this.#is_due ? 1 : 0;
    return { limit: 1, held, waiting: this.#waiting, refused: 0, cut: 0, given: this.#given };
  }

  #open(): number {
    this.#opened += 1;
    return this.#opened;
  }

  async #wait(
    key: string,
    lane: 'bodies' | 'streams',
    number: number,
    hung_up: AbortSignal | undefined,
  ): Promise<void> {
    hung_up?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const start = () => {
        hung_up?.removeEventListener('abort', leave);
        resolve();
      };
      const waiting = { number, start };
      const leave = () => {
        this.#leave(key, lane, waiting);
        reject(hung_up?.reason);
      };
      hung_up?.addEventListener('abort', leave, { once: true });
      this.#enter(key, lane, waiting);
    });
  }

  #enter(key: string, lane: 'bodies' | 'streams', waiting: Waiting): void {
    let line = this.#lines.get(key);
    if (line === undefined) {
      line = { bodies: [], streams: [], streams_were_last: true };
      this.#lines.set(key, line);
    }
    // Of a stream it is its turn to ask that counts. Whoever was served last mostly came first: he is soon found.
    const younger = lane === 'bodies' ? line.bodies.findIndex((other) => other.number > waiting.number) : -1;
    if (younger < 0) line[lane].push(waiting);
    else line[lane].splice(younger, 0, waiting);
    this.#waiting += 1;
    this.#arm();
  }

  #leave(key: string, lane: 'bodies' | 'streams', waiting: Waiting): void {
    const line = this.#lines.get(key);
    const at = line?.[lane].indexOf(waiting) ?? -1;
    if (line === undefined || at < 0) return;
    line[lane].splice(at, 1);
    this.#waiting -= 1;
    if (line.bodies.length + line.streams.length === 0) this.#lines.delete(key);
  }

  /** Node polls its connections between an immediate and one that is set meanwhile; all that are due run at once. So there is one. */
  #arm(): void {
    if (this.#is_due || this.#waiting === 0) return;
    this.#is_due = true;
    setImmediate(() => this.#serve());
  }

  #serve(): void {
    this.#is_due = false;
    const [first] = this.#lines;
    if (first === undefined) return; // all of them left
    const [key, line] = first;
    const next = takeNext(line);
    this.#lines.delete(key);
    if (line.bodies.length + line.streams.length > 0) this.#lines.set(key, line); // to the back of the turns
    if (next !== undefined) {
      this.#waiting -= 1;
      this.#given += 1;
      next.start();
    }
    this.#arm();
  }
}

function takeNext(line: Line): Waiting | undefined {
  const is_stream = line.bodies.length === 0 || (line.streams.length > 0 && !line.streams_were_last);
  line.streams_were_last = is_stream;
  return is_stream ? line.streams.shift() : line.bodies.shift();
}
