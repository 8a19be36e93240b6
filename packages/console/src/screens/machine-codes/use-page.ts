import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Sent } from '../../api/call.js';
import { useCalls } from '../../operation/calls.js';
import type { MachineCodesPage } from './machine-codes-row.js';

/** What a screen shows at a time; a page is also all that is ever drawn. */
export const PAGE_ROWS = 50;

/** Who reads a page does not want it to change meanwhile. */
const STALE_MS = 5 * 60_000;

interface Seen {
  readonly question: string;
  /** Where each page after the first begins, up to the one that is shown. */
  readonly cursors: readonly string[];
}

/** A page of the table, and the way to its neighbours. Another question begins with its first page. */
export function usePage(query: NonNullable<Sent['query']> | undefined) {
  const calls = useCalls();
  const question = JSON.stringify(query);
  const [seen, setSeen] = useState<Seen>({ question, cursors: [] });
  const cursors = seen.question === question ? seen.cursors : [];
  const cursor = cursors.at(-1);
  const page = useQuery({
    queryKey: [calls.key, 'machine-codes', question, cursor],
    queryFn: ({ signal }) =>
      calls.documentOf<MachineCodesPage>('/v1/machine-codes', {
        query: { ...query, cursor, limit: PAGE_ROWS },
        signal,
      }),
    enabled: query !== undefined,
    placeholderData: keepPreviousData,
    staleTime: STALE_MS,
    refetchOnWindowFocus: false,
  });
  const next_cursor = page.isPlaceholderData ? null : (page.data?.next_cursor ?? null);
  return {
    page,
    /** From 0. */
    number: cursors.length,
    next: next_cursor === null ? undefined : () => setSeen({ question, cursors: [...cursors, next_cursor] }),
    previous: cursors.length === 0 ? undefined : () => setSeen({ question, cursors: cursors.slice(0, -1) }),
  };
}
