import { WITH_VERDICT_COLUMNS } from '@recuento/contract';
import type { Accounts } from '../../../accounts/accounts.js';
import { type GiveTurn, RECORDS_A_TURN, Turns } from '../../../admission/turns.js';
import type { Engine } from '../../../attempts/engine/engine.js';
import type { Table } from '../../../reports/tables/table.js';
import { instantText } from '../../../time/instant-text.js';
import { type PutAside, type PutAsideFilter, readPutAside } from '../../quarantine/in-force.js';
import type { Reading } from '../../quarantine/read-rows.js';
import type { Moment } from '../../quarantine/standing.js';

/** Telephones that are read at a time: some MB, with the longest reasons. */
const READ_ROWS = 2_000;

/** What the telephones that are put aside are read of, and at which moment. */
interface Source {
  readonly stores: { readonly engine: Engine; readonly accounts: Pick<Accounts, 'hygieneActs'> };
  readonly moment: Moment;
  readonly reading: Reading;
  readonly give_turn: GiveTurn;
}

/**
 * The lines of the telephones that are put aside: telephone, reason, since and until when. The reasons are in the accounts, where the
 * engine does not see them, so the lines are made here, from a page of rows at a time.
 */
export async function* putAsideLines(
  { stores, moment, reading, give_turn }: Source,
  campaign_id: PutAsideFilter['campaign_id'],
  is_guarded: boolean,
): AsyncGenerator<Buffer> {
  const turns = new Turns(RECORDS_A_TURN, give_turn);
  for (let after = ''; ; ) {
    const rows = await readPutAside(stores, moment, { campaign_id, after, limit: READ_ROWS }, reading);
    const last = rows.at(-1);
    if (last === undefined) return;
    const lines: string[] = [];
    for (const row of rows) {
      const line = lineOf(row, is_guarded);
      if (turns.isOver(line.length)) await turns.give();
      lines.push(line);
    }
    yield Buffer.from(lines.join(''));
    if (rows.length < READ_ROWS) return;
    after = last.telephone;
  }
}

function lineOf({ telephone, reason, at_s, until_s }: PutAside, is_guarded: boolean): string {
  const texts = is_guarded ? [guarded(telephone), guarded(reason)] : [telephone, reason];
  const times = [instantText(at_s), ...(until_s === null ? [] : [instantText(until_s)])];
  const cells = [...texts, ...times].map((text) => `"${text.replaceAll('"', '""')}"`);
  return `${cells.join(',')}${until_s === null ? ',' : ''}\r\n`;
}

/** As the tables guard theirs (`reports/tables/files.ts`). */
function guarded(text: string): string {
  return /^[=+\-@\t\r']/.test(text) && !/^[+-][0-9]+$/.test(text) ? `'${text}` : text;
}

/** The table of telephones with verdicts: telephone, verdict, since and until when each is put aside. */
export function withVerdictTable(verdicts: Table): Table {
  return {
    ...verdicts,
    columns: WITH_VERDICT_COLUMNS,
    rows: `SELECT *, v_quarantined_at AS v_since, v_quarantined_until AS v_until FROM (${verdicts.rows})`,
  };
}
