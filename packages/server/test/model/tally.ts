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

  /** Rows of `campaign_8` for the instants from `from_s` up to, not including, `until_s`. */
  campaign8(campaign: number | 'all', from_s: number, until_s: number): Record<string, string>[] {
    const counts = new Map<string, number[]>();
    for (const attempt of this.#attempts.values()) {
      const at_s = Math.floor(Date.parse(attempt.dialed_at) / 1_000);
      const column = FIVE.indexOf(attempt.result);
      if (column < 0 || at_s < from_s || at_s >= until_s) continue;
      if (campaign !== 'all' && attempt.campaign_id !== campaign) continue;
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
