import { indexOf, otherSpelling, telephoneAt } from './numbers.js';
import { checkOptions, type GenerateOptions } from './options.js';
import { type TelephoneState, Telephones } from './telephones.js';

/** The true state of each telephone, which no report knows. Rules for purging lists are judged by it. */
export interface Oracle {
  /** The state of a telephone, in either spelling; undefined if it is on no list of the operation. */
  stateAt(telephone: string, instant_s: number): TelephoneState | undefined;
  /** Every telephone that is dead at the instant, dialed or not, in every spelling that the attempts use. */
  deadAt(instant_s: number): Generator<string, void, undefined>;
}

/** The oracle of `generate(options)`. Instants are seconds since 1970 UTC. @throws RangeError as generate does */
export function oracleOf(options: GenerateOptions): Oracle {
  checkOptions(options);
  const telephones = new Telephones(options);
  return {
    stateAt(telephone, instant_s) {
      const index = indexOf(telephone);
      return index !== undefined && index < telephones.count
        ? telephones.stateAt(index, instant_s)
        : undefined;
    },
    *deadAt(instant_s) {
      for (let index = 0; index < telephones.count; index += 1) {
        if (telephones.stateAt(index, instant_s) !== 'dead') continue;
        yield telephoneAt(index);
        if (telephones.hasTwoSpellings(index)) yield otherSpelling(telephoneAt(index));
      }
    },
  };
}
