import type { PoolFigures } from './figures.js';

/** Resolves when it is the caller's turn. What the caller does from then on, until it awaits something, is one slice. */
type Turn = () => Promise<void>;

interface Waiting {
  readonly number: number;
  readonly start: () => void;
}

/**
 * The lanes of a key, which have turns one after another: calls that begin, bodies that lie in memory, and streams, which may
 * last for hours.
 */
const LANES = ['calls', 'bodies', 'streams'] as const;
type Lane = (typeof LANES)[number];

/** The waits of one key. */
interface Line {
  readonly calls: Waiting[];
  /** In the order in which the bodies came, not in which they asked. */
  readonly bodies: Waiting[];
  readonly streams: Waiting[];
  /** Which lane is asked first at the next turn. */
  next: number;
}

/**
 * Shares out the event loop for work that an input can make long. Such work asks for a turn before it begins, and again after
 * each slice of a few milliseconds.
 *
 * No more than one turn is given between two looks at what the connections brought, however many wait. Turns go round by key (an
 * operation): a key with many large bodies takes no more of them than one with a single small body, which waits for one slice of
 * each other key at most. Within a key, the body that came first is read to its end before the next is begun, so few are half
 * read. Calls and streams have their turns in the order in which they ask.
 */
export class Desk {
  /** Keys with waits, in the order of their turns; Map keeps insertion order, and a served key goes to the back. */
  readonly #lines = new Map<string, Line>();
  #opened = 0;
  #waiting = 0;
  #given = 0;
  #is_due = false;

  /**
   * For a call whose caller is known, before anything is done for it. A caller who hangs up at once is gone before the turn
   * comes.
   *
   * @param hung_up as for a body
   */
  call(key: string, hung_up: AbortSignal): Promise<void> {
    return this.#wait(key, 'calls', this.#open(), hung_up);
  }

  /**
   * For a body that lies in memory whole. The time of this call decides its place.
   *
   * @param hung_up fires when the caller left: the turn is refused with the signal's reason, and the wait ends
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

  async #wait(key: string, lane: Lane, number: number, hung_up: AbortSignal | undefined): Promise<void> {
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

  #enter(key: string, lane: Lane, waiting: Waiting): void {
    let line = this.#lines.get(key);
    if (line === undefined) {
      line = { calls: [], bodies: [], streams: [], next: 0 };
      this.#lines.set(key, line);
    }
    // In the other lanes the order of asking counts. The body that was served last has mostly come first, so its place is found
    // soon.
    const younger = lane === 'bodies' ? line.bodies.findIndex((other) => other.number > waiting.number) : -1;
    if (younger < 0) line[lane].push(waiting);
    else line[lane].splice(younger, 0, waiting);
    this.#waiting += 1;
    this.#arm();
  }

  #leave(key: string, lane: Lane, waiting: Waiting): void {
    const line = this.#lines.get(key);
    const at = line?.[lane].indexOf(waiting) ?? -1;
    if (line === undefined || at < 0) return;
    line[lane].splice(at, 1);
    this.#waiting -= 1;
    if (isEmpty(line)) this.#lines.delete(key);
  }

  /**
   * Node polls its connections between an immediate and the next one that is set meanwhile, but runs all that are due at once. So
   * no more than one is set.
   */
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
    const lane = nextLane(line);
    const next = line[lane].shift();
    this.#lines.delete(key);
    if (!isEmpty(line)) this.#lines.set(key, line); // to the back of the turns
    if (next !== undefined) {
      this.#waiting -= 1;
      this.#given += 1;
      next.start();
    }
    this.#arm();
  }
}

function isEmpty({ calls, bodies, streams }: Line): boolean {
  return calls.length + bodies.length + streams.length === 0;
}

/** The lane whose turn it is, of those in which somebody waits. */
function nextLane(line: Line): Lane {
  const round = [...LANES.slice(line.next), ...LANES.slice(0, line.next)];
  const lane = round.find((one) => line[one].length > 0) ?? 'calls';
  line.next = (LANES.indexOf(lane) + 1) % LANES.length;
  return lane;
}
