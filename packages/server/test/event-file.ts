import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Received } from './receiver.js';

/** A service whose events are in a file, so that they survive it. */
export const SERVE_WITH_EVENTS = fileURLToPath(new URL('./serve-with-events.mjs', import.meta.url));

/** Events of operations, numbered from 1, that services in processes of their own deliver. */
export class EventFile {
  readonly #directory: string;
  readonly #counts = new Map<number, number>();

  private constructor(directory: string) {
    this.#directory = directory;
  }

  static async make(): Promise<EventFile> {
    const file = new EventFile(await mkdtemp(join(tmpdir(), 'recuento-events-')));
    await writeFile(file.#path, '');
    return file;
  }

  get #path(): string {
    return join(this.#directory, 'events');
  }

  /** For a service that has these events. */
  get env(): NodeJS.ProcessEnv {
    return { RECUENTO_TEST_EVENTS: this.#path, RECUENTO_WEBHOOKS_MAY_REACH: '127.0.0.1' };
  }

  /** @returns the number of the last event */
  async add(operation_id: number, count: number): Promise<number> {
    const before = this.#counts.get(operation_id) ?? 0;
    const numbers = Array.from({ length: count }, (_, index) => before + index + 1);
    await appendFile(this.#path, numbers.map((n) => `${operation_id} ${JSON.stringify({ n })}\n`).join(''));
    this.#counts.set(operation_id, before + count);
    return before + count;
  }

  async remove(): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true });
  }
}

/** The numbers of events as they came, those of each post together. */
export function postsOf(received: readonly Received[]): readonly (readonly number[])[] {
  return received.map(({ body }) => (body.data as readonly { readonly n: number }[]).map(({ n }) => n));
}

/**
 * What is wrong with posts that were to bring all events up to `last`, in order and each at least once. A post may be repeated, and
 * only right behind itself.
 */
export function faultsOf(received: readonly Received[], last: number): string[] {
  const faults: string[] = [];
  const posts = postsOf(received);
  let reached = 0;
  posts.forEach((numbers, index) => {
    const [first = 0] = numbers;
    const is_repeated = received[index]?.body.id === received[index - 1]?.body.id;
    if (is_repeated && String(posts[index - 1]) !== String(numbers))
      faults.push(`${index} differs under one id`);
    if (!is_repeated && first !== reached + 1) faults.push(`${index} begins with ${first} behind ${reached}`);
    numbers.forEach((number, at) => {
      if (number !== first + at) faults.push(`${index} has ${number} in a wrong place`);
    });
    reached = numbers.at(-1) ?? reached;
  });
  if (reached !== last) faults.push(`ended with ${reached} of ${last}`);
  return faults;
}
