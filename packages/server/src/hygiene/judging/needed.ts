import { REACHES_PERSON, SAYS_INVALID, SHOWS_LIFE } from '../attempt-kinds.js';
import type { Judgement } from './judgement.js';
import { INVALID_SAID_MIN, RANG_MIN } from './verdict.js';

/** Attempts that are evidence, faults among them. */
const RECENT = 'dialed_at <= toDateTime({as_of:UInt32}) AND dialed_at > toDateTime({evidence_from:UInt32})';

/** Of the verdicts' own conditions, what can be counted as attempts are grouped. */
export const NEEDED: Judgement['needed'] = {
  invalid: `countIf(${RECENT} AND ${SAYS_INVALID}) >= ${INVALID_SAID_MIN}`,
  reaches_people: `countIf(${RECENT} AND ${REACHES_PERSON}) > 0`,
  reaches_machines: `countIf(${RECENT} AND ${SHOWS_LIFE}) > 0`,
  rings_out: `countIf(${RECENT} AND result IN ('no_answer', 'busy')) >= ${RANG_MIN}`,
};
