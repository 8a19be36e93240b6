import type { SentAttempt } from '../harness.js';
import { Tally } from './tally.js';

const WEAKEST_FIRST = [
  'unknown',
  'no_answer',
  'failed',
  'congestion',
  'busy',
  'answer',
  'answer_machine',
  'abandon',
  'recall',
  'do_not_call',
];

interface Telling {
  readonly attempt: SentAttempt;
  /** Number of the upload, or of the generation that the import belongs to. */
  readonly delivery: number;
  /** Undefined: an upload. */
  readonly import: number | undefined;
}

/**
 * What holds of all that uploads and imports told, and what is left when imports are taken back, in plain memory:
 * everything that was told is kept, and of each attempt the telling of the latest delivery holds, and of those that imports
 * told in one generation the strongest.
 */
export class Tellings {
  #tellings: Telling[] = [];
  #deliveries = 0;
  readonly #generations = new Map<string, number>();

  upload(attempts: readonly SentAttempt[]): void {
    this.#deliveries += 1;
    for (const attempt of attempts) this.#tell({ attempt, delivery: this.#deliveries, import: undefined });
  }

  import(number: number, mapping: string, replaces: boolean, attempts: readonly SentAttempt[]): void {
    this.#deliveries += 1;
    if (replaces || !this.#generations.has(mapping)) this.#generations.set(mapping, this.#deliveries);
    const delivery = this.#generations.get(mapping) ?? 0;
    for (const attempt of attempts) this.#tell({ attempt, delivery, import: number });
  }

  undo(number: number): void {
    this.#tellings = this.#tellings.filter((telling) => telling.import !== number);
  }

  /** What holds. */
  held(): Tally {
    const tally = new Tally();
    // Of one upload the later record holds, whatever it says.
    const ordered = this.#tellings.toSorted(
      (a, b) =>
        a.delivery - b.delivery ||
        (a.import === undefined ? 0 : strengthOf(a.attempt) - strengthOf(b.attempt)),
    );
    tally.deliver(ordered.map(({ attempt }) => attempt));
    return tally;
  }

  #tell(telling: Telling): void {
    this.#tellings.push(telling);
  }
}

function strengthOf({ result }: SentAttempt): number {
  return WEAKEST_FIRST.indexOf(result);
}
