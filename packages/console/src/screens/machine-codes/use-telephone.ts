import { useRef } from 'react';
import { useWhere } from '../../where/where.js';

interface ShownTelephone {
  /** Undefined: none is shown. */
  readonly telephone: string | undefined;
  /** The address at which a telephone is shown over what the screen shows now. */
  readonly hrefOf: (telephone: string) => string;
  readonly open: (telephone: string) => void;
  readonly close: () => void;
}

/** The telephone of the address, which is shown over the table. */
export function useTelephone(): ShownTelephone {
  const { path, params, change } = useWhere();
  const was_opened_here = useRef(false);
  return {
    telephone: params.get('telephone') ?? undefined,
    hrefOf: (telephone) => {
      const shown = new URLSearchParams(params);
      shown.set('telephone', telephone);
      return `${path}?${shown}`;
    },
    open: (telephone) => {
      was_opened_here.current = true;
      change({ telephone });
    },
    close: () => {
      // One step back where it was one step to here: then the browser's Back leads to what was shown before the table.
      if (was_opened_here.current) history.back();
      else change({ telephone: undefined }, { replace: true });
      was_opened_here.current = false;
    },
  };
}
