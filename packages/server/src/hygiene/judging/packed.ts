import type { MachineCode } from '@recuento/contract';
import { CODE_NUMBERS } from '../../attempts/row-layout.js';
import {
  HEARS_MACHINE,
  REACHES_PERSON,
  SAYS_CHANGED,
  SAYS_DOUBTFUL,
  SAYS_INVALID,
  SAYS_MALFORMED,
  SAYS_TRUNK,
  SHOWS_LIFE,
} from '../attempt-kinds.js';
import { KINDS } from '../chance/attempt-kind.js';
import type { History } from '../chance/chance.js';
import { CAMPAIGN_PLACE } from '../chance/history.js';
import type { FaultSql } from '../faults/fault-sql.js';

/**
 * An attempt as one number of 64 bits: its second in the upper half, so that numbers in order are attempts in order, then the number
 * of its source, and what it says. A telephone's attempts are one list of such numbers, which the engine groups and walks several
 * times as fast as it counts each thing by itself.
 */
const SECOND_AT = 32;
const SOURCE_AT = 16;

/**
 * Sources of which nothing was learned have numbers of their hash, so that two of them are told apart: they are trunks that are
 * new since the last full hour, or dialed less than the two thousand that are known.
 */
const OTHER_SOURCES_FROM = 2 ** 15;

/** What an attempt says, by bit. The lowest four are the number of its machine code, as the schema has it. */
const BITS = {
  alive: 4,
  person: 5,
  machine: 6,
  invalid: 7,
  doubtful: 8,
  /** It says something of its trunk alone, or was in a fault; and the line showed no life. */
  excluded: 9,
  in_fault: 10,
  trunk_told: 11,
  changed: 12,
  malformed: 13,
  /** What kept it from ringing was the trunk's. */
  says_trunk: 14,
} as const;

/** The attempt as such a number: SQL over the columns of an attempt. */
export function packedSql({ in_fault }: FaultSql): string {
  const other = (name: string) =>
    `toUInt64(${OTHER_SOURCES_FROM} + cityHash64(${name}) % ${OTHER_SOURCES_FROM})`;
  // By the columns of trunk and campaign, each function over one of them alone: the engine computes what it asks of a trunk once for
  // each trunk. A name put together of both would be made anew for each attempt.
  const numbered = (name: 'trunk' | 'campaign', column: string, type: string) =>
    `if((transform(${column}, {source_${name}s:Array(${type})}, {source_${name}_numbers:Array(UInt64)}, toUInt64(0)) AS a_${name}) = 0, ${other(column)}, a_${name})`;
  const source = `if(trunk = '', ${numbered('campaign', 'campaign_id', 'UInt32')}, ${numbered('trunk', 'trunk', 'String')})`;
  // What comes up again is named where it comes first, so that the engine reads it once.
  const flags: Readonly<Record<keyof typeof BITS, string>> = {
    alive: `(${SHOWS_LIFE}) AS a_alive`,
    person: REACHES_PERSON,
    machine: HEARS_MACHINE,
    invalid: SAYS_INVALID,
    doubtful: SAYS_DOUBTFUL,
    in_fault: `(NOT a_alive AND ${in_fault}) AS a_in_fault`,
    says_trunk: `(${SAYS_TRUNK}) AS a_says_trunk`,
    excluded: 'a_in_fault OR a_says_trunk',
    trunk_told: `trunk != ''`,
    changed: SAYS_CHANGED,
    malformed: SAYS_MALFORMED,
  };
  const said = Object.entries(flags).map(
    ([name, sql]) => `toUInt64(${sql}) * ${2 ** BITS[name as keyof typeof BITS]}`,
  );
  return `(toUInt64(dialed_at) * ${2 ** SECOND_AT} + toUInt64(${source}) * ${2 ** SOURCE_AT} + toUInt64(toUInt8(result)) + ${said.join(' + ')})`;
}

/** SQL of what such a number says; `one` is its name. */
export const is = (bit: keyof typeof BITS, one = 'one'): string => `bitTest(${one}, ${BITS[bit]})`;
export const hasCode = (code: MachineCode, one = 'one'): string =>
  `bitAnd(${one}, 15) = ${CODE_NUMBERS[code]}`;
export const secondOf = (one = 'one'): string => `bitShiftRight(${one}, ${SECOND_AT})`;
/** A number by which sources are told apart. */
export const sourceOf = (one = 'one'): string => `bitAnd(bitShiftRight(${one}, ${SOURCE_AT}), 65535)`;
/** The number of a source of which something was learned, from 1; 0 for others. */
export const knownSourceOf = (one = 'one'): string =>
  `if(bitTest(${one}, ${SOURCE_AT + 15}), 0, bitAnd(bitShiftRight(${one}, ${SOURCE_AT}), 32767))`;
/** The least number of a second. */
export const fromSecond = (second: string): string => `(toUInt64(${second}) * ${2 ** SECOND_AT})`;
/** The local day of an attempt. */
export const dayOf = (one = 'one'): string =>
  `toDate(toDateTime(${secondOf(one)}, 'UTC'), {time_zone:String})`;

/** The kind of an attempt as chances have it (`kindSql`), from such a number. */
const KIND = `multiIf(${is('person')}, ${KINDS.person}, ${hasCode('busy')}, ${KINDS.busy}, ${is('machine')}, ${KINDS.machine},
  ${is('says_trunk')}, ${KINDS.none}, ${is('invalid')}, ${KINDS.invalid}, ${hasCode('no_answer')}, ${KINDS.rang}, ${KINDS.failed})`;

/** What chances are told of, from the attempts in order, packed: `j_all`, which is in the layer before. */
export const PACKED_HISTORY: History = {
  aggregates: [
    `maxIf(toUInt64(dialed_at) * ${2 ** 16} + toUInt64(${CAMPAIGN_PLACE}), dialed_at <= toDateTime({as_of:UInt32})) AS j_last_campaign`,
  ],
  layers: [
    [
      `arrayMap(one -> toUInt8(${KIND}), j_all) AS c_kinds`,
      `arrayMap(one -> toUInt32(${secondOf()}), j_all) AS c_times`,
    ],
  ],
  last_campaign: `toUInt16(bitAnd(j_last_campaign, ${2 ** 16 - 1}))`,
};
