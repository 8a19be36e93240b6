import type { Alarm, Place } from './alarm.js';
import { type Counts, DAY_S, MINUTE_S } from './counts.js';
import { type KindOfShare, SHARES, type UsualShare, type Weights, weightsOf } from './kinds.js';
import { type Width, widthOf } from './places.js';

/** What speaks for an alarm that was told counts up to so much above what told it: so one that lasted long is over as soon as a short one. */
const EVIDENCE_ABOVE = 6;
/** More evidence that it takes at places of which there are many: chance comes to one of them more often. */
const MORE_EVIDENCE: Readonly<Record<Width, number>> = { operation: 0, campaign: 2, trunk: 2, both: 5 };
/** Fewer attempts that are meant prove nothing. */
const LEAST_HITS = 5;
/** Faults that are not proved by then are over: most operations sleep at night. */
const PAUSE_S = 6 * 3_600;
/** What lasts longer is what is usual now. It is told once, and again only after it was over. */
const LONGEST_S = 7 * DAY_S;

/** An alarm where nothing was dialed for so long is over: the trunk, or the campaign, is used no more. */
const FORGOTTEN_S = DAY_S;

/** What was counted since the evidence was last nothing. */
interface Since {
  readonly start_s: number;
  /** The minute of the last evidence for it, and what was counted up to then. */
  readonly height_s: number;
  readonly of: number;
  readonly hits: number;
  /** The sum of what is usual, of each attempt. */
  readonly usual: number;
}

interface State {
  readonly sum: number;
  readonly height: number;
  readonly now: Since;
  readonly at_height: Since;
  /** Set while the alarm goes on. */
  readonly told_s: number | undefined;
  /** It was told, and lasted too long to be told on. */
  readonly is_muted: boolean;
}

const NOTHING: Since = { start_s: 0, height_s: 0, of: 0, hits: 0, usual: 0 };
const AT_REST: State = {
  sum: 0,
  height: 0,
  now: NOTHING,
  at_height: NOTHING,
  told_s: undefined,
  is_muted: false,
};

/**
 * Watches one share at one place, minute by minute: the cumulative sum of the evidence that it has changed (Page 1954, "Continuous
 * inspection schemes"), whose last zero is the beginning. It looks only back: what it has told, no later minute changes.
 */
export class ShareWatch {
  readonly kind: KindOfShare;
  readonly place: Place;
  /** The place's name. */
  readonly name: string;
  /** The hour for which it is known what is usual. */
  expected_s = -1;
  #usual: UsualShare | undefined;
  #weights: Weights | undefined;
  #last_s = 0;
  #of = 0;
  #hits = 0;
  #alive = 0;
  #state = AT_REST;

  constructor(kind: KindOfShare, place: Place, name: string) {
    this.kind = kind;
    this.place = place;
    this.name = name;
  }

  clone(): ShareWatch {
    const copy = new ShareWatch(this.kind, this.place, this.name);
    copy.expected_s = this.expected_s;
    copy.#usual = this.#usual;
    copy.#weights = this.#weights;
    copy.#last_s = this.#last_s;
    copy.#state = this.#state;
    return copy;
  }

  get #least(): number {
    return SHARES[this.kind].least_evidence + MORE_EVIDENCE[widthOf(this.place)];
  }

  get #most(): number {
    return this.#least + EVIDENCE_ABOVE;
  }

  get is_open(): boolean {
    return this.#state.told_s !== undefined;
  }

  /** The evidence, where it is enough for an alarm that is not told yet; else 0. */
  get evidence(): number {
    const { sum, at_height, told_s, is_muted } = this.#state;
    if (told_s !== undefined || is_muted || sum < this.#least) return 0;
    return meantAmong(this.kind, at_height) >= LEAST_HITS ? sum : 0;
  }

  /** In this hour so much is usual; undefined: too little is known to watch. */
  expect(hour_s: number, usual: UsualShare | undefined): void {
    this.expected_s = hour_s;
    this.#usual = usual;
    this.#weights = usual && weightsOf(this.kind, usual);
  }

  /** Counts attempts of the minute that is going on. */
  count(counts: Counts): void {
    const { of, hits } = SHARES[this.kind];
    this.#of += of(counts);
    this.#hits += hits(counts);
    this.#alive += counts.alive;
  }

  /** Ends a minute in which attempts were counted. @returns an alarm that is over by it */
  end(minute_s: number): Alarm | undefined {
    const [of, hits, alive] = [this.#of, this.#hits, this.#alive];
    this.#of = 0;
    this.#hits = 0;
    this.#alive = 0;
    if (!this.#weights || !this.#usual || of === 0) return undefined;
    const { is_fault } = SHARES[this.kind];
    if (is_fault && !this.is_open && minute_s - this.#last_s > PAUSE_S) this.forget();
    this.#last_s = minute_s;
    const { hit, alive: life, other } = this.#weights;
    const evidence = hits * hit + alive * life + (of - hits - alive) * other;
    const before = this.#state;
    if (before.sum === 0 && evidence <= 0) return undefined;
    const since = before.sum === 0 ? { ...NOTHING, start_s: minute_s } : before.now;
    const now: Since = {
      ...since,
      height_s: minute_s,
      of: since.of + of,
      hits: since.hits + hits,
      usual: since.usual + of * this.#usual.share,
    };
    const is_known = before.told_s !== undefined || before.is_muted;
    const sum = Math.min(is_known ? this.#most : Number.POSITIVE_INFINITY, before.sum + evidence);
    const is_height = evidence > 0 && (before.sum === 0 || sum >= before.height);
    const height = is_height ? sum : before.height;
    this.#state = { ...before, sum, height, now, at_height: is_height ? now : before.at_height };
    return this.#endIfOver(minute_s + MINUTE_S);
  }

  /** The alarm is told from now on. */
  tell(told_s: number): void {
    const { sum, height } = this.#state;
    const known = { sum: Math.min(sum, this.#most), height: Math.min(height, this.#most) };
    this.#state = { ...this.#state, ...known, told_s };
  }

  /** Ends an alarm at a place where nothing was dialed for a day. */
  expire(now_s: number): Alarm | undefined {
    const over_s = this.#last_s + FORGOTTEN_S;
    if (!this.is_open || over_s > now_s) return undefined;
    const over = this.#alarm(over_s);
    this.#state = AT_REST;
    return over;
  }

  /** What was no alarm yet is none: another one explains it. */
  forget(): void {
    if (!this.is_open && !this.#state.is_muted) this.#state = AT_REST;
  }

  /** The alarm that goes on, as it is known now. */
  alarm(): Alarm | undefined {
    return this.#alarm(null);
  }

  #endIfOver(until_s: number): Alarm | undefined {
    const { sum, height, now, told_s, is_muted } = this.#state;
    if (told_s !== undefined && until_s - now.start_s >= LONGEST_S) {
      const over = this.#alarm(until_s);
      this.#state = { ...this.#state, told_s: undefined, is_muted: true };
      return over;
    }
    const is_over =
      sum <= 0 || ((told_s !== undefined || is_muted) && height - sum > SHARES[this.kind].over_at);
    if (!is_over) return undefined;
    const over = this.#alarm(until_s);
    this.#state = AT_REST;
    return over;
  }

  #alarm(over_s: number | null): Alarm | undefined {
    const { told_s, at_height } = this.#state;
    if (told_s === undefined) return undefined;
    const { start_s, height_s, of, hits, usual } = at_height;
    return {
      kind: this.kind,
      ...this.place,
      start_s,
      told_s,
      end_s: over_s === null ? null : height_s + MINUTE_S,
      over_s,
      usual: rounded(usual / of),
      seen: rounded(hits / of),
      attempts: of,
    };
  }
}

/** What there must be some of: what the share is of, where few of them are the alarm. */
function meantAmong(kind: KindOfShare, { of, hits }: Since): number {
  return kind === 'answers_halved' ? of : hits;
}

function rounded(share: number): number {
  return Math.round(share * 10_000) / 10_000;
}
