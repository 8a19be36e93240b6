import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useSay } from '../language/language.js';
import { Failure } from './failure.js';

const WORDS = { loading: { en: 'Loading…', es: 'Cargando…' } } as const;

interface LoadedProps<Data> {
  readonly query: UseQueryResult<Data>;
  readonly children: (data: Data) => ReactNode;
  /** Room that is kept while it loads, in rem, so that nothing moves when it is there. */
  readonly height_rem?: number;
}

/** What a query brought; until then a quiet placeholder of its size, or why it did not come. */
export function Loaded<Data>({ query, children, height_rem = 8 }: LoadedProps<Data>) {
  // What came before stays on the screen when it can't be renewed, with the reason above it.
  if (query.data !== undefined) {
    return (
      <>
        {query.isError && <Failure error={query.error} again={query.refetch} />}
        {children(query.data)}
      </>
    );
  }
  if (query.isError) return <Failure error={query.error} again={query.refetch} />;
  return <Loading height_rem={height_rem} />;
}

/** A placeholder. It is told to screen readers, and seen only by who waits for longer than a moment. */
export function Loading({ height_rem = 8 }: { readonly height_rem?: number }) {
  const say = useSay();
  return (
    <div className="loading" role="status" style={{ minHeight: `${height_rem}rem` }}>
      <span>{say(WORDS.loading)}</span>
    </div>
  );
}
