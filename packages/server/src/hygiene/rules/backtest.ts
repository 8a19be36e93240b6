import type { BacktestDocument } from '@recuento/contract';
import type { ReportRequest } from '../../reports/report.js';
import { REACHES_PERSON } from '../attempt-kinds.js';
import { backtestOf } from './backtest-sums.js';
import { withCampaigns } from './by-campaign.js';
import { campaignSums, PACKED_ASIDE } from './campaign-sums.js';
import { DAY_S } from './conditions/condition-sql.js';
import { lineMilliseconds } from './line-seconds.js';
import { knownThen, ofCampaigns, type RuleThen } from './rule-then.js';
import { sumsOfLines } from './sums-of-lines.js';
import type { LinesSql, MoreValues } from './telephones.js';
import { totalsAfter } from './totals-after.js';

/**
 * What a rule would have saved and cost, had it been applied once, to what was known at its moment. Engine queries: the mean
 * durations, what came after the moment, and the attempts, grouped by line (`sumsOfLines`).
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
  const after = whatCameAfter(then, until_s, milliseconds);
  const { sums, varied } = await sumsOfLines(asked, then, after, statementOf);
  const instants = { as_of: instant(then.as_of_s), until: instant(until_s) };
  const totals = await totalsAfter(asked, then, until_s);
  return { ...instants, ...backtestOf(sums, totals, varied?.values ?? [], chosenBit(varied)) };
}

/** The sums of the lines with each verdict that the same thresholds take. */
function statementOf(lines: LinesSql) {
  const { telephones, varied } = lines;
  // In statements of their own, so that the engine computes them once. Who is lost: every attempt after the moment that reached the
  // person falls into the quarantine.
  const taken = `SELECT *, ${takenBy(lines)} AS taken_by, if(after_people > 0, after_people = aside_people, 0) AS is_lost
    FROM (${lines.rows})`;
  const sums = `SELECT v_verdict AS verdict, taken_by, sum(${telephones}) AS telephones, sum(length(aside)) AS dials, countIf(is_lost) AS lost,
      ${campaignSums({ telephones, taken: 'is_taken', lost: 'is_lost', millisecondsOf })}
    FROM (SELECT *, bitTest(taken_by, ${chosenBit(varied)}) AS is_taken FROM (${taken})) GROUP BY v_verdict, taken_by`;
  return {
    sql: withCampaigns({
      sums,
      of: {
        telephones_taken: { all: 'telephones', by_campaign: 'known_of' },
        dials_saved: { all: 'dials', by_campaign: 'dials_of' },
        ms_saved: { all: 'ms_saved', by_campaign: 'ms_of' },
        people_lost: { all: 'lost', by_campaign: 'lost_of' },
      },
      most: 'dials_saved',
    }),
    params: {
      ...lines.params,
      ...Object.fromEntries((varied?.values ?? []).map((value, at) => [`threshold_${at}`, value])),
    },
  };
}

/** The bit of the rule itself among those of `takenBy`. */
function chosenBit(varied: LinesSql['varied']): number {
  return varied ? varied.values.indexOf(varied.threshold.chosen) : 0;
}

/**
 * SQL of which thresholds take a line, a bit each, from the lowest bit on; one bit where the rule has no threshold. Telephones
 * with the same bits are summed up together, so that a curve costs little more than one value.
 */
function takenBy({ varied, taken }: LinesSql): string {
  if (!varied) return `toUInt32(${taken})`;
  const bits = varied.values.map((_, at) => {
    const holds = varied.holds(`{threshold_${at}:${varied.threshold.type}}`);
    return `bitShiftLeft(toUInt32(${holds}), ${at})`;
  });
  // A product, and no `if`: what stands behind a condition the engine computes for each bit anew, in some 100 KB for each telephone
  // where it is a probability.
  return `(${varied.others}) * (${bits.join(' + ')})`;
}

/** SQL of how long an attempt is taken to hold its line, by the number of its code. */
const millisecondsOf = (code: string) => `arrayElement({milliseconds:Array(UInt64)}, ${code})`;

/** What came after the moment, and what of it falls into a quarantine that begins then; and the campaigns that dialed the line before. */
function whatCameAfter(then: RuleThen, until_s: number, milliseconds: readonly number[]): MoreValues {
  const { quarantine_days: days } = then.rule;
  const after = `dialed_at > toDateTime({as_of:UInt32}) AND ${ofCampaigns(then)}`;
  const aside = `${after} AND dialed_at <= toDateTime({aside_until:UInt32})`;
  return {
    until_s,
    with_curve: true,
    aggregates: [
      `countIf(${after} AND ${REACHES_PERSON}) AS after_people`,
      `countIf(${aside} AND ${REACHES_PERSON}) AS aside_people`,
      `groupArrayIf(${PACKED_ASIDE}, ${aside}) AS aside`,
      `groupArrayIf(campaign_id, ${knownThen(then)}) AS known_campaigns`,
    ],
    params: {
      aside_until: days === null ? until_s : Math.min(until_s, then.as_of_s + days * DAY_S),
      milliseconds,
    },
  };
}

function instant(instant_s: number): string {
  return new Date(instant_s * 1_000).toISOString();
}
