import type { ReasonCode, Verdict } from '@recuento/contract';

/** What is known of a telephone: those columns of `GET /v1/hygiene/verdicts` that are shown. Instants are RFC 3339 in UTC. */
export interface VerdictRow {
  readonly telephone: string;
  readonly verdict: Verdict;
  readonly reason_code: ReasonCode;
  /** A sentence in the language of the call. */
  readonly reason: string;
  /** That the next attempt reaches a person, 0 to 1. */
  readonly probability: number;
  readonly attempts: number;
  readonly last_dialed_at: string;
  readonly quarantined_at: string | null;
  readonly quarantined_until: string | null;
  readonly line: string;
}

export interface VerdictRows {
  readonly verdicts: readonly VerdictRow[];
  readonly next_cursor: string | null;
}
