import type { EventKind } from '@recuento/contract';
import type { EventPage, EventSource } from '../src/hygiene/webhooks/event-source.js';

/** Events in memory: positions are how many there are before. */
export class EventList implements EventSource {
  readonly kind: EventKind;
  readonly #events = new Map<number, unknown[]>();
  readonly #told: ((operation_id: number) => void)[] = [];
  /** Asked before each page; it may fail, or take its time. */
  beforePage: (operation_id: number) => Promise<void> | void = () => undefined;

  constructor(kind: EventKind) {
    this.kind = kind;
  }

  /** @param silently nobody is told that there are more */
  add(operation_id: number, events: readonly unknown[], silently = false): void {
    this.#events.set(operation_id, [...(this.#events.get(operation_id) ?? []), ...events]);
    if (!silently) for (const tell of this.#told) tell(operation_id);
  }

  async page(operation_id: number, since: string | undefined, limit: number): Promise<EventPage> {
    await this.beforePage(operation_id);
    const from = Number(since ?? 0);
    const events = (this.#events.get(operation_id) ?? []).slice(from, from + limit);
    return { events, next: String(from + events.length) };
  }

  whenChanged(tell: (operation_id: number) => void): void {
    this.#told.push(tell);
  }
}
