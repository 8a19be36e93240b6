import type { UsageDocument } from '@recuento/contract';
import { useQuery } from '@tanstack/react-query';
import { useCalls } from '../../operation/calls.js';

/** Programs go on calling while somebody looks. */
const RENEWED_MS = 60_000;

/** Today's calls of the documented API, and the operation's limits. */
export function useUsage() {
  const calls = useCalls();
  return useQuery({
    queryKey: [calls.key, 'usage'],
    queryFn: ({ signal }) => calls.documentOf<UsageDocument>('/v1/usage', { signal }),
    refetchInterval: RENEWED_MS,
  });
}
