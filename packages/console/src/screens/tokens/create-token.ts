import type { TokenDocument } from '@recuento/contract';
import { useMutation } from '@tanstack/react-query';
import type { OperationCalls } from '../../operation/calls.js';
import type { TokenDraft } from './token-form.js';

/** What the API answers when it creates a token: the only reply with its secret. */
export interface NewToken extends TokenDocument {
  readonly token: string;
}

/**
 * Creates tokens. The reply is forgotten with the component that asked: no cache keeps the secret.
 *
 * @param calls those of the screen's operation, or of another one
 */
export function useCreateToken(calls: Pick<OperationCalls, 'documentOf'>, onCreated: () => Promise<unknown>) {
  return useMutation({
    mutationFn: (draft: TokenDraft) =>
      calls.documentOf<NewToken>('/v1/tokens', { method: 'POST', body: draft }),
    gcTime: 0,
    onSuccess: onCreated,
  });
}
