import type { Attempt } from '@recuento/contract';
import { dayOf } from './calendar.js';
import { campaignIndex } from './campaigns.js';
import { type FaultKind, Faults } from './faults.js';
import { numberOf } from './ids.js';
import { Lies } from './lies.js';
import { Lines } from './lines.js';
import { indexOf, otherSpelling, telephoneAt } from './numbers.js';
import { checkOptions, type GenerateOptions } from './options.js';
import { NOT_RUNG_SHARE } from './outcomes.js';
import type { TelephoneState } from './telephones.js';
import { type Traits, traitsOf } from './traits.js';
import { TRUNKS } from './trunk-names.js';
import { Trunks } from './trunks.js';

/** What a telephone is at an instant. */
export interface LineTruth {
  readonly state: TelephoneState;
  /** Dead or suspended: whatever a network says of it then, it is no lie. A line that blocks the caller is in service. */
  readonly out_of_service: boolean;
  /** Somebody may pick up: the line is live. */
  readonly reachable: boolean;
  /** Whether the number has been assigned to somebody else since the window began. */
  readonly second_person: boolean;
  /** Who picks up at a live line; undefined where nobody can. */
  readonly person: Traits | undefined;
}

/** What happens to an attempt, whoever is called. */
export interface AttemptTruth {
  /** The trunk that carried it, told or not. */
  readonly trunk: string;
  /** The fault of its trunk or campaign at the instant. In congestion, seven attempts in ten are hit. */
  readonly fault: FaultKind | undefined;
  /** Chance that its trunk or the telephone's network calls it invalid if it rings out; 0 where nobody lies. */
  readonly lies: number;
}

/** The truth of an operation, which no report knows. Rules for purging lists are judged by it. Instants are in seconds. */
export interface Oracle {
  /** The state of a telephone, in any spelling; undefined if it is on no list of the operation. */
  stateAt(telephone: string, instant_s: number): TelephoneState | undefined;
  /** All about a telephone, in any spelling; undefined if it is on no list of the operation. */
  lineAt(telephone: string, instant_s: number): LineTruth | undefined;
  /** All about an attempt that `generate(options)` made; undefined of others. */
  attempt(
    attempt: Pick<Attempt, 'attempt_id' | 'campaign_id' | 'telephone' | 'dialed_at'>,
  ): AttemptTruth | undefined;
  /**
   * Chance that an attempt reaches a person, if no fault hits it and nobody is tired of calls; 0 where nobody can pick up.
   * Undefined if the telephone is on no list.
   */
  reachChance(telephone: string, instant_s: number, campaign_id: number): number | undefined;
  /** Every spelling that the attempts of a telephone use, the usual one first; none if it is on no list. */
  spellingsOf(telephone: string): readonly string[];
  /** Every telephone that is dead at the instant, dialed or not, in every spelling that the attempts use. */
  deadAt(instant_s: number): Generator<string, void, undefined>;
}

/** The oracle of `generate(options)`. @throws RangeError as generate does */
export function oracleOf(options: GenerateOptions): Oracle {
  checkOptions(options);
  const lines = new Lines(options);
  const { telephones } = lines;
  const attemptTruth = attemptTruths(options);
  const known = (telephone: string) => {
    const index = indexOf(telephone);
    return index !== undefined && index < telephones.count ? index : undefined;
  };
  const spellings = (index: number) =>
    telephones.hasTwoSpellings(index) ? [telephoneAt(index), otherSpelling(index)] : [telephoneAt(index)];
  return {
    stateAt(telephone, instant_s) {
      const index = known(telephone);
      return index === undefined ? undefined : telephones.stateAt(index, instant_s);
    },
    lineAt(telephone, instant_s) {
      const index = known(telephone);
      return index === undefined ? undefined : lineTruth(lines, index, instant_s);
    },
    attempt: attemptTruth,
    reachChance(telephone, instant_s, campaign_id) {
      const index = known(telephone);
      if (index === undefined) return undefined;
      if (lines.stateAt(index, instant_s) !== 'live') return 0;
      const bits = lines.bitsAt(index, instant_s);
      return (1 - NOT_RUNG_SHARE) * lines.pickUpAt(bits, instant_s, campaignIndex(campaign_id), 1);
    },
    spellingsOf(telephone) {
      const index = known(telephone);
      return index === undefined ? [] : spellings(index);
    },
    *deadAt(instant_s) {
      for (let index = 0; index < telephones.count; index += 1) {
        if (telephones.stateAt(index, instant_s) === 'dead') yield* spellings(index);
      }
    },
  };
}

function lineTruth(lines: Lines, index: number, instant_s: number): LineTruth {
  const state = lines.stateAt(index, instant_s);
  return {
    state,
    out_of_service: state === 'dead' || state === 'suspended',
    reachable: state === 'live',
    second_person: lines.telephones.isSecondPersonAt(index, instant_s),
    person: state === 'live' ? traitsOf(lines.bitsAt(index, instant_s)) : undefined,
  };
}

function attemptTruths(options: GenerateOptions): Oracle['attempt'] {
  const trunks = new Trunks(options);
  const faults = new Faults(options);
  const lies = new Lies(options);
  return ({ attempt_id, campaign_id, telephone, dialed_at }) => {
    const number = numberOf(attempt_id, options);
    const index = indexOf(telephone);
    if (number === undefined || index === undefined) return undefined;
    const trunk = trunks.of(number);
    return {
      trunk: TRUNKS[trunk]?.name ?? '',
      fault: faults.at(trunk, campaignIndex(campaign_id), dialed_at),
      lies: lies.of(trunk, dayOf(dialed_at), telephoneAt(index))?.share ?? 0,
    };
  };
}
