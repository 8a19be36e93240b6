import { Refused } from './refused.js';

export interface SharesOptions {
  /** How much is shared out: bytes, or places. */
  readonly total: number;
  /** How much one key may hold when `free` is left for all. */
  readonly share: (free: number) => number;
  /** Requests of one key that wait at most; one more is refused at once. */
  readonly waiting_max: number;
}

/**
 * Nobody may hold more than is left free for the others. So one alone may have half, and two a third each, and whoever comes next
 * always finds something.
 */
export const noMoreThanIsLeft = (free: number) => free;

/**
 * The same for places, which cannot be halved for ever: each key may have one as long as any is free, or the last places would be
 * of no use to anybody.
 */
export const oneOrWhatIsLeft = (free: number) => Math.max(1, free);

export interface Wait {
  readonly wait_ms: number;
  /** Ends the wait with its reason. */
  readonly signal?: AbortSignal;
}

/** What one piece of work holds. */
export interface Holding {
  readonly held: number;
  /** Whether it waits for more. */
  readonly waits: boolean;
  /**
   * Takes more, when it is its turn. Only one call at a time.
   *
   * @throws Refused when the line is full, the wait was too long, or all who hold something wait for each other
   */
  grow(amount: number, wait: Wait): Promise<void>;
  /** Gives all back. A second call does nothing. */
  release(): void;
}

interface Waiter {
  readonly place: Place;
  readonly amount: number;
  readonly settle: (refusal: unknown) => void;
}

interface Place {
  readonly key: string;
  readonly number: number;
  held: number;
  waiter: Waiter | undefined;
  open: boolean;
}

/** Everything of one key. */
interface Line {
  held: number;
  readonly places: Set<Place>;
  /** In the order in which they came. */
  readonly waiting: Waiter[];
}

/**
 * Shares something out between keys (operations). Each key has its share. Those who wait are served in turns by key, and within a
 * key in the order in which they came. Nobody waits who could be served.
 *
 * Holdings that grow can end up all waiting for each other. Then the youngest is refused, so that the others can end.
 */
export class Shares {
  readonly #options: SharesOptions;
  /** In the order of their turns; Map keeps insertion order, and a served key goes to the back. */
  readonly #lines = new Map<string, Line>();
  #held = 0;
  #opened = 0;
  #refused = 0;

  constructor(options: SharesOptions) {
    this.#options = options;
  }

  open(key: string): Holding {
    this.#opened += 1;
    const place: Place = { key, number: this.#opened, held: 0, waiter: undefined, open: true };
    const line = this.#lines.get(key);
    if (line) line.places.add(place);
    else this.#lines.set(key, { held: 0, places: new Set([place]), waiting: [] });
    return {
      get held() {
        return place.held;
      },
      get waits() {
        return place.waiter !== undefined;
      },
      grow: (amount, wait) => this.#grow(place, amount, wait),
      release: () => this.#release(place),
    };
  }

  /** What a key holds. */
  heldBy(key: string): number {
    return this.#lines.get(key)?.held ?? 0;
  }

  /** Whether another key waits for its turn. */
  othersWait(key: string): boolean {
    for (const [other, { waiting }] of this.#lines) if (other !== key && waiting.length > 0) return true;
    return false;
  }

  figures() {
    let waiting = 0;
    for (const line of this.#lines.values()) waiting += line.waiting.length;
    return { limit: this.#options.total, held: this.#held, waiting, refused: this.#refused };
  }

  async #grow(place: Place, amount: number, { wait_ms, signal }: Wait): Promise<void> {
    if (!place.open) throw new Error(GIVEN_BACK); // what it took now would never come back
    signal?.throwIfAborted();
    const line = this.#lineOf(place);
    if (line.waiting.length === 0 && this.#mayTake(line, amount)) {
      this.#give(line, place, amount);
      return;
    }
    if (wait_ms <= 0 || line.waiting.length >= this.#options.waiting_max) throw this.#refusal('no room');
    await new Promise<void>((resolve, reject) => {
      const leave = (reason: unknown) => {
        line.waiting.splice(line.waiting.indexOf(waiter), 1);
        waiter.settle(reason);
        this.#serve(); // others of its key may have waited for it
      };
      const gone = () => leave(signal?.reason);
      const timer = setTimeout(() => leave(this.#refusal('no room in time')), wait_ms);
      const waiter: Waiter = {
        place,
        amount,
        settle: (refusal) => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', gone);
          place.waiter = undefined;
          if (refusal === undefined) resolve();
          else reject(refusal);
        },
      };
      signal?.addEventListener('abort', gone, { once: true });
      place.waiter = waiter;
      line.waiting.push(waiter);
      this.#serve();
    });
  }

  #release(place: Place): void {
    if (!place.open) return;
    const line = this.#lineOf(place);
    place.open = false;
    this.#held -= place.held;
    line.held -= place.held;
    place.held = 0;
    if (place.waiter) this.#refuse(place.waiter, 'it was given back');
    line.places.delete(place);
    if (line.places.size === 0) this.#lines.delete(place.key);
    this.#serve();
  }

  #serve(): void {
    for (;;) {
      for (let next = this.#next(); next; next = this.#next()) {
        const [key, line, waiter] = next;
        line.waiting.shift();
        this.#lines.delete(key);
        this.#lines.set(key, line); // to the back of the turns
        this.#give(line, waiter.place, waiter.amount);
        waiter.settle(undefined);
      }
      const [youngest] = this.#waitingForEachOther().sort((one, other) => other.number - one.number);
      if (!youngest?.waiter) return;
      this.#refuse(youngest.waiter, 'all wait for each other'); // which may let in those that waited after it
    }
  }

  #next(): [string, Line, Waiter] | undefined {
    for (const [key, line] of this.#lines) {
      const [first] = line.waiting;
      if (first && this.#mayTake(line, first.amount)) return [key, line, first];
    }
    return undefined;
  }

  /** The places of which one must go, because nobody else will give anything back. To be asked when nobody can be served. */
  #waitingForEachOther(): Place[] {
    const lines = [...this.#lines.values()];
    const first = lines.flatMap(({ waiting }) => waiting.slice(0, 1).map(({ place }) => place));
    if (first.length === 0) return [];
    const holders = lines.flatMap(holdersOf);
    if (holders.every(({ waiter }) => waiter)) {
      const most = lines.reduce((one, other) => (other.held > one.held ? other : one));
      return most.held > 0 ? holdersOf(most) : first;
    }
    for (const line of lines) {
      const [head] = line.waiting;
      if (!head || this.#wouldFitAlone(line, head.amount)) continue;
      const own = holdersOf(line);
      if (own.every(({ waiter }) => waiter)) return own.length > 0 ? own : [head.place];
    }
    return [];
  }

  #mayTake(line: Line, amount: number): boolean {
    return this.#fits(line.held + amount, this.#options.total - this.#held - amount);
  }

  /** Whether it would fit if no other key held anything. */
  #wouldFitAlone(line: Line, amount: number): boolean {
    return this.#fits(line.held + amount, this.#options.total - line.held - amount);
  }

  #fits(held: number, free: number): boolean {
    return free >= 0 && held <= this.#options.share(free);
  }

  #give(line: Line, place: Place, amount: number): void {
    place.held += amount;
    line.held += amount;
    this.#held += amount;
  }

  #refuse(waiter: Waiter, why: string): void {
    const { waiting } = this.#lineOf(waiter.place);
    waiting.splice(waiting.indexOf(waiter), 1);
    waiter.settle(this.#refusal(why));
  }

  #refusal(why: string): Refused {
    this.#refused += 1;
    return new Refused(why);
  }

  #lineOf({ key }: Place): Line {
    const line = this.#lines.get(key);
    if (!line) throw new Error(GIVEN_BACK);
    return line;
  }
}

const GIVEN_BACK = 'it was given back already';

function holdersOf(line: Line): Place[] {
  return [...line.places].filter(({ held }) => held > 0);
}
