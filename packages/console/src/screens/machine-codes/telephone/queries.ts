import type {
  QuarantinedDocument,
  QuarantineEventDocument,
  ReasonCode,
  TelephoneAttemptDocument,
  Verdict,
} from '@recuento/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLanguage } from '../../../language/language.js';
import { useCalls } from '../../../operation/calls.js';

/** Attempts that are shown at a time. Few telephones have more. */
export const ATTEMPTS_SHOWN = 100;
/** Entries of a telephone's history that are shown: the newest. */
export const HISTORY_SHOWN = 20;

interface AttemptsPage {
  readonly attempts: readonly TelephoneAttemptDocument[];
  readonly next_cursor: string | null;
}

/** Attempts of a telephone, the newest first. */
export function useAttempts(telephone: string, cursor: string | undefined) {
  const calls = useCalls();
  return useQuery({
    queryKey: [calls.key, 'attempts', telephone, cursor],
    queryFn: ({ signal }) =>
      calls.documentOf<AttemptsPage>(`/v1/telephones/${encodeURIComponent(telephone)}/attempts`, {
        query: { limit: ATTEMPTS_SHOWN, cursor },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

/** What is read here of a row of `GET /v1/hygiene/verdicts`, as the contract's `VERDICTS_COLUMNS` describes it. */
export interface VerdictRow {
  readonly verdict: Verdict;
  readonly reason_code: ReasonCode;
  readonly reason: string;
  readonly probability: number;
  readonly attempts: number;
  readonly days: number;
  readonly people_reached: number;
  readonly last_alive_at: string | null;
  readonly line: string;
}

/** The verdict on a telephone; null where it was never dialed. */
export function useVerdict(telephone: string) {
  const calls = useCalls();
  const { language } = useLanguage();
  return useQuery({
    // The reason is a sentence of the reader's language.
    queryKey: [calls.key, 'verdict', telephone, language],
    queryFn: ({ signal }) =>
      calls.documentOf<{ readonly verdicts: readonly VerdictRow[] }>('/v1/hygiene/verdicts', {
        query: { telephone, limit: 1 },
        signal,
      }),
    select: ({ verdicts }) => verdicts[0] ?? null,
  });
}

/** Whether a telephone is put aside now; null where it is not. */
export function usePutAside(telephone: string) {
  const calls = useCalls();
  return useQuery({
    queryKey: [calls.key, 'quarantine', 'telephone', telephone],
    queryFn: ({ signal }) =>
      calls.documentOf<{ readonly quarantined: readonly QuarantinedDocument[] }>('/v1/hygiene/quarantine', {
        query: { telephone, limit: 1 },
        signal,
      }),
    select: ({ quarantined }) => quarantined[0] ?? null,
  });
}

/** When a telephone was put aside and back, the newest first. */
export function useQuarantineHistory(telephone: string) {
  const calls = useCalls();
  return useQuery({
    queryKey: [calls.key, 'quarantine', 'history', telephone],
    queryFn: ({ signal }) =>
      calls.documentOf<{ readonly history: readonly QuarantineEventDocument[] }>('/v1/hygiene/history', {
        query: { telephone, limit: HISTORY_SHOWN },
        signal,
      }),
    select: ({ history }) => history,
  });
}
