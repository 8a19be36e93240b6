import type { EventKind } from '@recuento/contract';

export interface EventPage {
  /** Oldest first, as JSON writes them. Empty: there is nothing after the position. */
  readonly events: readonly unknown[];
  /** The position behind the last of these events. Without events it is the one that was asked from, or equals it. */
  readonly next: string;
}

/**
 * Where events of one kind come from: a list for each operation that only grows at its end. So the first events after a position are
 * always the same ones.
 */
export interface EventSource {
  readonly kind: EventKind;
  /**
   * The events after a position.
   *
   * @param since a position that an earlier page ended at; undefined: from where a new follower begins
   * @param limit events at most. An event takes some hundred bytes
   */
  page(operation_id: number, since: string | undefined, limit: number): Promise<EventPage>;
  /**
   * Has `tell` called when an operation may have new events. It may be called too often, and for changes that this process did not
   * see it need not be called at all: webhooks look for more now and then.
   */
  whenChanged(tell: (operation_id: number) => void): void;
}
