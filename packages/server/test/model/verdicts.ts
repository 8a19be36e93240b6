import { type Language, MACHINE_RECOGNITIONS, REASONS, type ReasonCode } from '@recuento/contract';
import type { Fault } from '../../src/hygiene/faults/fault.js';
import { oddsOfDeath, type Silent } from '../../src/hygiene/trust/dead-odds.js';
import { SAID } from '../../src/hygiene/trust/lines.js';
import type { TrustModel } from '../../src/hygiene/trust/model.js';
import { evidenceOfUpload } from '../../src/outcomes/upload-evidence.js';
import { localSeconds } from './wall-clock.js';

/** The verdicts of docs/guide/hygiene.md in plain memory, from attempts one telephone at a time. */

export interface Dialed {
  readonly telephone: string;
  /** The line that it is a spelling of. */
  readonly line: string;
  readonly campaign_id: number;
  readonly dialed_at_s: number;
  readonly result: string;
  readonly trunk: string;
  readonly amd: string | undefined;
  readonly sip: number | undefined;
}

export interface Known {
  readonly faults: readonly Fault[];
  readonly trust: TrustModel;
  readonly as_of_s: number;
  readonly time_zone: string;
  readonly language: Language;
}

const DAY_S = 86_400;
const EVIDENCE_DAYS = 180;
const STILL_DEAD = 0.3;
const TAKEN = ['answer', 'abandon', 'recall', 'do_not_call'];

const showsLife = ({ result }: Dialed) => [...TAKEN, 'answer_machine', 'busy'].includes(result);
const reachesPerson = ({ result, amd }: Dialed) => TAKEN.includes(result) && amd !== 'machine';
const reachesMachine = (one: Dialed) =>
  one.result === 'answer_machine' || (showsLife(one) && one.amd === 'machine');
const evidenceOf = ({ result, sip }: Dialed) =>
  evidenceOfUpload({ code: result as 'failed', sip, cause: undefined });
const saysInvalid = (one: Dialed) => !showsLife(one) && evidenceOf(one) === 'number_invalid';
const saysTrunk = (one: Dialed) =>
  !showsLife(one) && (evidenceOf(one) === 'trunk_at_fault' || one.result === 'congestion');

function isInFault(one: Dialed, faults: readonly Fault[]): boolean {
  const hits = ({ trunk, campaign_id, start_s, end_s }: Fault) =>
    (trunk === null || trunk === one.trunk) &&
    (campaign_id === null || campaign_id === one.campaign_id) &&
    one.dialed_at_s >= start_s &&
    one.dialed_at_s < end_s;
  return !showsLife(one) && faults.some(hits);
}

/** The row of a telephone without its probability, from its attempts (of any moment); undefined where there are none by then. */
export function verdictOf(attempts: readonly Dialed[], known: Known): Record<string, unknown> | undefined {
  const { faults, as_of_s, time_zone, language } = known;
  const all = attempts
    .filter(({ dialed_at_s }) => dialed_at_s <= as_of_s)
    .toSorted((a, b) => a.dialed_at_s - b.dialed_at_s);
  const [first, last] = [all[0], all.at(-1)];
  if (!first || !last) return undefined;
  const recent = all.filter(
    (one) => one.dialed_at_s > as_of_s - EVIDENCE_DAYS * DAY_S && !isInFault(one, faults) && !saysTrunk(one),
  );
  const alive_at_s = all.findLast(showsLife)?.dialed_at_s;
  const silence = recent.filter(({ dialed_at_s }) => alive_at_s === undefined || dialed_at_s > alive_at_s);
  const invalid = silence.filter(saysInvalid);
  const rang = recent.filter(({ result }) => result === 'no_answer' || result === 'busy');
  const people = recent.filter(reachesPerson).length;
  const machines = recent.filter(reachesMachine).length;
  const dayOf = ({ dialed_at_s }: Dialed) => Math.floor(localSeconds(dialed_at_s, time_zone) / DAY_S);
  const daysOf = (some: readonly Dialed[]) => new Set(some.map(dayOf)).size;
  const trunksOf = (some: readonly Dialed[]) => new Set(some.map(({ trunk }) => trunk).filter(Boolean)).size;
  const proven = invalid.length >= 2 && (daysOf(invalid) >= 2 || trunksOf(invalid) >= 2);
  const dead = deadOf(recent, silence, alive_at_s, known);
  const is_dead = proven && dead.at_evidence >= known.trust.sure_from && dead.now >= STILL_DEAD;
  const reasons: readonly (readonly [boolean, string, ReasonCode])[] = [
    [is_dead && daysOf(invalid) >= 2, 'invalid', 'invalid_on_days'],
    [is_dead, 'invalid', 'invalid_on_trunks'],
    [people > 0, 'reaches_people', 'person_reached'],
    [machines > 0, 'reaches_machines', 'machine_answered'],
    [last.dialed_at_s <= as_of_s - EVIDENCE_DAYS * DAY_S, 'unproven', 'not_dialed_lately'],
    [recent.length === 0, 'trunk_fault', 'only_faults'],
    [
      rang.length >= 3 && daysOf(rang) >= 2 && 2 * rang.length > recent.length,
      'rings_out',
      'nobody_answered',
    ],
    [proven, 'unproven', 'word_not_trusted'],
    [invalid.length > 0, 'unproven', 'invalid_not_repeated'],
    [true, 'unproven', 'too_little_known'],
  ];
  const [, verdict = '', reason_code = 'too_little_known'] = reasons.find(([holds]) => holds) ?? [];
  const on = (one: Dialed | undefined) =>
    new Date(localSeconds(one?.dialed_at_s ?? 0, time_zone) * 1_000).toISOString().slice(0, 10);
  const counts = {
    attempts: all.length,
    excluded_attempts: all.filter((one) => isInFault(one, faults)).length,
    days: daysOf(all),
    people_reached: all.filter(reachesPerson).length,
  };
  const values: Readonly<Record<string, string | number>> = {
    ...counts,
    machines,
    rang: rang.length,
    invalid_said: invalid.length,
    invalid_days: daysOf(invalid),
    invalid_trunks: trunksOf(invalid),
    invalid_last_on: on(invalid.at(-1)),
    person_last_on: on(all.findLast(reachesPerson)),
    machine_last_on: on(all.findLast(reachesMachine)),
    last_dialed_on: on(last),
  };
  const sentence = REASONS[reason_code][language];
  return {
    telephone: first.telephone,
    verdict,
    reason_code,
    reason: sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name])),
    ...counts,
    trunks: trunksOf(all),
    ...Object.fromEntries(
      MACHINE_RECOGNITIONS.map((code) => [code, all.filter(({ result }) => result === code).length]),
    ),
    first_dialed_at: instantOf(first.dialed_at_s),
    last_dialed_at: instantOf(last.dialed_at_s),
    last_alive_at: alive_at_s === undefined ? null : instantOf(alive_at_s),
    quarantined_at: null,
    quarantined_until: null,
    line: first.line,
  };
}

/** The probabilities that the line was dead when its attempts were made, and is. */
function deadOf(
  recent: readonly Dialed[],
  silence: readonly Dialed[],
  alive_at_s: number | undefined,
  { trust }: Known,
): { readonly at_evidence: number; readonly now: number } {
  const before = recent.slice(0, recent.length - silence.length);
  const odds = oddsOfDeath(
    {
      before: before.length,
      lively_before: before.filter(showsLife).length,
      alive_at_days: alive_at_s === undefined ? undefined : alive_at_s / DAY_S,
      attempts: silence.map((one) => silent(one, trust)),
    },
    trust,
  );
  return { at_evidence: odds.at_evidence / (1 + odds.at_evidence), now: odds.now / (1 + odds.now) };
}

function silent(one: Dialed, trust: TrustModel): Silent {
  const source = trust.sources.get(one.trunk === '' ? `c${one.campaign_id}` : `t${one.trunk}`);
  const others = trust.sources.get('');
  const known = source ?? others;
  const of_source = known?.days.get(Math.floor(one.dialed_at_s / DAY_S)) ?? known?.lie ?? trust.usual_lie;
  const characters = [...one.line.replace(/^\+/, '')];
  const networks = [7, 6, 5, 4, 3].map((count) => trust.networks.get(characters.slice(0, count).join('')));
  const of_network = networks.find((lie) => lie !== undefined) ?? 0;
  const doubtful = one.result === 'failed' && ['none', 'number_doubtful'].includes(evidenceOf(one));
  const quiet = doubtful ? SAID.doubtful : SAID.quiet;
  const lie = 1 - (1 - of_source) * (1 - of_network);
  if (!saysInvalid(one)) return { at_days: one.dialed_at_s / DAY_S, said: quiet, lie };
  const word = one.sip === 410 ? 1 : one.sip === 484 ? 2 : 0;
  return { at_days: one.dialed_at_s / DAY_S, said: SAID.invalid, lie: lie * (known?.words?.[word] ?? 1) };
}

export function instantOf(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().replace('.000Z', 'Z');
}
