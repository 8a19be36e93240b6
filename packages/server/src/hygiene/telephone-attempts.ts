import {
  type CampaignSelector,
  FIELD_LIMITS,
  type TelephoneAttemptDocument,
  textFault,
} from '@recuento/contract';
import { z } from 'zod';
import { parsePlace, writeCursor } from '../reports/cursor.js';
import type { ReportRequest } from '../reports/report.js';
import { instantText } from '../time/instant-text.js';
import { SAYS_DOUBTFUL, SAYS_INVALID, SAYS_TRUNK, SHOWS_LIFE } from './attempt-kinds.js';
import type { Fault } from './faults/fault.js';
import { faultSql } from './faults/fault-sql.js';
import { type LineSql, ofOneLine } from './spellings/line-sql.js';

/** Where an attempt is, from the newest on: its second, its campaign, the hash of its id, in digits, and the spelling. */
type Place = readonly [dialed_at_s: number, campaign_id: number, attempt_hash: string, telephone: string];

export interface AttemptsAsked {
  readonly telephone: string;
  readonly campaign: CampaignSelector;
  /** Seconds since 1970 UTC, both inclusive. */
  readonly from_s: number | undefined;
  readonly to_s: number | undefined;
  /** The last attempt of the page before. */
  readonly before: Place | undefined;
  readonly limit: number;
}

export interface AttemptsPage {
  readonly attempts: readonly TelephoneAttemptDocument[];
  readonly next_cursor: string | null;
}

type Row = readonly [
  attempt_hash: string,
  dialed_at_s: number,
  rest: Omit<TelephoneAttemptDocument, 'dialed_at'>,
];

/** As verdicts take attempts: what answers is alive, whatever else is said of it. */
const EVIDENCE = `multiIf(${SHOWS_LIFE}, 'line_lives', ${SAYS_INVALID}, 'number_invalid', ${SAYS_TRUNK}, 'trunk_at_fault',
  ${SAYS_DOUBTFUL}, 'number_doubtful', 'none')`;

/** The fields of a document beside its instant, each with its SQL. */
const FIELDS: Readonly<Record<keyof Row[2], string>> = {
  attempt_id: 'attempt_id',
  telephone: 'telephone',
  campaign_id: 'campaign_id',
  trunk: `nullIf(toString(trunk), '')`,
  result: 'toString(result)',
  amd: `nullIf(toString(amd), '')`,
  sip: 'sip',
  cause: 'cause',
  evidence: EVIDENCE,
  in_trunk_fault: `CAST(is_in_fault, 'Bool')`,
  customer_id: `nullIf(customer_id, '')`,
  agent_id: `nullIf(toString(agent_id), '')`,
  duration_seconds: 'duration_seconds',
};
const NAMES = Object.keys(FIELDS);

/**
 * The attempts of one telephone, in all spellings of its line, the newest first. Which campaigns dialed it the order by telephone
 * tells, and with these the engine goes to its rows by their key: it costs what the telephone was dialed.
 */
export async function telephoneAttempts(
  { engine, selection: { operation_id }, budget }: ReportRequest,
  { telephone, campaign, from_s, to_s, before, limit }: AttemptsAsked,
  { faults, lines }: { readonly faults: readonly Fault[]; readonly lines: LineSql },
): Promise<AttemptsPage> {
  const { in_fault, params } = faultSql(faults);
  const { in_key, exactly } = ofOneLine(lines);
  const campaigns =
    campaign.kind === 'one'
      ? '= {campaign_id:UInt32}'
      : `IN (SELECT campaign_id FROM held_by_telephone
          WHERE operation_id = {operation_id:UInt32} AND ${in_key})`;
  const where = `operation_id = {operation_id:UInt32} AND campaign_id ${campaigns} AND ${in_key}
    AND dialed_at >= toDateTime({from_s:UInt32}) AND dialed_at <= toDateTime({to_s:UInt32})`;
  const after = before
    ? `AND (toUInt32(dialed_at), campaign_id, attempt_hash, telephone)
        < ({at_s:UInt32}, {at_campaign:UInt32}, {at_hash:UInt64}, {at_telephone:String})`
    : '';
  const fields = Object.values(FIELDS).map((sql, at) => `${sql} AS f_${at}`);
  const bytes = await engine.read({
    // Of the rows of an attempt, each of another source, that with the highest version holds.
    sql: `SELECT toString(attempt_hash), toUInt32(dialed_at), ${fields.join(', ')} FROM (
        SELECT *, (NOT (${SHOWS_LIFE}) AND ${in_fault}) = 1 AS is_in_fault FROM (
          SELECT * FROM told FINAL PREWHERE ${where}
          ORDER BY campaign_id, telephone, dialed_at, attempt_hash, version DESC
          LIMIT 1 BY campaign_id, telephone, dialed_at, attempt_hash)
        WHERE ${exactly} ${after})
      ORDER BY dialed_at DESC, campaign_id DESC, attempt_hash DESC, telephone DESC LIMIT {limit:UInt32} FORMAT JSONCompactEachRow`,
    params: {
      ...params,
      ...lines.params,
      operation_id,
      telephone,
      ...(campaign.kind === 'one' && { campaign_id: campaign.campaign_id }),
      from_s: clamped(from_s ?? FIELD_LIMITS.dialed_at_min_s),
      to_s: clamped(to_s ?? FIELD_LIMITS.dialed_at_max_s),
      ...(before && { at_s: before[0], at_campaign: before[1], at_hash: before[2], at_telephone: before[3] }),
      limit: limit + 1,
    },
    fair_key: `operation ${operation_id}`,
    lane: 'short',
    ...budget.engine(),
  });
  const rows = bytes.toString().split('\n').filter(Boolean).map(rowIn);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    attempts: page.map(([, dialed_at_s, rest]) => ({ dialed_at: instantText(dialed_at_s), ...rest })),
    next_cursor: rows.length > limit && last ? cursorAt(last) : null,
  };
}

function rowIn(line: string): Row {
  const [attempt_hash, dialed_at_s, ...values]: [string, number, ...unknown[]] = JSON.parse(line);
  const rest = Object.fromEntries(NAMES.map((name, at) => [name, values[at]])) as Row[2];
  return [attempt_hash, dialed_at_s, rest];
}

/** Within the years that attempts can be of. */
function clamped(seconds: number): number {
  return Math.min(FIELD_LIMITS.dialed_at_max_s, Math.max(0, seconds));
}

const UINT32_MAX = 2 ** 32 - 1;
const placeSchema = z.tuple([
  z.int().min(0).max(UINT32_MAX),
  z.int().min(0).max(UINT32_MAX),
  z
    .string()
    .regex(/^\d{1,20}$/, { abort: true })
    .refine((digits) => BigInt(digits) < 2n ** 64n),
  z.string().refine((telephone) => textFault(telephone, FIELD_LIMITS.telephone_chars) === undefined),
]);

const cursorAt = ([attempt_hash, dialed_at_s, { campaign_id, telephone }]: Row) =>
  writeCursor(JSON.stringify([dialed_at_s, campaign_id, attempt_hash, telephone]));

/** @throws RecuentoError bad-parameter */
export function placeOfAttempts(cursor: string | undefined): Place | undefined {
  return parsePlace(cursor, placeSchema);
}
