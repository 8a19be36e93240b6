import type { MachineCode } from '@recuento/contract';

/**
 * ANSWERED > BUSY > CONGESTION > FAILED > NO ANSWER (one call's legs contradict each other, and the one that got
 * furthest is right). A machine that was recognized is more than "answered", which only says that something picked
 * up; a person that was recognized is more still. What came of an answered call, as another source told it, is not
 * overruled by a switch's record.
 */
const STRENGTH: ReadonlyMap<string, number> = new Map<MachineCode, number>([
  ['unknown', 0],
  ['no_answer', 1],
  ['failed', 2],
  ['congestion', 3],
  ['busy', 4],
  ['answer', 5],
  ['answer_machine', 6],
  ['abandon', 8],
  ['recall', 9],
  ['do_not_call', 10],
]);
const PERSON_RECOGNIZED = 7;

/**
 * Above 0 when `a` is the stronger evidence of one attempt, below 0 when `b` is, 0 when they say the same. Both are
 * what a row holds behind its identity: result, amd, duration_seconds and the rest, with tabs between.
 *
 * A total order on what the store keeps, so that taking the strongest is commutative, associative and idempotent, in
 * memory and against the store alike. (The start of a leg is no tie-breaker: the store keeps the call's alone.)
 */
export function compareTold(a: string, b: string): number {
  if (a === b) return 0;
  const [code_a = '', amd_a, seconds_a] = a.split('\t', 3);
  const [code_b = '', amd_b, seconds_b] = b.split('\t', 3);
  return (
    strengthOf(code_a, amd_a) - strengthOf(code_b, amd_b) ||
    secondsOf(seconds_a) - secondsOf(seconds_b) ||
    (a < b ? -1 : 1)
  );
}

function strengthOf(code: string, amd: string | undefined): number {
  return code === 'answer' && amd === 'human' ? PERSON_RECOGNIZED : (STRENGTH.get(code) ?? 0);
}

/** Not told (NULL) is less than none. */
function secondsOf(text: string | undefined): number {
  const seconds = Number(text);
  return Number.isNaN(seconds) ? -1 : seconds;
}
