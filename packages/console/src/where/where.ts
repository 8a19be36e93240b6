import { useMemo } from 'react';
import { useLocation } from 'wouter';
// The router's own `useSearchParams` decodes a query twice: a telephone with a % would become another one.
import { navigate, useSearch } from 'wouter/use-browser-location';

/** Parts of the address that hold on every screen: they come along when a link leads to another one. */
const KEPT = ['operation', 'period', 'from', 'to', 'campaign'] as const;

/** Values of the address's query; undefined takes one away. */
export type Changes = Readonly<Record<string, string | undefined>>;

/** Where the reader is. What a screen shows is told by its address alone, so that it can be kept, sent and reloaded. */
export interface Where {
  readonly path: string;
  readonly params: URLSearchParams;
  /** Shows the same screen with other values. By default the browser's Back button leads to the values of before. */
  readonly change: (changes: Changes, how?: { readonly replace?: boolean }) => void;
  /** The address of a screen, with what holds on every screen and with these values. */
  readonly hrefOf: (path: string, changes?: Changes) => string;
}

export function useWhere(): Where {
  const [path] = useLocation();
  const search = useSearch();
  const params = useMemo(() => new URLSearchParams(search), [search]);
  return {
    path,
    params,
    change: (changes, { replace = false } = {}) => {
      // As the address is now: several changes may come before the next drawing.
      const query = changed(new URLSearchParams(location.search), changes);
      navigate(query.size === 0 ? location.pathname : `${location.pathname}?${query}`, { replace });
    },
    hrefOf: (to, changes = {}) => {
      const kept = new URLSearchParams();
      for (const name of KEPT) {
        const value = params.get(name);
        if (value !== null) kept.set(name, value);
      }
      const query = changed(kept, changes);
      return query.size === 0 ? to : `${to}?${query}`;
    },
  };
}

function changed(params: URLSearchParams, changes: Changes): URLSearchParams {
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) params.delete(name);
    else params.set(name, value);
  }
  return params;
}
