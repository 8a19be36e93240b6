import type { Engine } from '../attempts/engine/engine.js';
import { callKey, callTimes } from '../attempts/stored-call-times.js';
import { type GiveTurn, Turns } from '../attempts/turns.js';
import type { Leg } from './leg.js';

/** Legs that are looked at before others get their turn: some milliseconds. */
const LEGS_A_TURN = { items: 1_000, bytes: Number.POSITIVE_INFINITY };
/** Calls whose time is remembered: some 20 MB. What is older has long been in the store. */
const REMEMBERED_MAX = 100_000;

/**
 * One call is one attempt, also where its records give it different times: Twilio's callback knows when a call ended,
 * its list when it began; the two legs of FreeSWITCH begin seconds apart. The first time under which a call was taken
 * in holds. What was taken in but is not in the store yet is remembered here, so that two records that come at the
 * same moment do not make two attempts.
 */
export class CallTimes {
  readonly #engine: Engine;
  readonly #remembered = new Map<string, number>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** The legs, each with its call's time. @throws EngineTimeout, EngineUnavailable */
  async settle(
    operation_id: number,
    campaign_id: number,
    legs: readonly Leg[],
    give_turn: GiveTurn,
  ): Promise<readonly Leg[]> {
    const keyOf = (leg: Leg) => `${operation_id}/${campaign_id}\n${callKey(leg)}`;
    const turns = new Turns(LEGS_A_TURN, give_turn);
    const unknown: Leg[] = [];
    for (const leg of legs) {
      if (turns.isOver(0)) await turns.give();
      if (!isNear(leg, this.#remembered.get(keyOf(leg)))) unknown.push(leg);
    }
    const within_s = Math.max(0, ...new Set(unknown.map((leg) => leg.same_call_within_s ?? 0)));
    const stored =
      unknown.length === 0
        ? undefined
        : await callTimes(this.#engine, operation_id, campaign_id, unknown, within_s, give_turn);
    const settled: Leg[] = [];
    for (const leg of legs) {
      // Another record of the call may come meanwhile: it is remembered then, and nothing waits between a look and its note.
      if (turns.isOver(0)) await turns.give();
      const remembered = this.#remembered.get(keyOf(leg));
      const near = isNear(leg, remembered)
        ? remembered
        : stored?.get(callKey(leg))?.find((dialed_at_s) => isNear(leg, dialed_at_s));
      const dialed_at_s = near ?? leg.dialed_at_s;
      this.#remember(keyOf(leg), dialed_at_s);
      settled.push(dialed_at_s === leg.dialed_at_s ? leg : { ...leg, dialed_at_s });
    }
    return settled;
  }

  #remember(key: string, dialed_at_s: number): void {
    this.#remembered.set(key, dialed_at_s);
    if (this.#remembered.size <= REMEMBERED_MAX) return;
    const [oldest] = this.#remembered.keys();
    if (oldest !== undefined) this.#remembered.delete(oldest);
  }
}

function isNear(leg: Leg, dialed_at_s: number | undefined): boolean {
  return (
    dialed_at_s !== undefined && Math.abs(dialed_at_s - leg.dialed_at_s) <= (leg.same_call_within_s ?? 0)
  );
}
