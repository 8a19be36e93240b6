import { RowIdentity } from '../../attempts/row-identity.js';
import { callKey } from '../../attempts/stored-call-times.js';
import type { Leg } from '../reading/leg.js';
import type { Tally } from './tally.js';
import { WaitingRows } from './waiting-rows.js';

/** An attempt, and the line of the leg that holds for it. */
export interface JoinedLeg {
  readonly line: number;
  readonly leg: Leg;
}

/**
 * Joins legs to attempts as an import does, by the same rows and ranks, and stores nothing. The legs of a call that stand at different
 * times are joined among themselves; an import also finds those that are stored already.
 *
 * Only the first attempts stay objects; the others are rows of bytes.
 */
export class JoinedLegs {
  readonly #tally: Tally;
  readonly #kept_max: number;
  readonly #rows = new WaitingRows();
  readonly #identity = new RowIdentity();
  /** Times of calls by campaign and call, where records may give a call different times. */
  readonly #times = new Map<string, number[]>();
  /** By entry of the rows. */
  readonly #kept = new Map<number, JoinedLeg>();

  /** @param kept_max how many attempts are kept to be shown */
  constructor(tally: Tally, kept_max: number) {
    this.#tally = tally;
    this.#kept_max = kept_max;
  }

  /** @param line the number of the leg's line, from 1 */
  add(read: Leg, line: number): void {
    const rows = this.#rows;
    const leg = this.#atFirstTime(read);
    rows.draft({ operation_id: 0, campaign_id: leg.campaign_id ?? 0, import_number: 0 }, leg, this.#identity);
    const known = rows.find(this.#identity, rows.raw);
    if (known < 0) {
      if (this.#kept.size < this.#kept_max) this.#kept.set(rows.entries, { line, leg });
      rows.keepDraft(this.#identity, leg.code);
      return;
    }
    this.#tally.joined += 1;
    const row = rows.takeDraft();
    this.#identity.read(row, 0);
    const entry = rows.entries;
    rows.join(known, this.#identity, row, leg.code);
    // The stronger leg is a new entry. It is shown in the place of the other.
    if (rows.entries === entry || !this.#kept.delete(known)) return;
    this.#kept.set(entry, { line, leg });
  }

  /** The first attempts, by their lines. The others are counted, with how they ended. */
  finish(): readonly JoinedLeg[] {
    this.#rows.forEach(0, this.#rows.entries, (_, code) => this.#tally.ended(code));
    this.#tally.stored = this.#rows.size;
    return [...this.#kept.values()].sort((a, b) => a.line - b.line);
  }

  /** As `CallClaims.claim` has it: the earliest time near the leg's own, else that one. */
  #atFirstTime(leg: Leg): Leg {
    const { same_call_within_s, dialed_at_s } = leg;
    if (same_call_within_s === undefined) return leg;
    const key = `${leg.campaign_id ?? ''}\n${callKey(leg)}`;
    const times = this.#times.get(key) ?? [];
    const near = times.filter((time_s) => Math.abs(time_s - dialed_at_s) <= same_call_within_s);
    if (near.length > 0) return { ...leg, dialed_at_s: Math.min(...near) };
    this.#times.set(key, [...times, dialed_at_s]);
    return leg;
  }
}
