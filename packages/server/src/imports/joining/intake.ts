import { type GiveTurn, Turns } from '../../admission/turns.js';
import type { Leg } from '../reading/leg.js';
import { Joiner, type StoreRows } from './join.js';
import type { Span } from './span.js';
import type { Tally } from './tally.js';
import type { LegOf } from './waiting-rows.js';

/** The destination of legs, and their owner. */
export interface Destination {
  readonly operation_id: number;
  /** 0: not of an import. */
  readonly import_number: number;
  /** The campaign of legs that do not name theirs. Without it, every leg must name one. */
  readonly campaign_id: number | undefined;
  readonly store: StoreRows;
  /** Returns the legs with the times under which their calls are known. @see CallTimes */
  settleTimes(campaign_id: number, legs: readonly Leg[]): Promise<readonly Leg[]>;
}

/** The most legs that wait for the time of their call: one look-up in the store settles all of them. */
const UNSETTLED_MAX = 20_000;
/** Settled legs that are joined before others get their turn: some milliseconds. */
const LEGS_A_TURN = { items: 2_000, bytes: Number.POSITIVE_INFINITY };

/** Takes in legs: settles their campaign and their time, and joins them. */
export class Intake {
  readonly #destination: Destination;
  readonly #give_turn: GiveTurn;
  readonly #joiner: Joiner;
  readonly #span: Span;
  readonly #unsettled = new Map<number, Leg[]>();
  #unsettled_legs = 0;
  /** The owner of the last leg: most legs have the same campaign. */
  #of: LegOf;

  /** @param span records the time and the campaign of each leg */
  constructor(destination: Destination, tally: Tally, span: Span, give_turn: GiveTurn) {
    this.#destination = destination;
    this.#span = span;
    this.#give_turn = give_turn;
    this.#joiner = new Joiner(destination.store, tally, give_turn);
    const { operation_id, import_number } = destination;
    this.#of = { operation_id, import_number, campaign_id: destination.campaign_id ?? 0 };
  }

  add(leg: Leg): void {
    const campaign_id = leg.campaign_id ?? this.#destination.campaign_id;
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

  /** To be awaited regularly: writes when enough is held. @throws what the store throws */
  async relieve(): Promise<void> {
    if (this.#unsettled_legs >= UNSETTLED_MAX) await this.#settle();
    await this.#joiner.relieve();
  }

  /** Writes everything that is held; resolves when it is durable. @throws what the store throws */
  async finish(): Promise<void> {
    await this.#settle();
    await this.#joiner.finish();
  }

  #join(campaign_id: number, leg: Leg): void {
    if (this.#of.campaign_id !== campaign_id) this.#of = { ...this.#of, campaign_id };
    this.#span.add(campaign_id, leg.dialed_at_s);
    this.#joiner.add(this.#of, leg);
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
}
