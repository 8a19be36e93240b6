import type { EventKind, WebhookDocument, WebhookTestDocument } from '@recuento/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCalls } from '../../../operation/calls.js';

/** Events are delivered while somebody looks. */
const RENEWED_MS = 15_000;

/** The webhooks of the operation, oldest first. */
export function useWebhooks() {
  const calls = useCalls();
  return useQuery({
    queryKey: [calls.key, 'webhooks'],
    queryFn: ({ signal }) =>
      calls.documentOf<{ readonly webhooks: readonly WebhookDocument[] }>('/v1/webhooks', { signal }),
    select: ({ webhooks }) => webhooks,
    refetchInterval: RENEWED_MS,
  });
}

/** A webhook that is to be created, as the API takes it. */
export interface WebhookDraft {
  readonly url: string;
  readonly events: readonly EventKind[];
}

/** The reply is forgotten with the component that asked: no cache keeps the secret. */
export function useCreateWebhook() {
  const calls = useCalls();
  const renew = useRenew();
  return useMutation({
    mutationFn: (body: WebhookDraft) =>
      calls.documentOf<{ readonly secret: string }>('/v1/webhooks', { method: 'POST', body }),
    gcTime: 0,
    onSuccess: renew,
  });
}

export function useTestWebhook(id: string) {
  const calls = useCalls();
  const renew = useRenew();
  return useMutation({
    mutationFn: () => calls.documentOf<WebhookTestDocument>(`/v1/webhooks/${id}/test`, { method: 'POST' }),
    onSuccess: renew,
  });
}

export function useDeleteWebhook(id: string) {
  const calls = useCalls();
  const renew = useRenew();
  return useMutation({
    mutationFn: () => calls.call(`/v1/webhooks/${id}`, { method: 'DELETE' }),
    onSuccess: renew,
  });
}

function useRenew(): () => Promise<void> {
  const { key } = useCalls();
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: [key, 'webhooks'] });
}
