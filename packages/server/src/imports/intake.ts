import { type GiveTurn, Turns } from '../attempts/turns.js';
import { type AttemptSink, Joiner } from './join.js';
import type { Leg } from './leg.js';
import type { Tally } from './tally.js';

/** Where an import's legs go. */
export interface Destination {
  sinkOf(campaign_id: number): AttemptSink;
  /** The legs under the times that their calls have already. @see CallTimes */
  settleTimes(campaign_id: number, legs: readonly Leg[]): Promise<readonly Leg[]>;
}

/** Legs that wait for their call's time at most: one look-up of the store settles them all. */
const UNSETTLED_MAX = 20_000;
/** Settled legs that are joined before others get their turn: some milliseconds. */
const LEGS_A_TURN = { items: 2_000, bytes: Number.POSITIVE_INFINITY };
/** Legs given to the joiners of several campaigns before all of them write: each may hold as many as one alone. */
const SHARED_MAX = 100_000;

/** Takes legs in: settles their campaign and their time, and joins them, campaign by campaign. */
export class Intake {
  readonly #campaign_id: number | undefined;
  readonly #tally: Tally;
  readonly #destination: Destination;
  readonly #give_turn: GiveTurn;
  readonly #joiners = new Map<number, Joiner>();
  readonly #unsettled = new Map<number, Leg[]>();
  #unsettled_legs = 0;
  #joined_legs = 0;

  /** Without a campaign every leg must name its own. */
  constructor(campaign_id: number | undefined, tally: Tally, destination: Destination, give_turn: GiveTurn) {
    this.#campaign_id = campaign_id;
    this.#tally = tally;
    this.#destination = destination;
    this.#give_turn = give_turn;
  }

  add(leg: Leg): void {
    const campaign_id = leg.campaign_id ?? this.#campaign_id;
    if (campaign_id === undefined) throw new Error('a leg without a campaign');
    if (leg.same_call_within_s === undefined) {
      this.#join(campaign_id, leg);
      return;
    }
    const legs = this.#unsettled.get(campaign_id);
    if (legs) legs.push(leg);
    else this.#unsettled.set(campaign_id, [leg]);
    this.#unsettled_legs += 1;
  }

  /** To be awaited now and then: writes when enough is held. @throws what the store throws */
  async relieve(): Promise<void> {
    if (this.#unsettled_legs >= UNSETTLED_MAX) await this.#settle();
    if (this.#joiners.size > 1 && this.#joined_legs >= SHARED_MAX) await this.#finishJoiners();
    else for (const joiner of this.#joiners.values()) await joiner.relieve();
  }

  /** Writes all that is held; resolves when it is durable. @throws what the store throws */
  async finish(): Promise<void> {
    await this.#settle();
    await this.#finishJoiners();
  }

  #join(campaign_id: number, leg: Leg): void {
    let joiner = this.#joiners.get(campaign_id);
    if (joiner === undefined) {
      joiner = new Joiner(this.#destination.sinkOf(campaign_id), this.#tally, this.#give_turn);
      this.#joiners.set(campaign_id, joiner);
    }
    joiner.add(leg);
    this.#joined_legs += 1;
  }

  async #settle(): Promise<void> {
    const turns = new Turns(LEGS_A_TURN, this.#give_turn);
    for (const [campaign_id, legs] of this.#unsettled) {
      for (const leg of await this.#destination.settleTimes(campaign_id, legs)) {
        if (turns.isOver(0)) await turns.give();
        this.#join(campaign_id, leg);
      }
    }
    this.#unsettled.clear();
    this.#unsettled_legs = 0;
  }

  async #finishJoiners(): Promise<void> {
    for (const joiner of this.#joiners.values()) await joiner.finish();
    if (this.#joiners.size > 1) this.#joiners.clear();
    this.#joined_legs = 0;
  }
}
