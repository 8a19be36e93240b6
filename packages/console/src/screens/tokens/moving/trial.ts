import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { type Answer, type Asked, askCampaign8 } from './ask.js';

/** What was found out by calling the service as a program would. */
export interface Trial {
  /** What the program's own window is answered. */
  readonly window: Answer;
  /** What a window is answered in which nothing was dialed. */
  readonly empty: Answer;
  /** What a program is answered that names another server. */
  readonly stranger: Answer;
  /** What the browser's clock is ahead of the service's, in ms; undefined: the service's time did not arrive. */
  readonly ahead_ms: number | undefined;
}

/** The first second that an attempt may have. Nobody dialed then. */
const NOTHING_DIALED = { date_ini: '20000101000000', date_end: '20000101000000' } as const;

/**
 * Makes the calls of a trial, one after another: a token may have few under way. Two of them count for the day; the one that names
 * another server is refused before it counts.
 */
export function useTrial() {
  const leaving = useRef(new AbortController());
  useEffect(() => {
    leaving.current = new AbortController();
    return () => leaving.current.abort();
  }, []);
  return useMutation({
    mutationFn: async ({ token, asked, server }: { token: string; asked: Asked; server: string }) => {
      const ask = (one: Asked) => askCampaign8(token, one, leaving.current.signal);
      const stranger = await ask({ ...asked, ...NOTHING_DIALED, server: otherThan(server) });
      const empty = await ask({ ...asked, ...NOTHING_DIALED, server });
      const window = await ask({ ...asked, server });
      const ahead_ms = window.at_ms === undefined ? undefined : Date.now() - window.at_ms;
      return { window, empty, stranger, ahead_ms } satisfies Trial;
    },
    // Nothing keeps the token once the check-list is left.
    gcTime: 0,
  });
}

/** A server code that is not this operation's. */
function otherThan(server: string): string {
  return server === 'another' ? 'other' : 'another';
}
