import { HEARS_MACHINE, REACHES_PERSON, SAYS_INVALID, SHOWS_LIFE } from '../attempt-kinds.js';
import type { Judgement } from './judgement.js';
import { INVALID_SAID_MIN, RANG_MIN } from './verdict.js';

const KNOWN = 'dialed_at <= toDateTime({as_of:UInt32})';
/** Attempts that are evidence, faults among them. */
const RECENT = `${KNOWN} AND dialed_at > toDateTime({evidence_from:UInt32})`;
const DENIES = `${RECENT} AND ${SAYS_INVALID}`;

/** Of the verdicts' own conditions, what can be counted as attempts are grouped. */
export const NEEDED: Judgement['needed'] = {
  // Said so often enough, and at least once since the line last showed life.
  invalid: `(countIf(${DENIES}) >= ${INVALID_SAID_MIN} AND maxIf(dialed_at, ${DENIES}) > maxIf(dialed_at, ${KNOWN} AND ${SHOWS_LIFE}))`,
  reaches_people: `countIf(${RECENT} AND ${REACHES_PERSON}) > 0`,
  reaches_machines: `countIf(${RECENT} AND ${HEARS_MACHINE}) > 0`,
  rings_out: `countIf(${RECENT} AND result IN ('no_answer', 'busy')) >= ${RANG_MIN}`,
};
