import { VERDICTS_COLUMNS, type VerdictsQuestion } from '@recuento/contract';
import type { SqlParams } from '../attempts/engine/engine.js';
import { IN_ORDER } from '../reports/order.js';
import type { Table } from '../reports/tables/table.js';
import { type Judgement, layered } from './judging/judgement.js';
import { type Moment, momentParams, NEVER_S, putAsideSql } from './quarantine/standing.js';

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
  readonly only?: { readonly sql: string; readonly params: SqlParams } | undefined;
}

/** `GET /v1/hygiene/verdicts`: a row for each telephone that was dialed at or before the judgement's moment. */
export function verdictsTable(
  { operation_id, campaign, verdict, only, behind, moment }: Telephones,
  { aggregates, layers, params }: Judgement,
  order = 'v_telephone ASC',
): Table {
  const having = campaign.kind === 'one' ? 'HAVING countIf(campaign_id = {campaign_id:UInt32}) > 0' : '';
  // What comes after the moment is not read.
  const grouped = `SELECT telephone, telephone AS v_telephone, ${aggregates.join(', ')} FROM held_by_telephone FINAL
    PREWHERE operation_id = {operation_id:UInt32} AND dialed_at <= toDateTime({as_of:UInt32})${only ? ` AND ${only.sql}` : ''}
    GROUP BY telephone ${having}`;
  const conditions = [
    ...(verdict === undefined ? [] : ['v_verdict = {verdict:String}']),
    ...(behind ? [behind.sql] : []),
  ];
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return {
    columns: VERDICTS_COLUMNS,
    rows: `SELECT *, ${moment ? PUT_ASIDE : NOT_ASKED} FROM (${layered(grouped, layers)}) AS judged ${
      moment ? asideOf(only?.sql) : ''
    }${where}`,
    order,
    instantText: (value) => `formatDateTime(${value}, '%Y-%m-%dT%H:%i:%SZ', 'UTC')`,
    params: {
      ...params,
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

/** Where a telephone is not put aside, the join has zeros. */
const PUT_ASIDE = `nullIf(toDateTime(aside.changed_at, 'UTC'), toDateTime(0, 'UTC')) AS v_quarantined_at,
  if(aside.quarantined_until IN (0, ${NEVER_S}), NULL, toDateTime(aside.quarantined_until, 'UTC')) AS v_quarantined_until`;
const NOT_ASKED = ['at', 'until']
  .map((name) => `CAST(NULL, 'Nullable(DateTime(''UTC''))') AS v_quarantined_${name}`)
  .join(', ');

const asideOf = (where?: string) =>
  `ANY LEFT JOIN (${putAsideSql(where)}) AS aside ON judged.v_telephone = aside.telephone`;
