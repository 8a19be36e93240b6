import type { CallClaims, ClaimedCall, ClaimsOf } from '../../accounts/call-claims.js';
import { type GiveTurn, Turns } from '../../admission/turns.js';
import type { Engine } from '../../attempts/engine/engine.js';
import { callKey, callTimes } from '../../attempts/stored-call-times.js';
import type { Leg } from '../reading/leg.js';

/** Legs that are looked at before others get their turn: some milliseconds. */
const LEGS_A_TURN = { items: 1_000, bytes: Number.POSITIVE_INFINITY };

/**
 * One call is one attempt, also where its records give it different times: Twilio's callback knows when a call ended,
 * its list when it began; the two legs of FreeSWITCH begin seconds apart. The first time under which a call was taken
 * in holds.
 *
 * What was taken in is claimed in the accounts store, which all processes share, before it is written: so two records that
 * come at the same moment do not make two attempts, whoever takes them in. The store is looked into first. What is found
 * there needs no claim, and what is not found was either never taken in, or is claimed: claims are kept for a day, and
 * between the look and the claim are the seconds of one batch. So none that was in the way is gone by then, and old ones may be.
 */
export class CallTimes {
  readonly #engine: Engine;
  readonly #claims: CallClaims;

  constructor(engine: Engine, claims: CallClaims) {
    this.#engine = engine;
    this.#claims = claims;
  }

  /**
   * The legs, each with its call's time.
   *
   * @throws EngineTimeout, EngineUnavailable, AccountsUnavailable
   */
  async settle(of: ClaimsOf, legs: readonly Leg[], give_turn: GiveTurn): Promise<readonly Leg[]> {
    const { operation_id, campaign_id } = of;
    const within_s = Math.max(0, ...new Set(legs.map((leg) => leg.same_call_within_s ?? 0)));
    const stored = await callTimes(this.#engine, operation_id, campaign_id, legs, within_s, give_turn);
    const turns = new Turns(LEGS_A_TURN, give_turn);
    const settled: Leg[] = [];
    const unknown: ClaimedCall[] = [];
    /** Where those are among the legs. */
    const places: number[] = [];
    for (const leg of legs) {
      if (turns.isOver(0)) await turns.give();
      const key = callKey(leg);
      const { dialed_at_s, same_call_within_s = 0 } = leg;
      const near = stored.get(key)?.find((time_s) => Math.abs(time_s - dialed_at_s) <= same_call_within_s);
      if (near === undefined && same_call_within_s > 0) {
        places.push(settled.length);
        unknown.push({ key, dialed_at_s, within_s: same_call_within_s });
      }
      settled.push(at(leg, near ?? dialed_at_s));
    }
    const claimed_s = await this.#claims.claim(of, unknown, give_turn);
    for (const [index, place] of places.entries()) {
      if (turns.isOver(0)) await turns.give();
      const [leg, time_s] = [settled[place], claimed_s[index]];
      if (leg && time_s !== undefined) settled[place] = at(leg, time_s);
    }
    return settled;
  }
}

function at(leg: Leg, dialed_at_s: number): Leg {
  return dialed_at_s === leg.dialed_at_s ? leg : { ...leg, dialed_at_s };
}
