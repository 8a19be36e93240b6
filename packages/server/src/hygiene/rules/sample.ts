import type { ReportRequest } from '../../reports/report.js';
import { readTable } from '../../reports/tables/table.js';
import type { Moment } from '../quarantine/standing.js';
import { theseTelephones, verdictsTable } from '../verdicts-table.js';
import type { RuleThen } from './rule-then.js';

/** The rows of verdicts of a few telephones at the moment of a rule, in the order of their bytes. One engine query. */
export async function sampleOf(
  asked: ReportRequest,
  { operation_id, judged }: RuleThen,
  telephones: readonly string[],
  moment: Moment | undefined,
): Promise<Record<string, unknown>[]> {
  if (telephones.length === 0) return [];
  const table = verdictsTable(
    { operation_id, campaign: { kind: 'all' }, only: theseTelephones(telephones), moment },
    judged.judgement,
  );
  const { rows } = await readTable(asked, table, telephones.length);
  return JSON.parse(`[${rows.toString()}]`);
}
