import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Loaded } from '../../parts/loaded.js';

interface CurrentProps<Data> {
  readonly query: UseQueryResult<Data>;
  readonly children: (data: Data) => ReactNode;
  readonly height_rem: number;
}

/** What a query brought. While another period is fetched, the numbers of the one before stay, and are seen to be old. */
export function Current<Data>({ query, children, height_rem }: CurrentProps<Data>) {
  const is_old = query.isPlaceholderData;
  return (
    <Loaded query={query} height_rem={height_rem}>
      {(data) => (
        <div className={is_old ? 'overview-body overview-old' : 'overview-body'} aria-busy={is_old}>
          {children(data)}
        </div>
      )}
    </Loaded>
  );
}
