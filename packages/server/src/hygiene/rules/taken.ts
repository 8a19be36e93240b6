import type { Selected } from '../quarantine/telephones.js';
import { ORDER_OF_RULES } from './order-of-rules.js';
import type { RuleThen } from './rule-then.js';
import { linesSql } from './telephones.js';

/** What was known of a telephone when a rule took it, by the names of the verdicts' columns. */
const EVIDENCE = [
  'verdict',
  'reason_code',
  'reason',
  'probability',
  'attempts',
  'excluded_attempts',
  'days',
  'trunks',
  'people_reached',
] as const;

/** The telephones that a rule takes at its moment, each with what is known of it then, as JSON: for an act in the engine. */
export function telephonesTaken(then: RuleThen): Selected {
  const { table, settings } = ORDER_OF_RULES;
  const nothing_more = { until_s: then.as_of_s, aggregates: [], params: {} };
  const { rows, telephone, taken, params } = linesSql(then, table, nothing_more, 'evidence');
  const told = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  return {
    sql: `SELECT ${telephone} AS telephone, toJSONString(CAST(tuple(${EVIDENCE.map((name) => `v_${name}`).join(', ')}),
        'Tuple(verdict String, reason_code String, reason String, probability Float64, attempts UInt32, excluded_attempts UInt32, days UInt32, trunks UInt32, people_reached UInt32)')) AS evidence
      FROM (${rows}) WHERE ${taken} SETTINGS ${told.join(', ')}`,
    params,
  };
}
