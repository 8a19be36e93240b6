import { type Language, type VerdictDocument, verdictDocumentSchema } from '@recuento/contract';
import { IN_ORDER } from '../../reports/order.js';
import type { ReportRequest } from '../../reports/report.js';
import { readRows } from './read-rows.js';
import { type RuleThen, telephonesSql } from './telephones.js';

/** The columns of a row of verdicts that are numbers, some of 64 bits, which the engine writes as text. */
const COUNTS = [
  'attempts',
  'excluded_attempts',
  'days',
  'trunks',
  'no_answer',
  'answer_machine',
  'busy',
  'congestion',
  'failed',
  'people_reached',
] as const;
const INSTANTS = ['first_dialed_at', 'last_dialed_at', 'last_alive_at'] as const;

/** The rows of verdicts of a few telephones at the moment of a rule, in the order of their bytes. One engine query. */
export async function sampleOf(
  asked: ReportRequest,
  then: RuleThen,
  telephones: readonly string[],
  language: Language,
): Promise<VerdictDocument[]> {
  if (telephones.length === 0) return [];
  const { rows, params } = telephonesSql(then, 'held_by_telephone', {
    until_s: then.as_of_s,
    only: telephones,
    aggregates: [],
    values: [],
    params: {},
  });
  const columns = [
    ...['telephone', 'verdict', 'reason_code', 'probability'],
    ...COUNTS.map((name) => `toUInt32(${name}) AS ${name}`),
    ...INSTANTS.map((name) => `toUInt32(${name}) AS ${name}`),
  ];
  const found = await readRows(asked, {
    // In a SELECT of its own, where no alias stands for a column that another value is made of.
    sql: `SELECT ${columns.join(', ')} FROM (${rows}) ORDER BY telephone`,
    params,
    settings: IN_ORDER,
  });
  return found.map((row) => documentOf(row, then, language));
}

function documentOf(
  row: Readonly<Record<string, unknown>>,
  { knowledge }: RuleThen,
  language: Language,
): VerdictDocument {
  const times = INSTANTS.map((name) => [name, instantOf(Number(row[name]))]);
  const document = verdictDocumentSchema.omit({ reason: true }).parse({
    ...row,
    ...Object.fromEntries(times),
    quarantined_until: null,
  });
  return { ...document, reason: knowledge.reasonOf(document, language) };
}

/** RFC 3339; null for the engine's 0, which is no instant. */
function instantOf(instant_s: number): string | null {
  return instant_s === 0 ? null : new Date(instant_s * 1_000).toISOString();
}
