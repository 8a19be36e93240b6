import type { ImportDocument, RejectDocument } from '@recuento/contract';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCalls } from '../../../operation/calls.js';

/** Imports on a page: what is looked through without scrolling far. */
const PAGE_ROWS = 20;
/** How often something that goes on is looked at: as often as the service notes it. */
const LOOK_MS = 1_000;

export interface ImportsPage {
  readonly imports: readonly ImportDocument[];
  readonly next_cursor: string | null;
}

const goesOn = ({ state }: ImportDocument) => state === 'running' || state === 'undoing';

/**
 * A page of imports, the newest first. While one of them goes on it is read again and again.
 *
 * @param before the cursor of the page; undefined: the newest
 * @param is_sending something is being sent, which will show up
 */
export function useImports(before: string | undefined, is_sending: boolean) {
  const calls = useCalls();
  return useQuery({
    queryKey: [calls.key, 'imports', 'list', before],
    queryFn: ({ signal }) =>
      calls.documentOf<ImportsPage>('/v1/imports', { query: { cursor: before, limit: PAGE_ROWS }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (is_sending || state.data?.imports.some(goesOn) ? LOOK_MS : false),
  });
}

export function useImport(id: string) {
  const calls = useCalls();
  return useQuery({
    queryKey: [calls.key, 'imports', 'one', id],
    queryFn: ({ signal }) =>
      calls.documentOf<ImportDocument>(`/v1/imports/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: ({ state }) => (state.data && goesOn(state.data) ? LOOK_MS : false),
  });
}

interface Rejects {
  readonly rejected: number;
  readonly rejects: readonly RejectDocument[];
}

/** Rejected lines that are shown: enough to see what is wrong. The rest is in the file to download. */
export const REJECTS_SHOWN = 20;

export function useRejects(id: string, enabled: boolean) {
  const calls = useCalls();
  return useQuery({
    queryKey: [calls.key, 'imports', 'rejects', id],
    queryFn: ({ signal }) =>
      calls.documentOf<Rejects>(`/v1/imports/${encodeURIComponent(id)}/rejects`, {
        query: { limit: REJECTS_SHOWN },
        signal,
      }),
    enabled,
  });
}

/** To be called when attempts came or went: every number of the operation may be another one. */
export function useNumbersChanged(): () => void {
  const client = useQueryClient();
  const { key } = useCalls();
  return () => {
    client.invalidateQueries({ queryKey: [key] }).catch(() => undefined);
  };
}
