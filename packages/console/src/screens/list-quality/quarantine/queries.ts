import type {
  QuarantineActDocument,
  QuarantineActWithUndoDocument,
  QuarantineCountsDocument,
  QuarantinedDocument,
  QuarantineEventDocument,
} from '@recuento/contract';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCalls } from '../../../operation/calls.js';
import { useCaller } from '../../../operation/operation.js';

/** Rows of a page of the table. */
const PAGE_ROWS = 50;
/** Acts of a page. */
const PAGE_ACTS = 5;
/** Entries of one telephone's history that are shown, the newest: nobody looks through more. */
const HISTORY_ROWS = 50;
/** Others act too: what is shown is asked for again so often while somebody looks. */
const AGAIN_MS = 60_000;

/** Whether the reader may put telephones aside and back. */
export function useMayAct(): boolean {
  return useCaller().scopes.includes('admin');
}

export function useCounts() {
  const calls = useCalls();
  return useQuery({
    queryKey: [calls.key, 'quarantine', 'counts'],
    queryFn: ({ signal }) =>
      calls.documentOf<QuarantineCountsDocument>('/v1/hygiene/quarantine/counts', { signal }),
    refetchInterval: AGAIN_MS,
  });
}

/** Which telephones are listed; each absent is all. */
export interface AsideFilter {
  readonly telephone: string | undefined;
  readonly held_by: string | undefined;
  readonly due: 'now' | undefined;
  readonly cursor: string | undefined;
}

interface AsidePage {
  readonly quarantined: readonly QuarantinedDocument[];
  readonly next_cursor: string | null;
}

export function useAside(filter: AsideFilter) {
  const calls = useCalls();
  return useQuery({
    queryKey: [calls.key, 'quarantine', 'aside', filter],
    queryFn: ({ signal }) =>
      calls.documentOf<AsidePage>('/v1/hygiene/quarantine', {
        query: { ...filter, limit: PAGE_ROWS },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: AGAIN_MS,
  });
}

interface ActsPage {
  readonly acts: readonly QuarantineActDocument[];
  readonly next_cursor: string | null;
}

/** What people and rules did; what dialers send all day is left out. */
export function useActs(cursor: string | undefined) {
  const calls = useCalls();
  return useQuery({
    queryKey: [calls.key, 'quarantine', 'acts', cursor],
    queryFn: ({ signal }) =>
      calls.documentOf<ActsPage>('/v1/hygiene/acts', {
        query: { add_dnc: 'without', cursor, limit: PAGE_ACTS },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: AGAIN_MS,
  });
}

/** One act, and what undoing it would do now. */
export function useAct(id: string) {
  const calls = useCalls();
  return useQuery({
    queryKey: [calls.key, 'quarantine', 'act', id],
    queryFn: ({ signal }) =>
      calls.documentOf<QuarantineActWithUndoDocument>(`/v1/hygiene/acts/${id}`, { signal }),
    // Another may have acted since it was shown.
    staleTime: 0,
    gcTime: 0,
  });
}

interface HistoryPage {
  readonly history: readonly QuarantineEventDocument[];
  readonly next_cursor: string | null;
}

export function useTelephoneHistory(telephone: string) {
  const calls = useCalls();
  return useQuery({
    queryKey: [calls.key, 'quarantine', 'history', telephone],
    queryFn: ({ signal }) =>
      calls.documentOf<HistoryPage>('/v1/hygiene/history', {
        query: { telephone, limit: HISTORY_ROWS },
        signal,
      }),
  });
}

/** What is sent to put telephones back: one by one, or all that an act holds. */
export type Restore =
  | { readonly telephones: readonly [string]; readonly reason?: string }
  | { readonly id: string; readonly reason?: string };

/** Puts telephones back. Sent again, it does nothing a second time. */
export function useRestore() {
  const calls = useCalls();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Restore) =>
      calls.documentOf<{ readonly telephones_restored: number }>('/v1/hygiene/restore', {
        method: 'POST',
        body,
      }),
    // Without a network it fails at once, instead of acting at some later time.
    networkMode: 'always',
    // Also where it failed: it may be done all the same.
    onSettled: () => client.invalidateQueries({ queryKey: [calls.key] }),
  });
}
