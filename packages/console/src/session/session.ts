import type { SessionDocument } from '@recuento/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call, documentOf } from '../api/call.js';
import { Problem } from '../api/problem.js';
import { spoken } from '../language/language.js';
import { plainTitle } from '../language/plain-title.js';
import { leave } from './leave.js';

const KEY = ['session'];

const WORDS = {
  replace: {
    en: 'You are signed in to “{name}”. Sign in by this link instead?',
    es: 'Tiene la sesión iniciada en «{name}». ¿Iniciar sesión con este enlace en su lugar?',
  },
} as const;

/** Who has signed in; null: nobody. */
export function useSession() {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => currentSession(signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

async function currentSession(signal: AbortSignal): Promise<SessionDocument | null> {
  const current = await sessionNow(signal);
  const code = takeLinkCode();
  // A link of somebody else's must not change whose numbers are shown without a word.
  if (code === undefined || (current && !confirm(replacing(current)))) return current;
  try {
    return await signIn(code);
  } catch (error) {
    if (!isNobody(error)) {
      history.replaceState(null, '', `${location.pathname}${location.search}#sign-in=${code}`); // to be tried again
      throw error;
    }
    if (!current) history.replaceState(null, '', `${location.pathname}${location.search}${USED}`);
    return current;
  }
}

async function sessionNow(signal: AbortSignal): Promise<SessionDocument | null> {
  try {
    return await documentOf<SessionDocument>('/v1/session', { signal });
  } catch (error) {
    if (!isNobody(error)) throw error;
    return null;
  }
}

function replacing({ operation }: SessionDocument): string {
  const text = WORDS.replace[document.documentElement.lang === 'es' ? 'es' : 'en'];
  return spoken(text, { name: plainTitle(operation?.name ?? 'Recuento') });
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

/** Whether the page's address is that of a link: one can be opened in a tab that shows the console already. */
export function isLink(): boolean {
  return LINK.test(location.hash);
}

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
