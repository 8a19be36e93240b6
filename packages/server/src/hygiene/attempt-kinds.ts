/**
 * What an attempt says of a person and of the line, as SQL over the columns of an attempt that holds.
 *
 * A person is reached when somebody took the call, and nobody heard a machine. A line shows life by anything that answers, and by
 * being busy (docs/glossary.md).
 */
export const REACHES_PERSON = `result IN ('answer', 'abandon', 'recall', 'do_not_call') AND amd != 'machine'`;

export const SHOWS_LIFE = `result IN ('answer', 'abandon', 'recall', 'do_not_call', 'answer_machine', 'busy')`;

/** A machine took the call, or what took it was heard to be one. */
export const HEARS_MACHINE = `(result = 'answer_machine' OR (amd = 'machine' AND ${SHOWS_LIFE}))`;

/** The network said by this attempt that the number does not exist (spelled out in outcomes/outcome-table.ts). */
export const SAYS_INVALID = `evidence = 'number_invalid' AND NOT (${SHOWS_LIFE})`;

/** Of those that say so: the number was changed (SIP 410, Q.850 22), or is malformed (SIP 484, Q.850 28). */
export const SAYS_CHANGED = `${SAYS_INVALID} AND (ifNull(sip, 0) = 410 OR (sip IS NULL AND ifNull(cause, 0) = 22))`;
export const SAYS_MALFORMED = `${SAYS_INVALID} AND (ifNull(sip, 0) = 484 OR (sip IS NULL AND ifNull(cause, 0) = 28))`;

/** A failure that is neither the trunk's nor proof of an invalid number. */
export const SAYS_DOUBTFUL = `result = 'failed' AND evidence IN ('', 'number_doubtful')`;

/** The attempt says something of the trunk alone. */
export const SAYS_TRUNK = `(evidence = 'trunk_at_fault' OR result = 'congestion') AND NOT (${SHOWS_LIFE})`;

const DAY_S = 86_400;

/**
 * How far back attempts are evidence. A number that was given up is kept from new owners for some months at most (in the USA for
 * 45 to 90 days, 47 CFR 52.15(f)(1)(ii)): after twice that, what was heard says little about whoever has it now.
 */
export const EVIDENCE_S = 180 * DAY_S;
