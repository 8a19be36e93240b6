/**
 * What an attempt says about the next one, for the probability that a person is reached. The numbers are those that the SQL has.
 * An attempt on which the number did not ring at all because of the trunk is no try: it says nothing about the telephone.
 */
export const KINDS = { none: 0, person: 1, machine: 2, busy: 3, rang: 4, invalid: 5, failed: 6 } as const;

/** The first and last kind that shows that the line lives. */
export const LIVE_KINDS = [KINDS.person, KINDS.busy] as const;

/** Whether an attempt was the trunk's fault, over the columns of what holds. */
export const TRUNK_AT_FAULT = `(result = 'congestion' OR evidence = 'trunk_at_fault')`;

/**
 * The kind of an attempt, over the columns `result`, `amd` and `evidence`.
 *
 * @param held_against_none SQL that is true of attempts that are held against no number
 */
export function kindSql(held_against_none: string): string {
  const is_answer = `result IN ('answer', 'abandon', 'recall', 'do_not_call')`;
  return `multiIf(
    ${is_answer} AND amd != 'machine', ${KINDS.person},
    ${is_answer} OR result = 'answer_machine', ${KINDS.machine},
    result = 'busy', ${KINDS.busy},
    ${held_against_none}, ${KINDS.none},
    evidence = 'number_invalid', ${KINDS.invalid},
    result = 'no_answer', ${KINDS.rang},
    ${KINDS.failed})`;
}
