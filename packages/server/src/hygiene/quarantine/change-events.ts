import type { Engine } from '../../attempts/engine/engine.js';
import type { EventPage, EventSource } from '../webhooks/event-source.js';
import type { Acts } from './acts.js';
import { changeDocument } from './change-document.js';
import { readChanges } from './changes.js';
import { BEFORE_ALL, parsePlace, writePlace } from './event.js';

/** A page is walked in its order: some milliseconds. */
const READ_MAX_MS = 60_000;

interface Parts {
  readonly engine: Engine;
  readonly acts: Acts;
  readonly now_ms: () => number;
}

/** Changes of the quarantine as events for webhooks. A new follower begins with the first one, and so comes to the whole state. */
export class ChangeEvents implements EventSource {
  readonly kind = 'hygiene.changes';
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async page(operation_id: number, since: string | undefined, limit: number): Promise<EventPage> {
    const { engine, acts, now_ms } = this.#parts;
    const after = parsePlace(since ?? '', 'since') ?? BEFORE_ALL;
    const moment = await acts.momentOf(operation_id, now_ms());
    const reading = { max_ms: READ_MAX_MS, signal: new AbortController().signal, admit: () => undefined };
    const changes = await readChanges(engine, moment, after, limit, reading);
    return { events: changes.map(changeDocument), next: writePlace(changes.at(-1) ?? after) };
  }

  whenChanged(tell: (operation_id: number) => void): void {
    this.#parts.acts.whenMade(tell);
  }
}
