import type { CallClaims, ClaimedCall, ClaimsOf } from '../../accounts/call-claims.js';
import { type GiveTurn, Turns } from '../../admission/turns.js';
import type { Engine } from '../../attempts/engine/engine.js';
import { callKey, callTimes } from '../../attempts/stored-call-times.js';
import type { Leg } from '../reading/leg.js';

/** Legs that are processed before others get their turn: some milliseconds. */
const LEGS_A_TURN = { items: 1_000, bytes: Number.POSITIVE_INFINITY };

/**
 * Gives all records of a call one time, so that the call is one attempt. Records can differ: Twilio's callback knows when
 * a call ended, its list when it began, and the two legs of FreeSWITCH begin seconds apart. The time of the first record
 * that was taken in counts.
 *
 * Before an attempt is written, its call is claimed in the accounts store, which all processes share. So two records that
 * come at the same moment do not make two attempts, whichever processes take them in. The attempt store is searched
 * first: a call that is found there needs no claim, and a call that is not found is new, or claimed and not yet visible.
 * Claims are kept for a day, and only the seconds of one batch lie between the search and the claim. So if the
 * search missed a call, its claim cannot have expired. Older claims may have, but the search finds their calls.
 */
export class CallTimes {
  readonly #engine: Engine;
  readonly #claims: CallClaims;

  constructor(engine: Engine, claims: CallClaims) {
    this.#engine = engine;
    this.#claims = claims;
  }

  /**
   * Returns the legs, each with the time of its call.
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
    /** The indices of the unknown calls' legs. */
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
