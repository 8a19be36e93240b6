import type { Condition, TriedRule } from '@recuento/contract';
import type { SentAttempt } from '../harness.js';

/** List hygiene's rules in plain memory: what a rule takes, and what it would have saved and cost. */

const DAY_S = 86_400;
const PERSON = ['answer', 'abandon', 'recall', 'do_not_call'];
const LIFE = [...PERSON, 'answer_machine', 'busy'];
/** Seconds that an attempt holds its line at least. */
const LEAST_S: Record<string, number> = {
  no_answer: 20,
  answer_machine: 8,
  busy: 3,
  congestion: 3,
  failed: 3,
  answer: 8,
  abandon: 8,
  recall: 8,
  do_not_call: 8,
  unknown: 0,
};

/** What the tests' judge finds of a telephone. */
export interface Judged {
  readonly verdict: string;
  readonly probability: number;
}

/** What the model is told of the world besides the attempts. */
export interface World {
  readonly hash: (attempt_id: string) => bigint;
  /** The line that a telephone is a spelling of. */
  readonly lineOf: (telephone: string) => string;
  readonly in_fault: (attempt: SentAttempt) => boolean;
  readonly judged: (known: readonly SentAttempt[]) => Judged;
}

export const second = ({ dialed_at }: SentAttempt) => Math.floor(Date.parse(dialed_at) / 1_000);

export function reachesPerson({ result, amd }: SentAttempt): boolean {
  return PERSON.includes(result) && amd !== 'machine';
}

/** The telephones whose lines a rule takes at a moment, in the order of their bytes, with what the judge says of them. */
export function taken(
  attempts: readonly SentAttempt[],
  rule: TriedRule,
  as_of_s: number,
  world: World,
): Map<string, Judged> {
  const known = attempts.filter((one) => second(one) <= as_of_s);
  const found = new Map<string, Judged>();
  for (const telephone of telephonesOf(known)) {
    const of_operation = ofLine(known, telephone, world);
    const of_rule = of_operation.filter((one) => isOfRule(one, rule));
    const judged = world.judged(of_operation);
    const holds = (one: Condition) => isHeld(one, of_rule, as_of_s, judged, world);
    if (of_rule.length > 0 && rule.conditions.every(holds)) found.set(telephone, judged);
  }
  return found;
}

/** What `POST /v1/hygiene/backtest` answers, apart from the instants. */
export function backtested(
  attempts: readonly SentAttempt[],
  rule: TriedRule,
  as_of_s: number,
  until_s: number,
  world: World,
) {
  const after = attempts.filter(
    (one) => isOfRule(one, rule) && second(one) > as_of_s && second(one) <= until_s,
  );
  const days = rule.quarantine_days;
  const aside_until_s = days === null ? until_s : as_of_s + days * DAY_S;
  const campaigns = [...new Set(attempts.map(({ campaign_id }) => campaign_id))];
  const cost = (telephones: readonly string[], counts: (one: SentAttempt) => boolean = () => true) => {
    const lines = [...new Set(telephones.map(world.lineOf))];
    const theirs = after.filter(({ telephone }) => lines.includes(world.lineOf(telephone)));
    const aside = theirs.filter((one) => second(one) <= aside_until_s);
    const saved = aside.filter(counts);
    const lost = lines.filter((line) => {
      const reached = ofLine(theirs, line, world).filter(reachesPerson);
      return reached.some(counts) && reached.every((one) => aside.includes(one));
    });
    const ms = saved.reduce((sum, { result }) => sum + lineMs(after, result), 0);
    const figures = {
      telephones_taken: telephones.length,
      dials_saved: saved.length,
      people_lost: lost.length,
    };
    return { figures, seconds_saved: Math.round(ms / 1_000) };
  };
  const found = taken(attempts, rule, as_of_s, world);
  const { figures, seconds_saved } = cost([...found.keys()]);
  return {
    ...figures,
    seconds_saved,
    dials_after: after.length,
    people_reached_after: new Set(after.filter(reachesPerson).map((one) => world.lineOf(one.telephone))).size,
    by_verdict: ['reaches_people', 'reaches_machines', 'rings_out', 'invalid', 'unproven', 'trunk_fault'].map(
      (verdict) => {
        const of_verdict = [...found].filter(([, judged]) => judged.verdict === verdict).map(([one]) => one);
        const { figures: theirs, seconds_saved: seconds } = cost(of_verdict);
        return { verdict, ...theirs, seconds_saved: seconds };
      },
    ),
    by_campaign: campaigns
      .map((campaign_id) => {
        const of_campaign = (one: SentAttempt) => one.campaign_id === campaign_id;
        const known = attempts.filter(
          (one) => of_campaign(one) && isOfRule(one, rule) && second(one) <= as_of_s,
        );
        const lines = new Set(known.map(({ telephone }) => world.lineOf(telephone)));
        const telephones_taken = [...found.keys()].filter((one) => lines.has(world.lineOf(one))).length;
        const { figures: theirs, seconds_saved: seconds } = cost([...found.keys()], of_campaign);
        const { dials_saved, people_lost } = theirs;
        return { campaign_id, telephones_taken, dials_saved, seconds_saved: seconds, people_lost };
      })
      .filter(({ telephones_taken, dials_saved }) => telephones_taken + dials_saved > 0)
      .sort((a, b) => b.dials_saved - a.dials_saved || a.campaign_id - b.campaign_id),
    curve: variants(rule).map(({ threshold, rule: other }) => ({
      threshold,
      ...cost([...taken(attempts, other, as_of_s, world).keys()]).figures,
    })),
  };
}

/** The attempts of a telephone's line. */
function ofLine(attempts: readonly SentAttempt[], telephone: string, { lineOf }: World): SentAttempt[] {
  return attempts.filter((one) => lineOf(one.telephone) === lineOf(telephone));
}

/** The rule with other values of its first number. */
function variants(rule: TriedRule): { threshold: number; rule: TriedRule }[] {
  const at = rule.conditions.findIndex(({ kind }) => kind !== 'verdict');
  const varied = rule.conditions[at];
  if (!varied) return [];
  const withThreshold = (threshold: number) => ({
    threshold,
    rule: { ...rule, conditions: rule.conditions.with(at, changed(varied, threshold)) },
  });
  if (varied.kind === 'probability') {
    return Array.from({ length: 20 }, (_, step) => (step === 9 ? varied.below : near(varied.below, step + 1)))
      .filter((below) => below <= 1)
      .map(withThreshold);
  }
  const [chosen, most] =
    varied.kind === 'silent'
      ? [varied.days, 3_650]
      : varied.kind === 'verdict'
        ? [0, 0]
        : [varied.at_least, 1_000];
  return Array.from({ length: 21 }, (_, step) => chosen - 10 + step)
    .filter((value) => value >= 1 && value <= most)
    .map(withThreshold);
}

function near(below: number, tenths: number): number {
  return Number((below * (1 + (tenths - 10) / 10)).toPrecision(12));
}

function changed(condition: Condition, threshold: number): Condition {
  if (condition.kind === 'verdict') return condition;
  if (condition.kind === 'probability') return { ...condition, below: threshold };
  return condition.kind === 'silent'
    ? { ...condition, days: threshold }
    : { ...condition, at_least: threshold };
}

function isHeld(
  condition: Condition,
  of_rule: readonly SentAttempt[],
  as_of_s: number,
  judged: Judged,
  world: World,
): boolean {
  const within = (days: number | null) => (one: SentAttempt) =>
    days === null || second(one) > as_of_s - days * DAY_S;
  const counted =
    'faults' in condition && condition.faults === 'exclude'
      ? of_rule.filter((one) => !world.in_fault(one))
      : of_rule;
  switch (condition.kind) {
    case 'verdict':
      return condition.in.some((one) => one === judged.verdict);
    case 'probability':
      return judged.probability < condition.below;
    case 'dialed':
      return counted.filter(within(condition.within_days)).length >= condition.at_least;
    case 'count': {
      const coded = counted.filter(({ result }) => condition.codes.some((code) => code === result));
      return coded.filter(within(condition.within_days)).length >= condition.at_least;
    }
    case 'silent': {
      const lives = of_rule.filter(({ result }) => LIFE.includes(result));
      return !lives.some(within(condition.days)) && counted.some(within(condition.days));
    }
    case 'streak': {
      const latest = counted.toSorted((a, b) => compared(b, a, world)).slice(0, condition.at_least);
      return (
        latest.length === condition.at_least &&
        latest.every(({ result }) => condition.codes.some((code) => code === result))
      );
    }
  }
}

/** The order in which a telephone was dialed. */
function compared(a: SentAttempt, b: SentAttempt, { hash }: World): number {
  const [one, other] = [hash(a.attempt_id), hash(b.attempt_id)];
  return second(a) - second(b) || (one < other ? -1 : Number(one > other)) || a.campaign_id - b.campaign_id;
}

function isOfRule({ campaign_id }: SentAttempt, rule: TriedRule): boolean {
  return rule.campaign_id === 'all' || rule.campaign_id === campaign_id;
}

function telephonesOf(attempts: readonly SentAttempt[]): string[] {
  const telephones = [...new Set(attempts.map(({ telephone }) => telephone))];
  return telephones.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

function lineMs(after: readonly SentAttempt[], result: string): number {
  const told = after.flatMap((one) =>
    one.result === result && typeof one.duration_seconds === 'number'
      ? [Math.min(one.duration_seconds, DAY_S)]
      : [],
  );
  const mean_s = told.length === 0 ? 0 : told.reduce((sum, seconds) => sum + seconds, 0) / told.length;
  return Math.round(1_000 * Math.max(LEAST_S[result] ?? 0, mean_s));
}
