import type { Attempt } from '@recuento/contract';
import { type GenerateOptions, generate, type Oracle, oracleOf, type World } from '@recuento/generator';

const PEOPLE = new Set(['answer', 'abandon', 'recall', 'do_not_call']);
const LIVELY = new Set([...PEOPLE, 'answer_machine', 'busy']);
const INVALID_SIP = new Set([404, 410, 484, 604]);
const BOGOTA_OFFSET_S = -5 * 3_600;

/** What is true of a telephone of a generated operation. */
export interface Truth {
  readonly attempts: number;
  /** Whether it is dead at the end, and its evidence would prove that to somebody who knows which trunks lie. */
  readonly provable: boolean;
  /** When the network last said, outside of faults, that the number is invalid, with no sign of life since. */
  readonly said_last_s: number | undefined;
  /** What its attempts outside of faults show where nothing proves it dead, by the definitions of the guide. */
  readonly shows: 'reaches_people' | 'reaches_machines' | 'rings_out' | undefined;
  /**
   * Whether a rule takes it that drops the trunks on a list of those that lie, and then asks for two words on different days or trunks.
   */
  readonly taken_by_list: boolean;
}

/** The truth of an operation. */
export interface WorldTruth {
  readonly truths: ReadonlyMap<string, Truth>;
  /** Whether a line was out of service at an instant: dead or suspended. */
  readonly wasOut: (telephone: string, instant_s: number) => boolean;
}

/** @param as_of_s the last second whose attempts count, and the moment of the truth; absent: the end of the world */
export function truthOf(options: GenerateOptions, as_of_s = options.until_s): WorldTruth {
  const oracle = oracleOf(options);
  const listed = new Set(
    options.world?.lying_trunks?.map(({ trunk }: World['lying_trunks'][number]) => trunk),
  );
  const truths = new Map<string, Truth>();
  for (const all of attemptsOf(options, oracle).values()) {
    const attempts = all.filter(({ dialed_at }) => dialed_at <= as_of_s);
    const telephones = new Set(attempts.map(({ telephone }) => telephone));
    const [telephone] = telephones;
    if (telephone === undefined) continue;
    const is_dead = oracle.lineAt(telephone, as_of_s)?.state === 'dead';
    const truth = lineTruth(attempts, oracle, is_dead, listed);
    for (const spelling of telephones) truths.set(spelling, truth);
  }
  const wasOut = (telephone: string, instant_s: number) =>
    oracle.lineAt(telephone, instant_s)?.out_of_service ?? true;
  return { truths, wasOut };
}

/** Each line's attempts in their order, by its usual spelling; some of them are delivered twice. */
export function attemptsOf(options: GenerateOptions, oracle = oracleOf(options)): Map<string, Attempt[]> {
  const seen = new Map<string, Attempt[]>();
  const ids = new Set<string>();
  for (const attempt of [...generate(options)].flat()) {
    if (ids.has(attempt.attempt_id)) continue;
    ids.add(attempt.attempt_id);
    const [line = attempt.telephone] = oracle.spellingsOf(attempt.telephone);
    const list = seen.get(line);
    if (list) list.push(attempt);
    else seen.set(line, [attempt]);
  }
  for (const attempts of seen.values()) attempts.sort((a, b) => a.dialed_at - b.dialed_at);
  return seen;
}

function lineTruth(
  attempts: readonly Attempt[],
  oracle: Oracle,
  is_dead: boolean,
  listed: ReadonlySet<string>,
): Truth {
  const last_life = attempts.findLastIndex(({ result }) => LIVELY.has(result));
  const said = attempts.slice(last_life + 1).filter(saysInvalid);
  const said_outside = said.filter((one) => oracle.attempt(one)?.fault === undefined);
  const honest = said_outside.filter((one) => oracle.attempt(one)?.lies === 0);
  const told = said.filter(({ trunk }) => trunk === undefined || !listed.has(trunk));
  return {
    attempts: attempts.length,
    provable:
      is_dead &&
      attempts.length >= 3 &&
      daysOf(attempts) >= 2 &&
      honest.length >= 2 &&
      (daysOf(honest) > 1 || new Set(honest.map((one) => oracle.attempt(one)?.trunk)).size > 1),
    said_last_s: said_outside.at(-1)?.dialed_at,
    shows: shownBy(attempts, oracle),
    taken_by_list: told.length >= 2 && (daysOf(told) > 1 || new Set(told.map(({ trunk }) => trunk)).size > 1),
  };
}

export function reachesPerson({ result, amd }: Attempt): boolean {
  return PEOPLE.has(result) && amd !== 'machine';
}

function saysInvalid({ result, sip }: Attempt): boolean {
  return result === 'failed' && INVALID_SIP.has(sip ?? 0);
}

function shownBy(attempts: readonly Attempt[], oracle: Oracle): Truth['shows'] {
  if (attempts.some(reachesPerson)) return 'reaches_people';
  if (
    attempts.some(
      ({ result, amd }) => result === 'answer_machine' || (LIVELY.has(result) && amd === 'machine'),
    )
  )
    return 'reaches_machines';
  const evidence = attempts.filter(
    (one) =>
      LIVELY.has(one.result) || (oracle.attempt(one)?.fault === undefined && one.result !== 'congestion'),
  );
  const rang = evidence.filter(({ result }) => result === 'no_answer' || result === 'busy');
  const rings_out = rang.length >= 3 && daysOf(rang) >= 2 && 2 * rang.length > evidence.length;
  return rings_out ? 'rings_out' : undefined;
}

function daysOf(attempts: readonly Attempt[]): number {
  return new Set(attempts.map(({ dialed_at }) => Math.floor((dialed_at + BOGOTA_OFFSET_S) / 86_400))).size;
}
