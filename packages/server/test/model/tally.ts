import type { SentAttempt } from '../harness.js';

const FIVE = ['no_answer', 'answer_machine', 'busy', 'congestion', 'failed'];

/** What the store and `campaign_8` promise, in plain memory: a map by identity, counted telephone by telephone. */
export class Tally {
  readonly #attempts = new Map<string, SentAttempt>();

  deliver(upload: readonly SentAttempt[]): void {
    for (const attempt of upload) {
      const { campaign_id, telephone, dialed_at, attempt_id } = attempt;
      const identity = JSON.stringify([
        campaign_id,
        telephone,
        Math.floor(Date.parse(dialed_at) / 1_000),
        attempt_id,
      ]);
      this.#attempts.set(identity, attempt);
    }
  }

  /** How many attempts of each result. */
  byResult(campaign: number | 'all', from_s: number, until_s: number): Map<string, number> {
    return countOf(this.within(campaign, from_s, until_s).map(({ result }) => result));
  }

  /** How many records of each last result; see `campaign_1`. */
  byLastResult(campaign: number | 'all', from_s: number, until_s: number): Map<string, number> {
    const last = new Map<string, SentAttempt>();
    const order = (one: SentAttempt) => [one.dialed_at, one.attempt_id, one.telephone].join(' ');
    for (const attempt of this.within(campaign, from_s, until_s)) {
      const { campaign_id, customer_id, telephone } = attempt;
      const record = JSON.stringify([
        campaign_id,
        customer_id ?? null,
        customer_id === undefined ? telephone : null,
      ]);
      const before = last.get(record);
      if (before === undefined || order(before) < order(attempt)) last.set(record, attempt);
    }
    return countOf([...last.values()].map(({ result }) => result));
  }

  /** The attempts of a window, once each. */
  within(campaign: number | 'all', from_s: number, until_s: number): SentAttempt[] {
    return [...this.#attempts.values()].filter(({ campaign_id, dialed_at }) => {
      const at_s = Math.floor(Date.parse(dialed_at) / 1_000);
      return at_s >= from_s && at_s < until_s && (campaign === 'all' || campaign_id === campaign);
    });
  }

  /** Rows of `campaign_8` for the instants from `from_s` up to, not including, `until_s`. */
  campaign8(campaign: number | 'all', from_s: number, until_s: number): Record<string, string>[] {
    const counts = new Map<string, number[]>();
    for (const attempt of this.within(campaign, from_s, until_s)) {
      const column = FIVE.indexOf(attempt.result);
      if (column < 0) continue;
      const row = counts.get(attempt.telephone) ?? [0, 0, 0, 0, 0];
      row[column] = (row[column] ?? 0) + 1;
      counts.set(attempt.telephone, row);
    }
    return [...counts]
      .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      .map(([telephone, row]) => ({
        telephone,
        total_machine_recognitions: String(row.reduce((sum, count) => sum + count, 0)),
        ...Object.fromEntries(FIVE.map((code, column) => [code, String(row[column])])),
      }));
  }
}

function countOf(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
