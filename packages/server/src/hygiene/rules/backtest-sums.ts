import { type BacktestDocument, VERDICTS } from '@recuento/contract';

/** Telephones with one verdict that the same thresholds take, summed up: by name, as the engine writes numbers. */
type Sums = Readonly<Record<string, unknown>>;

/**
 * The figures of a backtest.
 *
 * @param rows with `of_verdict`, and in `of_taken_by` a bit for each threshold that takes the telephones; and those of campaigns (`withCampaigns`)
 * @param after of all telephones, whether or not the rule takes them
 * @param chosen the bit of the rule itself
 */
export function backtestOf(
  rows: readonly Sums[],
  after: Pick<BacktestDocument, 'dials_after' | 'people_reached_after'>,
  thresholds: readonly number[],
  chosen: number,
): Omit<BacktestDocument, 'as_of' | 'until'> {
  const sums = rows.filter(({ campaign_id }) => campaign_id === null);
  const taken = takenAt(sums, chosen);
  const { telephones_taken, dials_saved, people_lost } = costOf(taken);
  return {
    telephones_taken,
    dials_after: after.dials_after,
    dials_saved,
    seconds_saved: secondsOf(taken),
    people_reached_after: after.people_reached_after,
    people_lost,
    by_verdict: VERDICTS.map((verdict) => {
      const of_verdict = taken.filter((row) => row.of_verdict === verdict);
      return { verdict, ...costOf(of_verdict), seconds_saved: secondsOf(of_verdict) };
    }),
    by_campaign: rows
      .filter(({ campaign_id }) => campaign_id !== null)
      .map((row) => ({
        campaign_id: Number(row.campaign_id),
        ...costOf([row]),
        seconds_saved: secondsOf([row]),
      })),
    curve: thresholds.map((threshold, at) => ({ threshold, ...costOf(takenAt(sums, at)) })),
  };
}

function takenAt(sums: readonly Sums[], bit: number): readonly Sums[] {
  return sums.filter((row) => (Number(row.of_taken_by) >>> bit) % 2 === 1);
}

function costOf(taken: readonly Sums[]) {
  return {
    telephones_taken: sumOf(taken, 'telephones_taken'),
    dials_saved: sumOf(taken, 'dials_saved'),
    people_lost: sumOf(taken, 'people_lost'),
  };
}

function secondsOf(taken: readonly Sums[]): number {
  return Math.round(sumOf(taken, 'ms_saved') / 1_000);
}

function sumOf(sums: readonly Sums[], name: string): number {
  return sums.reduce((sum, row) => sum + Number(row[name]), 0);
}
