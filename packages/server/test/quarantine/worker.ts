import { expect } from 'vitest';
import type { Ask } from './follower.js';

/** Telephones of a worker: nobody else touches them. */
const TELEPHONES = 200;

/**
 * Somebody who puts his own telephones aside and back, act after act, and knows what must be so: what he was told, and of the one
 * act that he was not told of, all or nothing.
 */
export class Worker {
  readonly #name: string;
  readonly #random: () => number;
  /** What is put aside for certain, by the act that did it. */
  #known = new Map<string, string>();
  /** What is put aside where the act that was not told of happened. */
  #open: ReadonlySet<string> | undefined;
  told = 0;
  untold = 0;

  constructor(name: string, random: () => number) {
    this.#name = name;
    this.#random = random;
  }

  /** Acts until one is not answered. */
  async work(ask: Ask): Promise<void> {
    while (await this.#act(ask)) this.told += 1;
    this.untold += 1;
  }

  /** Compares with all that is put aside, which is what it knows from now on. */
  settle(put_aside: ReadonlyMap<string, string>, context: string): void {
    const mine = new Map([...put_aside].filter(([telephone]) => telephone.startsWith(this.#name)));
    const allowed = [...(this.#open ? [sorted(this.#open)] : []), sorted(this.#known.keys())];
    expect(allowed, context).toContainEqual(sorted(mine.keys()));
    this.#known = mine;
    this.#open = undefined;
  }

  /** @returns whether it was answered */
  async #act(ask: Ask): Promise<boolean> {
    const chosen = this.#some();
    const acts = [...new Set(this.#known.values())];
    const undone = this.#random() < 0.2 ? acts[Math.floor(this.#random() * acts.length)] : undefined;
    if (undone !== undefined) {
      const gone = [...this.#known].filter(([, act]) => act === undone).map(([telephone]) => telephone);
      return this.#restore(ask, { id: undone }, gone);
    }
    if (this.#random() < 0.4) {
      const gone = chosen.filter((telephone) => this.#known.has(telephone));
      return this.#restore(ask, { telephones: chosen }, gone);
    }
    return this.#quarantine(ask, chosen);
  }

  async #quarantine(ask: Ask, telephones: readonly string[]): Promise<boolean> {
    const taken = telephones.filter((telephone) => !this.#known.has(telephone));
    this.#open = new Set([...this.#known.keys(), ...taken]);
    const answer = await ask('POST', '/quarantine', { telephones, reason: this.#name }).catch(
      () => undefined,
    );
    if (answer?.status !== 201) return false;
    expect(answer.json.telephones_taken).toBe(taken.length);
    for (const telephone of taken) this.#known.set(telephone, answer.json.id);
    this.#open = undefined;
    return true;
  }

  async #restore(ask: Ask, body: object, gone: readonly string[]): Promise<boolean> {
    const left = new Map(this.#known);
    for (const telephone of gone) left.delete(telephone);
    this.#open = new Set(left.keys());
    const answer = await ask('POST', '/restore', body).catch(() => undefined);
    if (answer?.status !== 200) return false;
    expect(answer.json.telephones_restored).toBe(gone.length);
    this.#known = left;
    this.#open = undefined;
    return true;
  }

  #some(): string[] {
    const part = this.#random();
    const all = Array.from({ length: TELEPHONES }, (_, at) => `${this.#name}${at}`);
    const chosen = all.filter(() => this.#random() < part);
    return chosen.length > 0 ? chosen : all;
  }
}

const sorted = (telephones: Iterable<string>) => [...telephones].sort();
