import { ALARM_DAYS_MAX, LANGUAGES } from '@recuento/contract';
import { LRUCache } from 'lru-cache';
import type { Operation } from '../../accounts/operations.js';
import { instantText } from '../../time/instant-text.js';
import type { EventPage, EventSource } from '../webhooks/event-source.js';
import type { Alarm } from './alarm.js';
import {
  type AlarmChange,
  changesAfter,
  followedBy,
  lackedSince,
  readPosition,
  writePosition,
} from './alarm-changes.js';
import { alarmDocument } from './alarm-document.js';
import { DAY_S } from './counts.js';
import type { KeptWatches } from './kept-watches.js';

/** Who could not be told for longer is told of the last month alone. */
const LONGEST_AGO_S = ALARM_DAYS_MAX * DAY_S;
/** An operation is looked at once in so long at most, whatever number of webhooks it has. */
const LOOK_EVERY_MS = 55_000;
/** And for one part in so many of the time. */
const PART_OF_TIME = 20;
/** Operations whose last look is remembered. */
const REMEMBERED = 2_000;

interface Parts {
  readonly watches: Pick<KeptWatches, 'alarms'>;
  readonly operations: { byId(id: number): Promise<Pick<Operation, 'id' | 'time_zone'>> };
  readonly now_ms: () => number;
}

interface Look {
  readonly since_s: number;
  readonly now_s: number;
  readonly again_at_ms: number;
  readonly time_zone: string;
  readonly alarms: readonly Alarm[];
}

/**
 * Alarms as events for webhooks: each is told when it begins and when it is over. A position says what was told, so it is the same on
 * every node, and after a restart.
 */
export class AlarmEvents implements EventSource {
  readonly kind = 'alarms';
  readonly #parts: Parts;
  readonly #looks = new LRUCache<number, Look>({ max: REMEMBERED });

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * @param since a position that an earlier page ended at; undefined: from a day ago
   * @param limit events at most
   */
  async page(operation_id: number, since: string | undefined, limit: number): Promise<EventPage> {
    const now_s = Math.floor(this.#parts.now_ms() / 1_000);
    const followed = readPosition(since, now_s);
    const look = await this.#look(
      operation_id,
      Math.max(lackedSince(followed), now_s - LONGEST_AGO_S),
      now_s,
    );
    const changes = changesAfter(followed, look.alarms).slice(0, limit);
    if (changes.length === 0 && since !== undefined) return { events: [], next: since };
    return {
      events: changes.map((change) => eventOf(change, look)),
      next: writePosition(followedBy(followed, changes)),
    };
  }

  /** Never calls `tell`: silence is no change that anybody could tell of, and webhooks look by themselves every minute. */
  whenChanged(_tell: (operation_id: number) => void): void {}

  async #look(operation_id: number, since_s: number, now_s: number): Promise<Look> {
    const last = this.#looks.get(operation_id);
    const asked_ms = this.#parts.now_ms();
    if (last && last.since_s <= since_s && last.now_s <= now_s && asked_ms < last.again_at_ms) return last;
    const begun_ms = performance.now();
    const operation = await this.#parts.operations.byId(operation_id);
    const alarms = await this.#parts.watches.alarms(operation, since_s, now_s);
    const took_ms = performance.now() - begun_ms;
    const again_at_ms = asked_ms + Math.max(LOOK_EVERY_MS, PART_OF_TIME * took_ms);
    const look = { since_s, now_s, again_at_ms, time_zone: operation.time_zone, alarms };
    this.#looks.set(operation_id, look);
    return look;
  }
}

/** As webhooks send it: the text in all languages, as nobody says which he reads. */
function eventOf({ change, at_s, id, alarm }: AlarmChange, { now_s, time_zone }: Look) {
  const documents =
    alarm && LANGUAGES.map((language) => alarmDocument(alarm, now_s, { language, time_zone }));
  const [document] = documents ?? [];
  const texts = LANGUAGES.map((language, index) => [language, documents?.[index]?.text]);
  return {
    change,
    at: instantText(at_s),
    id,
    alarm: document ? { ...document, text: Object.fromEntries(texts) } : null,
  };
}
