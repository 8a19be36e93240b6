import type { ImportDocument } from '@recuento/contract';
import { sendFile } from './send-file.js';

/** What becomes of a chosen file. */
export type FileState =
  /** Somebody looks at its first rows. */
  | { readonly kind: 'chosen' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'sending'; readonly sent_bytes: number }
  | { readonly kind: 'imported'; readonly document: ImportDocument }
  | { readonly kind: 'failed'; readonly error: Error }
  | { readonly kind: 'stopped' };

export interface QueuedFile {
  readonly id: number;
  readonly file: File;
  readonly state: FileState;
}

/** How a file is imported: the address of the call, and what to do when it is over. */
export interface Order {
  readonly address: string;
  readonly onEnd: () => void;
}

/** Files in the queue. Each is a handle, not its bytes; more are no list that a person looks through. */
export const FILES_MAX = 100;

type Send = typeof sendFile;

/**
 * The files that somebody chose, which are sent one after another: an operation has one place for imports that is sure. The queue
 * outlives the screen, so that one can look at other screens meanwhile.
 */
export class FileQueue {
  readonly #send: Send;
  #files: readonly QueuedFile[] = [];
  #last_id = 0;
  readonly #orders = new Map<number, Order>();
  readonly #stops = new Map<number, AbortController>();
  readonly #listeners = new Set<() => void>();

  constructor(send: Send = sendFile) {
    this.#send = send;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The same list as long as nothing changes. */
  readonly files = (): readonly QueuedFile[] => this.#files;

  get isSending(): boolean {
    return this.#files.some(({ state }) => state.kind === 'sending' || state.kind === 'waiting');
  }

  /** @returns how many of them found no room */
  add(chosen: readonly File[]): number {
    const taken = chosen.slice(0, Math.max(FILES_MAX - this.#files.length, 0));
    const added = taken.map((file): QueuedFile => {
      this.#last_id += 1;
      return { id: this.#last_id, file, state: { kind: 'chosen' } };
    });
    if (added.length > 0) this.#show([...this.#files, ...added]);
    return chosen.length - taken.length;
  }

  /** Imports a file when it is its turn; again, where it was imported before. */
  order(id: number, order: Order): void {
    this.#orders.set(id, order);
    this.#become(id, { kind: 'waiting' });
    this.#next();
  }

  /** The same again, as it was ordered. */
  orderAgain(id: number): void {
    const order = this.#orders.get(id);
    if (order) this.order(id, order);
  }

  /** Its first rows are looked at again. */
  lookAgain(id: number): void {
    this.#become(id, { kind: 'chosen' });
  }

  /** Stops sending. What the service has stored by then stays stored. */
  stop(id: number): void {
    const stop = this.#stops.get(id);
    if (stop) stop.abort();
    else this.#become(id, { kind: 'stopped' });
  }

  /** Takes a file out of the list. */
  remove(id: number): void {
    this.#stops.get(id)?.abort();
    this.#orders.delete(id);
    this.#show(this.#files.filter((file) => file.id !== id));
  }

  #next(): void {
    if (this.#stops.size > 0) return;
    const next = this.#files.find(({ state }) => state.kind === 'waiting');
    const order = next && this.#orders.get(next.id);
    if (!next || !order) return;
    const stop = new AbortController();
    this.#stops.set(next.id, stop);
    this.#become(next.id, { kind: 'sending', sent_bytes: 0 });
    const onSent = (sent_bytes: number) => this.#become(next.id, { kind: 'sending', sent_bytes });
    const end = (state: FileState) => {
      this.#stops.delete(next.id);
      this.#become(next.id, state);
      order.onEnd();
      this.#next();
    };
    this.#send(order.address, next.file, { signal: stop.signal, onSent }).then(
      (document) => end({ kind: 'imported', document }),
      (error: unknown) =>
        end(stop.signal.aborted ? { kind: 'stopped' } : { kind: 'failed', error: asError(error) }),
    );
  }

  #become(id: number, state: FileState): void {
    if (!this.#files.some((file) => file.id === id)) return;
    this.#show(this.#files.map((file) => (file.id === id ? { ...file, state } : file)));
  }

  #show(files: readonly QueuedFile[]): void {
    this.#files = files;
    for (const listener of this.#listeners) listener();
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
