import { useRef } from 'react';
import { useSay } from '../../../language/language.js';
import { useWhere } from '../../../where/where.js';

const WORDS = {
  pages: { en: 'Pages', es: 'Páginas' },
  first: { en: 'First page', es: 'Primera página' },
  before: { en: 'Previous page', es: 'Página anterior' },
  next: { en: 'Next page', es: 'Página siguiente' },
} as const;

interface PagingProps {
  /** Of the page that is shown; undefined for the first. */
  readonly cursor: string | undefined;
  readonly next_cursor: string | null;
}

/** Leads to the next page and back. The place is part of the address; which page came before it is known to whoever came that way. */
export function Paging({ cursor, next_cursor }: PagingProps) {
  const say = useSay();
  const { change } = useWhere();
  const before = useRef(new Map<string, string | undefined>());
  const go = (after: string | undefined) => change({ after });
  const next = (after: string) => {
    before.current.set(after, cursor);
    go(after);
  };
  if (cursor === undefined && next_cursor === null) return null;
  return (
    <nav className="actions" aria-label={say(WORDS.pages)}>
      {cursor !== undefined && (
        <button type="button" onClick={() => go(undefined)}>
          {say(WORDS.first)}
        </button>
      )}
      {cursor !== undefined && before.current.get(cursor) !== undefined && (
        <button type="button" onClick={() => go(before.current.get(cursor))}>
          {say(WORDS.before)}
        </button>
      )}
      {next_cursor !== null && (
        <button type="button" onClick={() => next(next_cursor)}>
          {say(WORDS.next)}
        </button>
      )}
    </nav>
  );
}
