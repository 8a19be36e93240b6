import type { SessionDocument } from '@recuento/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call, documentOf } from '../api/call.js';
import { Problem } from '../api/problem.js';
import { leave } from './leave.js';

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
  const code = takeLinkCode();
  try {
    if (code !== undefined) return await signIn(code);
    return await documentOf<SessionDocument>('/v1/session', { signal });
  } catch (error) {
    if (!isNobody(error)) throw error;
    if (code !== undefined) history.replaceState(null, '', `${location.pathname}${location.search}${USED}`);
    return null;
  }
}

/** @param token or the code of a link */
function signIn(token: string): Promise<SessionDocument> {
  return documentOf<SessionDocument>('/v1/session', { method: 'POST', token });
}

/** Where the link by which the page was opened signs in no more, the address says so. */
const USED = '#link-used';

export function isLinkUsed(): boolean {
  return location.hash === USED;
}

const LINK = /^#sign-in=(rcl_[\w-]+)$/;

/** The code of the link by which the page was opened. It serves once, so it is taken out of the address. */
function takeLinkCode(): string | undefined {
  const code = LINK.exec(location.hash)?.[1];
  if (code !== undefined) history.replaceState(null, '', location.pathname + location.search);
  return code;
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: signIn,
    onSuccess: (session) => client.setQueryData(KEY, session),
  });
}

/** A session that has ended already is as good as one that is ended now. */
export function useSignOut() {
  return useMutation({
    mutationFn: () =>
      call('/v1/session', { method: 'DELETE' }).catch((error: unknown) => {
        if (!isNobody(error)) throw error;
      }),
    onSuccess: leave,
  });
}

function isNobody(error: unknown): boolean {
  return error instanceof Problem && (error.status === 401 || error.status === 403);
}
