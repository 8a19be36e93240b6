import type { AmdResult, MachineCode } from '@recuento/contract';

/**
 * How strong the evidence of a leg is: of the legs of one attempt in one generation of imports, the strongest holds.
 *
 * Outcomes that a person or the dialer's application gave to an answered call come first: a switch's record does not overrule them.
 * Then ANSWERED > BUSY > CONGESTION > FAILED > NO ANSWER: when a call's legs contradict each other, the one that got furthest is
 * right. "Answered" says only that something picked up, so a recognized machine is stronger, and a recognized person stronger still.
 */
export const STRENGTH: Readonly<Record<MachineCode, number>> = {
  unknown: 0,
  no_answer: 1,
  failed: 2,
  congestion: 3,
  busy: 4,
  answer: 5,
  answer_machine: 6,
  abandon: 8,
  recall: 9,
  do_not_call: 10,
};
/** `answer` with the AMD result `human`. */
export const PERSON_RECOGNIZED = 7;

/** Added to every rank of a leg. Attempts of an upload have rank 0. */
export const RANK_BASE = 10 ** 15;
/** A rank is 4 bits of strength, 16 of duration and 32 of a hash: exact as a number, and below 10^16 with its base. */
export const STRENGTH_UNIT = 2 ** 48;
export const DURATION_UNIT = 2 ** 32;
/** Longer calls rank as this one. A duration that is not known ranks below a duration of 0. */
export const DURATION_MAX = 2 ** 16 - 2;

/**
 * A number that is greater the stronger a leg is: by strength, then duration, then a hash of everything after its identity. So of
 * two legs that differ the same one is always the stronger, in whatever order they come. (The start of a leg is no tie-breaker: the store keeps
 * only the call's.)
 */
export function rankOf(
  code: MachineCode,
  amd: AmdResult | '',
  seconds: number | undefined,
  hashed: Hashed,
): number {
  const strength = code === 'answer' && amd === 'human' ? PERSON_RECOGNIZED : STRENGTH[code];
  const duration = seconds === undefined ? 0 : Math.min(seconds, DURATION_MAX) + 1;
  return RANK_BASE + strength * STRENGTH_UNIT + duration * DURATION_UNIT + hashOf(hashed);
}

/** The bytes of a leg's row that follow its identity. */
interface Hashed {
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
}

/** FNV-1a of 32 bits, mixed. */
function hashOf({ bytes, from, to }: Hashed): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return mixed(hash) >>> 0;
}

/** The finalizer of MurmurHash3: every bit of the input reaches every bit of the output. */
export function mixed(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
