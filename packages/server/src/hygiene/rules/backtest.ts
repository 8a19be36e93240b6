import type { BacktestDocument } from '@recuento/contract';
import type { ReportRequest } from '../../reports/report.js';
import { REACHES_PERSON } from '../attempt-kinds.js';
import { backtestOf } from './backtest-sums.js';
import { asideValues, campaignSums, PACKED_ASIDE } from './campaign-sums.js';
import { DAY_S } from './conditions/condition-sql.js';
import { lineMilliseconds } from './line-seconds.js';
import { orderOfFigures } from './order-of-rules.js';
import { readRows } from './read-rows.js';
import { knownThen, ofCampaigns, type RuleThen } from './rule-then.js';
import { type LinesSql, linesSql, type MoreValues } from './telephones.js';
import { totalsAfter } from './totals-after.js';

/**
 * What a rule would have saved and cost, had it been applied once, to what was known at its moment. Three engine queries: the mean
 * durations, what came after the moment, and one pass over the attempts of the lines that the rule may take, grouped by line.
 *
 * @param asked of all campaigns, up to `until_s`
 * @param until_s the last second that is looked at, after the moment
 */
export async function backtest(
  asked: ReportRequest,
  then: RuleThen,
  until_s: number,
): Promise<BacktestDocument> {
  const milliseconds = await lineMilliseconds(asked, then, until_s);
  const { table, settings } = await orderOfFigures(asked);
  const lines = linesSql(then, table, whatCameAfter(then, until_s, milliseconds));
  const { varied, params } = lines;
  const thresholds = varied?.values ?? [];
  const chosen = varied ? thresholds.indexOf(varied.threshold.chosen) : 0;
  const sums = await readRows(asked, {
    sql: `SELECT v_verdict AS verdict, ${takenBy(lines, thresholds)} AS taken_by, sum(${lines.telephones}) AS telephones,
        sum(aside_dials) AS dials_saved, sum(aside_ms) AS ms_saved,
        countIf(${LOST}) AS people_lost, ${campaignSums(lines.telephones, `bitTest(taken_by, ${chosen})`, LOST)}
      FROM (${lines.rows}) GROUP BY v_verdict, taken_by`,
    params: {
      ...params,
      ...Object.fromEntries(thresholds.map((value, at) => [`threshold_${at}`, value])),
    },
    settings,
  });
  const instants = { as_of: instant(then.as_of_s), until: instant(until_s) };
  return { ...instants, ...backtestOf(sums, await totalsAfter(asked, then, until_s), thresholds, chosen) };
}

/** SQL of whether a taken telephone's person is lost. */
const LOST = 'if(after_people > 0, after_people = aside_people, 0)';

/**
 * SQL of which thresholds take a line, a bit each, from the lowest bit on; one bit where the rule has no threshold. Telephones
 * with the same bits are summed up together, so that a curve costs little more than one value.
 */
function takenBy({ varied, taken }: LinesSql, thresholds: readonly number[]): string {
  if (!varied) return `toUInt32(${taken})`;
  const bits = thresholds.map((_, at) => {
    const holds = varied.holds(`{threshold_${at}:${varied.threshold.type}}`);
    return `bitShiftLeft(toUInt32(${holds}), ${at})`;
  });
  // A product, and no `if`: what stands behind a condition the engine computes for each bit anew, in some 100 KB for each telephone
  // where it is a probability.
  return `(${varied.others}) * (${bits.join(' + ')})`;
}

/** The attempts after the moment: how many, and which of them fall into a quarantine that begins then. */
function whatCameAfter(then: RuleThen, until_s: number, milliseconds: readonly number[]): MoreValues {
  const { quarantine_days: days } = then.rule;
  const after = `dialed_at > toDateTime({as_of:UInt32}) AND ${ofCampaigns(then)}`;
  const aside = `${after} AND dialed_at <= toDateTime({aside_until:UInt32})`;
  const cells = milliseconds.map((_, at) => `{ms_${at}:UInt32}`).join(', ');
  return {
    until_s,
    with_curve: true,
    aggregates: [
      `countIf(${after} AND ${REACHES_PERSON}) AS after_people`,
      `groupArrayIf(${PACKED_ASIDE}, ${aside}) AS aside`,
      `groupArrayIf(campaign_id, ${knownThen(then)}) AS known_campaigns`,
    ],
    values: asideValues(`[${cells}]`),
    params: {
      aside_until: days === null ? until_s : Math.min(until_s, then.as_of_s + days * DAY_S),
      ...Object.fromEntries(milliseconds.map((ms, at) => [`ms_${at}`, ms])),
    },
  };
}

function instant(instant_s: number): string {
  return new Date(instant_s * 1_000).toISOString();
}
