import type { SessionDocument } from '@recuento/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call, documentOf } from '../api/call.js';
import { Problem } from '../api/problem.js';

const KEY = ['session'];

/** Who has signed in; null: nobody. */
export function useSession() {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => currentSession(signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

async function currentSession(signal: AbortSignal): Promise<SessionDocument | null> {
  try {
    return await documentOf<SessionDocument>('/v1/session', { signal });
  } catch (error) {
    if (error instanceof Problem && (error.status === 401 || error.status === 403)) return null;
    throw error;
  }
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (token: string) => documentOf<SessionDocument>('/v1/session', { method: 'POST', token }),
    onSuccess: (session) => client.setQueryData(KEY, session),
  });
}

export function useSignOut() {
  const forget = useForgetSession();
  return useMutation({
    mutationFn: () => call('/v1/session', { method: 'DELETE' }),
    onSuccess: forget,
  });
}

/** For when the session has ended: nothing of what was seen stays in the browser. */
export function useForgetSession(): () => void {
  const client = useQueryClient();
  return () => {
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== KEY[0] });
    client.setQueryData(KEY, null);
  };
}
