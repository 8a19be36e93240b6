import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useLanguage } from '../../../language/language.js';
import { useCalls } from '../../../operation/calls.js';

/** Who types or moves a slider is waited for so long, so that not every step of it is computed. */
const SETTLES_MS = 500;
/** What was computed for a rule a minute ago is shown again at once. */
const STALE_MS = 60_000;

export interface Trial<Document> {
  readonly query: UseQueryResult<Document>;
  /** What is shown is that of an earlier rule: the new one is being computed, or is not complete yet. */
  readonly is_old: boolean;
  readonly is_computing: boolean;
}

/**
 * Tries a rule. Whatever is being computed for an earlier one is cancelled, also in the service.
 *
 * @param body undefined while the rule is not complete
 */
export function useTrial<Document>(name: 'preview' | 'backtest', body: object | undefined): Trial<Document> {
  const calls = useCalls();
  const { language } = useLanguage();
  const wanted = body === undefined ? undefined : JSON.stringify(body);
  const settled = useSettled(wanted);
  const sent: unknown = useMemo(() => (settled === undefined ? undefined : JSON.parse(settled)), [settled]);
  const query = useQuery({
    queryKey: [calls.key, 'hygiene', name, language, settled],
    queryFn: ({ signal }) =>
      calls.documentOf<Document>(`/v1/hygiene/${name}`, { method: 'POST', body: sent, signal }),
    enabled: settled !== undefined,
    placeholderData: keepPreviousData,
    staleTime: STALE_MS,
    refetchOnWindowFocus: false,
    // It took seconds to fail. Who wants it again presses a button.
    retry: false,
  });
  const is_waiting = wanted !== settled;
  return {
    query,
    is_old: is_waiting || query.isPlaceholderData,
    is_computing: wanted !== undefined && (is_waiting || query.isFetching),
  };
}

/** A text, once it has not changed for a while; the first one at once. */
function useSettled(text: string | undefined): string | undefined {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SETTLES_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
