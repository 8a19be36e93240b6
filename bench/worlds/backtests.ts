import { type BacktestDocument, SHIPPED_RULES, type ShippedRule } from '@recuento/contract';
import { NUMBERING } from '@recuento/generator';
import { judgedBy } from '../../packages/server/src/hygiene/judging/judge.js';
import { telephonesTaken } from '../../packages/server/src/hygiene/rules/taken.js';
import { type Aftermath, aftermathOf } from '../../packages/server/test/hygiene/aftermath.js';
import { ADMIN_TOKEN, rowsOf, TIME_ZONE, type WorldOperation } from './operation.js';

const DAY_S = 86_400;
/** How much of the world is known when the rules are applied. */
const KNOWN_SHARE = 0.65;
const RULES = ['careful', 'balanced', 'bold'];

/** What each rule that is about the worth of a list would have saved and cost, as the service says and as the truth has it. */
export async function* backtested(operation: WorldOperation): AsyncGenerator<string> {
  const { until_s, days } = operation.options;
  // The last second of a day.
  const as_of_s = until_s - Math.round(days * (1 - KNOWN_SHARE)) * DAY_S - 1;
  for (const rule of SHIPPED_RULES.filter(({ id }) => RULES.includes(id))) {
    const told = await backtestOf(operation, rule.id, as_of_s);
    const taken = await takenBy(operation, rule, as_of_s);
    const truth = aftermathOf(operation.options, as_of_s, taken, rule.rule.quarantine_days ?? days);
    checkFigures(told, truth, taken.size);
    yield `${rule.id}: ${textOf(told, truth)}`;
  }
}

async function backtestOf(
  { service, server, options }: WorldOperation,
  rule_id: string,
  as_of_s: number,
): Promise<BacktestDocument> {
  const instant = (second: number) => new Date(second * 1_000).toISOString();
  const reply = await service.inject({
    method: 'POST',
    url: `/v1/hygiene/backtest?operation=${server}`,
    headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
    payload: { rule_id, as_of: instant(as_of_s), until: instant(options.until_s - 1) },
  });
  if (reply.statusCode !== 200) throw new Error(`status ${reply.statusCode}: ${reply.body}`);
  return JSON.parse(reply.body);
}

async function takenBy(
  operation: WorldOperation,
  { rule }: ShippedRule,
  as_of_s: number,
): Promise<Set<string>> {
  const { service, id } = operation;
  const known = await service.services.knowledge.at({ id, numbering: NUMBERING }, as_of_s);
  const judged = judgedBy(known, { as_of_s, time_zone: TIME_ZONE, language: 'en' });
  const { sql, params } = telephonesTaken({ operation_id: id, rule, judged, as_of_s });
  const rows = await rowsOf(operation, {
    sql: `SELECT telephone FROM (${sql})`,
    params: { ...params },
  });
  return new Set(rows.map(([telephone = '']) => telephone));
}

/** What the service counts is what the generator made. */
function checkFigures(told: BacktestDocument, truth: Aftermath, telephones_taken: number): void {
  const counted = { telephones_taken, ...truth };
  for (const name of [
    'telephones_taken',
    'dials_after',
    'dials_saved',
    'people_reached_after',
    'people_lost',
  ] as const) {
    if (told[name] === counted[name]) continue;
    throw new Error(`${name} is ${told[name]} by the backtest, and ${counted[name]} by the truth`);
  }
}

function textOf(told: BacktestDocument, truth: Aftermath): string {
  const percent = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;
  const { telephones_taken, dials_after, dials_saved, people_lost, people_reached_after } = told;
  const { dials_to_dead, dead_saved, dead_provable } = truth;
  return (
    `${telephones_taken} taken, ${people_lost} people lost of ${people_reached_after} (${percent(people_lost, people_reached_after)}), ` +
    `${dials_saved} dials saved of ${dials_after}, ${percent(dead_saved, dials_to_dead)} of the ${dials_to_dead} to dead lines ` +
    `(${percent(dead_provable, dials_to_dead)} went to numbers that were provably dead)`
  );
}
