import type { Attempt } from '@recuento/contract';
import { type GenerateOptions, generate, oracleOf } from '@recuento/generator';

const PEOPLE = new Set(['answer', 'abandon', 'recall', 'do_not_call']);
const LIVELY = new Set([...PEOPLE, 'answer_machine', 'busy']);
const INVALID_SIP = new Set([404, 410, 484, 604]);
const BOGOTA_OFFSET_S = -5 * 3_600;

/** What is true of a telephone of a generated operation. */
export interface Truth {
  /** Whether it is dead at the end, and its evidence would prove that to somebody who knows which trunks lie. */
  readonly provable: boolean;
  readonly attempts: number;
  readonly person: boolean;
  readonly machine: boolean;
}

/** @returns the truth by telephone, and whether a line was out of service at an instant */
export function truthOf(options: GenerateOptions) {
  const oracle = oracleOf(options);
  const seen = new Map<string, Attempt[]>();
  const ids = new Set<string>();
  for (const batch of generate(options)) {
    for (const attempt of batch) {
      if (ids.has(attempt.attempt_id)) continue;
      ids.add(attempt.attempt_id);
      const list = seen.get(attempt.telephone);
      if (list) list.push(attempt);
      else seen.set(attempt.telephone, [attempt]);
    }
  }
  const truths = new Map<string, Truth>();
  for (const [telephone, attempts] of seen) {
    attempts.sort((a, b) => a.dialed_at - b.dialed_at);
    const person = attempts.some(({ result, amd }) => PEOPLE.has(result) && amd !== 'machine');
    const machine = attempts.some(({ result, amd }) => result === 'answer_machine' || amd === 'machine');
    const last_life = attempts.findLastIndex(({ result }) => LIVELY.has(result));
    const pieces = attempts.slice(last_life + 1).filter((attempt) => {
      if (attempt.result !== 'failed' || !INVALID_SIP.has(attempt.sip ?? 0)) return false;
      const truth = oracle.attempt(attempt);
      return truth?.fault === undefined && truth?.lies === 0;
    });
    const days = new Set(pieces.map(({ dialed_at }) => Math.floor((dialed_at + BOGOTA_OFFSET_S) / 86_400)));
    const trunks = new Set(pieces.map((piece) => oracle.attempt(piece)?.trunk));
    const all_days = new Set(
      attempts.map(({ dialed_at }) => Math.floor((dialed_at + BOGOTA_OFFSET_S) / 86_400)),
    );
    const dead = oracle.lineAt(telephone, options.until_s)?.state === 'dead';
    const provable =
      dead &&
      attempts.length >= 3 &&
      all_days.size >= 2 &&
      pieces.length >= 2 &&
      (days.size > 1 || trunks.size > 1);
    truths.set(telephone, { provable, attempts: attempts.length, person, machine });
  }
  const wasOut = (telephone: string, instant_s: number) =>
    oracle.lineAt(telephone, instant_s)?.out_of_service ?? true;
  return { truths, wasOut };
}
