import { VERDICTS_COLUMNS, type VerdictsQuestion } from '@recuento/contract';
import type { SqlParams } from '../attempts/engine/engine.js';
import { IN_ORDER } from '../reports/order.js';
import type { Table } from '../reports/tables/table.js';
import { type Judgement, layered } from './judging/judgement.js';
import { type Moment, momentParams, NEVER_S, putAsideSql } from './quarantine/standing.js';
import type { LineSql } from './spellings/line-sql.js';

/** Which telephones. */
export interface Telephones {
  readonly operation_id: number;
  readonly campaign: VerdictsQuestion['campaign_id'];
  readonly verdict?: string | undefined;
  /** A condition on the values of their rows. */
  readonly behind?: { readonly sql: string; readonly params: SqlParams } | undefined;
  /** Which acts of the quarantine count; absent: nobody asks which telephones are put aside. */
  readonly moment?: Moment | undefined;
  /** A condition on the telephone, as it is in the key. */
  readonly only?: Only | undefined;
}

/** A condition on the telephone, as it is in the key. */
export interface Only {
  readonly sql: string;
  readonly params: SqlParams;
}

export function oneTelephone(telephone: string): Only {
  return { sql: 'telephone = {telephone:String}', params: { telephone } };
}

/** @param telephones a few: they are part of the statement */
export function theseTelephones(telephones: readonly string[]): Only {
  return {
    sql: "telephone IN (SELECT arrayJoin(splitByChar('\\n', {only:String})) AS telephone)",
    params: { only: telephones.join('\n') }, // no telephone has a control character
  };
}

/**
 * `GET /v1/hygiene/verdicts`: a row for each telephone that was dialed at or before the judgement's moment. Spellings of one line have
 * a row each, with what is known of the line.
 */
export function verdictsTable(
  { operation_id, campaign, verdict, only, behind, moment }: Telephones,
  judgement: Judgement,
  order = 'v_telephone ASC',
): Table {
  const of_campaign = campaign.kind === 'one' ? ['campaign_id = {campaign_id:UInt32}'] : [];
  const judged = layered(groupedSql(judgement, of_campaign, only), judgement.layers);
  const conditions = [
    ...(verdict === undefined ? [] : ['v_verdict = {verdict:String}']),
    ...(behind ? [behind.sql] : []),
  ];
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return {
    columns: VERDICTS_COLUMNS,
    rows: `SELECT *, ${moment ? PUT_ASIDE : NOT_ASKED} FROM (SELECT *, ${shownOf(judgement.lines)} FROM (${judged})) AS judged ${
      moment ? asideOf(only?.sql) : ''
    }${where}`,
    order,
    instantText: (value) => `formatDateTime(${value}, '%Y-%m-%dT%H:%i:%SZ', 'UTC')`,
    params: {
      ...judgement.params,
      ...(moment && momentParams(moment)),
      ...only?.params,
      ...behind?.params,
      operation_id,
      ...(campaign.kind === 'one' && { campaign_id: campaign.campaign_id }),
      ...(verdict !== undefined && { verdict }),
    },
    settings: { ...IN_ORDER, format_csv_null_representation: '' },
  };
}

/** The attempts of lines, grouped: all of them, whatever telephones are asked for. What comes after the moment is not read. */
function groupedSql(
  { lines, aggregates }: Judgement,
  of_campaign: readonly string[],
  only: Only | undefined,
): string {
  const asked = [...of_campaign, ...(only ? [only.sql] : [])].join(' AND ');
  const keys = lines.are_merged
    ? [lines.key_as, `groupUniqArray${asked && 'If'}(telephone${asked && `, ${asked}`}) AS j_spellings`]
    : [lines.key];
  const having = lines.are_merged ? 'notEmpty(j_spellings)' : of_campaign.map((sql) => `countIf(${sql}) > 0`);
  return `SELECT ${[...keys, ...aggregates].join(', ')} FROM held_by_telephone FINAL
    PREWHERE ${READ}${only ? ` AND ${spelled(lines, only.sql)}` : ''}
    GROUP BY ${lines.key} ${having.length === 0 ? '' : `HAVING ${having}`}`;
}

const READ = 'operation_id = {operation_id:UInt32} AND dialed_at <= toDateTime({as_of:UInt32})';

/** The same telephones, and all that may be other spellings of them. */
function spelled({ are_merged, isSpellingOf }: LineSql, only: string): string {
  if (!are_merged) return only;
  return isSpellingOf(`SELECT DISTINCT telephone FROM held_by_telephone WHERE ${READ} AND ${only}`);
}

function shownOf({ are_merged, key }: LineSql): string {
  return are_merged
    ? `arrayJoin(j_spellings) AS v_telephone, ${key} AS v_line`
    : 'telephone AS v_telephone, telephone AS v_line';
}

/** Where a telephone is not put aside, the join has zeros. */
const PUT_ASIDE = `nullIf(toDateTime(aside.changed_at, 'UTC'), toDateTime(0, 'UTC')) AS v_quarantined_at,
  if(aside.quarantined_until IN (0, ${NEVER_S}), NULL, toDateTime(aside.quarantined_until, 'UTC')) AS v_quarantined_until`;
const NOT_ASKED = ['at', 'until']
  .map((name) => `CAST(NULL, 'Nullable(DateTime(''UTC''))') AS v_quarantined_${name}`)
  .join(', ');

const asideOf = (where?: string) =>
  `ANY LEFT JOIN (${putAsideSql(where)}) AS aside ON judged.v_telephone = aside.telephone`;
