import type { VerdictsQuestion } from '@recuento/contract';
import { z } from 'zod';
import { firstColumn } from '../reports/page.js';
import type { ReportRequest } from '../reports/report.js';
import { joinedRows, lastRow, type Rows, withoutLastRow } from '../reports/rows.js';
import { readTable } from '../reports/tables/table.js';
import type { Judgement } from './judging/judgement.js';
import type { Moment } from './quarantine/standing.js';
import { telephonesAfter } from './telephones-after.js';
import { rangeOf } from './verdicts-parts.js';
import {
  behindPlace,
  cursorOfVerdicts,
  isByTelephone,
  orderOfVerdicts,
  type VerdictsPlace,
} from './verdicts-place.js';
import { oneTelephone, type Telephones, verdictsTable } from './verdicts-table.js';

export interface VerdictsPage {
  /** The bytes of the rows, in pieces. */
  readonly rows: readonly Buffer[];
  readonly next_cursor: string | null;
}

/** A page of which question, and where it begins. */
export interface PageAsked extends Pick<VerdictsQuestion, 'campaign_id' | 'verdict' | 'telephone' | 'sort'> {
  readonly as_of_s: number;
  readonly limit: number;
  /** Which acts of the quarantine count. */
  readonly moment: Moment;
  /** Where the page before ended. */
  readonly after: VerdictsPlace | undefined;
}

/** Telephones that are judged at once while a page of one verdict is not full: at first, and at most. */
const FIRST_PART = 2_000;
const LAST_PART = 128_000;

/**
 * One page, `limit` rows at most. By telephone it costs what the page holds: only its telephones are judged. In any other order all
 * of them are.
 */
export async function verdictsPage(
  request: ReportRequest,
  judgement: Judgement,
  asked: PageAsked,
): Promise<VerdictsPage> {
  if (asked.telephone === undefined && isByTelephone(asked.sort))
    return pageInParts(request, judgement, asked);
  const found = await readSorted(request, judgement, asked);
  if (found.count <= asked.limit) return { rows: [found.rows], next_cursor: null };
  const page = withoutLastRow(found);
  const next = placeOfRow(asked, lastRow(page));
  return { rows: [page.rows], next_cursor: cursorOfVerdicts(asked.sort, next) };
}

function readSorted(request: ReportRequest, judgement: Judgement, asked: PageAsked): Promise<Rows> {
  const { campaign_id: campaign, verdict, telephone, sort, after, moment } = asked;
  const telephones: Telephones = {
    operation_id: request.selection.operation_id,
    campaign,
    verdict,
    moment,
    behind: after && (telephone === undefined ? behindPlace(sort, after) : { sql: 'false', params: {} }),
    only: telephone === undefined ? undefined : oneTelephone(telephone),
  };
  return readTable(request, verdictsTable(telephones, judgement, orderOfVerdicts(sort)), asked.limit + 1);
}

/** Judges telephones part by part, in their order, until the page is full. */
async function pageInParts(
  request: ReportRequest,
  judgement: Judgement,
  asked: PageAsked,
): Promise<VerdictsPage> {
  const { verdict, campaign_id: campaign, sort, as_of_s, limit, moment } = asked;
  const { operation_id } = request.selection;
  const found: Rows[] = [];
  let missing = limit;
  let part = verdict === undefined ? limit : Math.max(limit, FIRST_PART);
  let after = asked.after?.telephone;
  for (;;) {
    const { last, are_more } = await telephonesAfter(request, { after, sort, count: part, as_of_s });
    if (last === undefined) return { rows: joinedRows(found), next_cursor: null };
    const table = verdictsTable(
      { operation_id, campaign, verdict, moment, only: rangeOf(sort, after, last) },
      judgement,
      orderOfVerdicts(sort),
    );
    const rows = await readTable(request, table, missing + 1);
    if (rows.count > missing) {
      const kept = withoutLastRow(rows);
      const telephone = firstColumn(lastRow(kept));
      found.push(kept);
      return {
        rows: joinedRows(found),
        next_cursor: cursorOfVerdicts(sort, { as_of_s, value: 0, telephone }),
      };
    }
    found.push(rows);
    missing -= rows.count;
    if (!are_more) return { rows: joinedRows(found), next_cursor: null };
    if (missing === 0) {
      const next_cursor = cursorOfVerdicts(sort, { as_of_s, value: 0, telephone: last });
      return { rows: joinedRows(found), next_cursor };
    }
    after = last;
    part = Math.min(LAST_PART, 2 * part);
  }
}

const rowSchema = z.object({
  telephone: z.string(),
  probability: z.number(),
  attempts: z.number(),
  last_dialed_at: z.iso.datetime(),
});

/** The only row of a page that is ever parsed here. */
function placeOfRow({ sort, as_of_s }: PageAsked, row: Buffer): VerdictsPlace {
  const { telephone, probability, attempts, last_dialed_at } = rowSchema.parse(JSON.parse(row.toString()));
  const values: Readonly<Record<string, number>> = {
    probability: Math.round(probability * 10_000),
    attempts,
    last_dialed_at: Date.parse(last_dialed_at) / 1_000,
  };
  return { as_of_s, telephone, value: values[sort.replace(/^-/, '')] ?? 0 };
}
