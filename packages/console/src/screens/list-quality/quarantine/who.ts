import type { TokenDocument } from '@recuento/contract';
import { useQuery } from '@tanstack/react-query';
import { useSay } from '../../../language/language.js';
import { useCalls } from '../../../operation/calls.js';
import { useCaller } from '../../../operation/operation.js';
import { useMayAct } from './queries.js';

const WORDS = {
  administrator: { en: 'the administrator', es: 'el administrador' },
  itself: { en: 'Recuento, by itself', es: 'Recuento, por sí solo' },
  you: { en: 'you ({name})', es: 'usted ({name})' },
  token: { en: 'token {id}', es: 'token {id}' },
} as const;

/** Names change seldom. */
const STALE_MS = 5 * 60_000;
/** Of an id, as much as tells tokens apart. */
const ID_CHARS = 8;

/** Who did something, for people. The names of tokens are known to those with the scope `admin` alone. */
export function useWho(): (by: string) => string {
  const say = useSay();
  const calls = useCalls();
  const { token } = useCaller();
  const tokens = useQuery({
    queryKey: [calls.key, 'quarantine', 'tokens'],
    queryFn: ({ signal }) =>
      calls.documentOf<{ readonly tokens: readonly TokenDocument[] }>('/v1/tokens', { signal }),
    enabled: useMayAct(),
    staleTime: STALE_MS,
  });
  return (by) => {
    if (by === 'admin') return say(WORDS.administrator);
    if (by === 'recuento') return say(WORDS.itself);
    if (by === token?.id) return say(WORDS.you, { name: token.name });
    const named = tokens.data?.tokens.find(({ id }) => id === by);
    return named?.name ?? say(WORDS.token, { id: by.slice(0, ID_CHARS) });
  };
}
