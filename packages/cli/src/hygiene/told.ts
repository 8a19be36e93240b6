import type { BacktestDocument, PreviewDocument } from '@recuento/contract';
import { peopleTable } from '../report/people-table.js';
import { table } from '../table.js';

/** What a table of verdicts shows first: the rest of a row is in `--format csv`. */
const SHOWN = ['telephone', 'verdict', 'probability', 'attempts', 'days', 'last_dialed_at', 'reason'];

export type VerdictRow = Readonly<Record<string, unknown>>;

/** Rows of verdicts for people. */
export function verdictsTold(rows: readonly VerdictRow[], width_chars: number): string {
  const shown = rows.map((row) =>
    Object.fromEntries(
      SHOWN.map((name) => [name, typeof row[name] === 'number' ? row[name] : String(row[name] ?? '')]),
    ),
  );
  return peopleTable(shown, width_chars);
}

/** What a rule takes, for people. */
export function previewTold({ telephones_taken, by_verdict }: PreviewDocument): string {
  const rows = Object.entries(by_verdict).filter(([, count]) => count > 0);
  return `${table(['verdict', 'telephones'], [...rows, ['all', telephones_taken]])}\n`;
}

/** What a rule would have done, for people. */
export function backtestTold(found: BacktestDocument): string {
  const { telephones_taken, dials_after, dials_saved, seconds_saved, people_reached_after, people_lost } =
    found;
  const totals = table(
    ['what', 'of', 'how many'],
    [
      ['telephones taken', '', telephones_taken],
      ['dials saved', dials_after, dials_saved],
      ['line hours saved', '', (seconds_saved / 3_600).toFixed(1)],
      ['people lost', people_reached_after, people_lost],
    ],
  );
  if (found.curve.length === 0) return `${totals}\n`;
  const curve = table(
    ['threshold', 'telephones_taken', 'dials_saved', 'people_lost'],
    found.curve.map((point) => [
      point.threshold,
      point.telephones_taken,
      point.dials_saved,
      point.people_lost,
    ]),
  );
  return `${totals}\n\n${curve}\n`;
}
