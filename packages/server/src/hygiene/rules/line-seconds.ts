import { MACHINE_CODES, type MachineCode } from '@recuento/contract';
import type { ReportRequest } from '../../reports/report.js';
import { readRows } from './read-rows.js';
import { ofCampaigns, type RuleThen } from './rule-then.js';

/**
 * The least seconds that an attempt holds its line. Sources tell how long a call was connected, which is nothing of a call that
 * rang out. Dialers let a call ring for 18 seconds and more before they give up, and calls are mostly taken after 6 to 10 (call logs
 * of predictive dialers); a tone or a refusal by the network takes some seconds. `unknown` may be anything.
 */
const LEAST_S: Readonly<Record<MachineCode, number>> = {
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

/** No attempt counts for more than a day, so that one wrong duration says little. */
const MOST_S = 86_400;

/**
 * Milliseconds that an attempt with each code is taken to hold its line, in the order of the codes: the mean of the durations
 * that are known of the rule's campaigns after the moment, but no less than `LEAST_S`. The durations are not in the tables that
 * reports group by telephone, so the saved dials can't be looked up one by one without reading all of them again.
 */
export async function lineMilliseconds(
  asked: ReportRequest,
  then: RuleThen,
  until_s: number,
): Promise<number[]> {
  const rows = await readRows(asked, {
    sql: `SELECT toString(result) AS code, sum(least(duration_seconds, ${MOST_S})) / count(duration_seconds) AS mean_s
      FROM told FINAL
      PREWHERE operation_id = {operation_id:UInt32} AND dialed_at > toDateTime({as_of:UInt32})
        AND dialed_at <= toDateTime({until:UInt32}) AND ${ofCampaigns(then)}
      WHERE duration_seconds IS NOT NULL GROUP BY result`,
    params: {
      operation_id: then.operation_id,
      as_of: then.as_of_s,
      until: until_s,
      ...(then.rule.campaign_id !== 'all' && { campaign_id: then.rule.campaign_id }),
    },
    settings: {},
  });
  const means = new Map(rows.map(({ code, mean_s }) => [code, Number(mean_s)]));
  return MACHINE_CODES.map((code) => Math.round(1_000 * Math.max(LEAST_S[code], means.get(code) ?? 0)));
}
