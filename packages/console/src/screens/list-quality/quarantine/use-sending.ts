import { DEFAULT_LIMITS, type UsageDocument } from '@recuento/contract';
import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useCalls } from '../../../operation/calls.js';
import { type ListTerms, newSending, type Sending, send } from './send-list.js';

export interface ListSending {
  /** Undefined: none since the console was opened, or the last one is put out of sight. */
  readonly sending: Sending | undefined;
  readonly begin: (telephones: readonly string[], terms: ListTerms) => void;
  /** Goes on with what failed. */
  readonly goOn: () => void;
  readonly forget: () => void;
}

/** A list on its way. It goes on while another screen is shown, and is found again here. */
export function useSending(): ListSending {
  const calls = useCalls();
  const client = useQueryClient();
  const key = [calls.key, 'a list on its way'];
  const { data } = useQuery<Sending | null>({
    queryKey: key,
    queryFn: skipToken,
    initialData: null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
  const keep = (now: Sending | null) => client.setQueryData<Sending | null>(key, now);
  /** As many as a call of this operation takes. */
  const partMax = async () => {
    const usage = await calls.documentOf<UsageDocument>('/v1/usage').catch(() => undefined);
    return usage?.limits.max_records ?? DEFAULT_LIMITS.max_records;
  };
  const { mutate } = useMutation({
    mutationFn: async (from: Sending) => send(calls, from, await partMax(), keep),
    onSettled: () => client.invalidateQueries({ queryKey: [calls.key] }),
    // Without a network it fails at once, instead of acting at some later time.
    networkMode: 'always',
  });
  const is_under_way = data?.state === 'under way';
  useEffect(() => {
    if (!is_under_way) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [is_under_way]);
  return {
    sending: data ?? undefined,
    begin: (telephones, terms) => {
      const sending = newSending(telephones, terms);
      keep(sending);
      mutate(sending);
    },
    goOn: () => {
      if (data?.state === 'failed') mutate(data);
    },
    forget: () => keep(null),
  };
}
