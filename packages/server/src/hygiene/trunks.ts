import type { ReportRequest } from '../reports/report.js';
import { whereSelected } from '../reports/where.js';
import type { TrustModel } from './trust/model.js';

const DAY_S = 86_400;
/** Trunks, and campaigns whose attempts tell none, that are listed: the most dialed. */
const LISTED_MAX = 2_000;
/** From this ratio on, two words on two days are proof: at the usual share of dead lines they leave one chance in a hundred. */
const TRUSTED_FROM = 25;

/** How far the word of a trunk can be believed, in a window. */
export interface TrunkTrust {
  /** null: attempts of the campaign that tell no trunk. */
  readonly trunk: string | null;
  readonly campaign_id: number | null;
  readonly attempts: number;
  readonly says_invalid_of_living: number;
  readonly likelihood_ratio: number;
  readonly trusted: boolean;
}

/** The trunks that were dialed in the window, the most dialed first. */
export async function trunksOf(asked: ReportRequest, trust: TrustModel): Promise<TrunkTrust[]> {
  const { engine, selection, budget } = asked;
  const { sql, params } = whereSelected(selection);
  const bytes = await engine.read({
    sql: `SELECT trunk, if(trunk = '', campaign_id, 0) AS campaign, toUInt32(sum(attempts)),
        groupArray(day), groupArray(attempts)
      FROM (
        SELECT trunk, if(trunk = '', campaign_id, 0) AS campaign_id, intDiv(toUInt32(dialed_at), ${DAY_S}) AS day, toUInt32(count()) AS attempts
        FROM held_by_time FINAL PREWHERE ${sql} GROUP BY trunk, campaign_id, day
      ) GROUP BY trunk, campaign ORDER BY sum(attempts) DESC, trunk, campaign LIMIT ${LISTED_MAX}
      FORMAT JSONCompactEachRow`,
    params,
    fair_key: `operation ${selection.operation_id}`,
    lane: 'long',
    ...budget.engine(),
  });
  return bytes
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((line) => trustIn(line, trust));
}

function trustIn(line: string, trust: TrustModel): TrunkTrust {
  const [trunk, campaign_id, attempts, days, counts]: [string, number, number, number[], number[]] =
    JSON.parse(line);
  const source = trust.sources.get(trunk === '' ? `c${campaign_id}` : `t${trunk}`);
  const usual = source?.lie ?? trust.usual_lie;
  const lies = days.map((day, index) => (source?.days.get(day) ?? usual) * (counts[index] ?? 0));
  const lie = lies.reduce((sum, of_day) => sum + of_day, 0) / Math.max(1, attempts);
  const likelihood_ratio = trust.dead_said.invalid / lie;
  return {
    trunk: trunk === '' ? null : trunk,
    campaign_id: trunk === '' ? campaign_id : null,
    attempts,
    says_invalid_of_living: rounded(lie),
    likelihood_ratio: rounded(likelihood_ratio),
    trusted: likelihood_ratio >= TRUSTED_FROM,
  };
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
