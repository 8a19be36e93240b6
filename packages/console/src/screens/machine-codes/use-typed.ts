import { useEffect, useRef, useState } from 'react';

/** As long as somebody pauses who has typed what they wanted. */
const PAUSE_MS = 300;

interface Typed {
  readonly value: string;
  readonly onType: (text: string) => void;
  readonly onBlur: () => void;
  /** Does not wait for the pause. */
  readonly now: () => void;
}

/**
 * A text that is being typed, and is asked for once its writer pauses. The first pause makes a step in the browser's history and the
 * following ones change that step, so that Back leads to what was asked before the typing began.
 *
 * @param asked what is asked for now, as the address tells it
 */
export function useTyped(asked: string, ask: (text: string, how: { replace: boolean }) => void): Typed {
  const [typed, setTyped] = useState<string>();
  const has_asked = useRef(false);
  const latest = useRef(ask);
  latest.current = ask;
  const now = () => {
    if (typed === undefined) return;
    setTyped(undefined);
    if (typed === asked) return;
    latest.current(typed, { replace: has_asked.current });
    has_asked.current = true;
  };
  const fire = useRef(now);
  fire.current = now;
  useEffect(() => {
    if (typed === undefined) return;
    const timer = setTimeout(() => fire.current(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return {
    value: typed ?? asked,
    onType: setTyped,
    now,
    onBlur: () => {
      now();
      has_asked.current = false;
    },
  };
}
