import type { Attempt } from '@recuento/contract';
import { type GenerateOptions, generate, WORLDS, type WorldName } from '../src/index.js';

/** Until the end of October 2026 in Bogota. */
export const UNTIL_S = Date.UTC(2026, 10, 1, 5) / 1_000;

export function optionsOf(name: WorldName, attempts: number, seed = 7): GenerateOptions {
  return { ...WORLDS[name], seed, attempts, until_s: UNTIL_S };
}

/** Each attempt once, in the order of their first deliveries. */
export function attemptsOf(options: GenerateOptions): Attempt[] {
  const made = [...generate(options)].flat();
  return [...new Map(made.map((attempt) => [attempt.attempt_id, attempt])).values()];
}

/** Evidence that a number is invalid, as strong as an attempt gives it. */
export function saysInvalid({ sip }: Attempt): boolean {
  return sip === 404 || sip === 410 || sip === 484;
}

const LIFE = new Set(['answer', 'abandon', 'recall', 'do_not_call', 'answer_machine', 'busy']);
export function showsLife({ result }: Attempt): boolean {
  return LIFE.has(result);
}

const REACHED = new Set(['answer', 'abandon', 'recall', 'do_not_call']);
export function reaches({ result }: Attempt): boolean {
  return REACHED.has(result);
}

/** Days since 1970 in Bogota. */
export function dayOf({ dialed_at }: Attempt): number {
  return Math.floor((dialed_at - 5 * 3_600) / 86_400);
}

/** The attempts of each telephone, by whatever is a telephone to the caller. */
export function byKey(
  attempts: readonly Attempt[],
  key: (attempt: Attempt) => string,
): Map<string, Attempt[]> {
  const groups = new Map<string, Attempt[]>();
  for (const attempt of attempts) {
    const group = groups.get(key(attempt));
    if (group) group.push(attempt);
    else groups.set(key(attempt), [attempt]);
  }
  return groups;
}

export function shareOf<T>(items: readonly T[], of: (item: T) => boolean): number {
  return items.filter(of).length / items.length;
}
