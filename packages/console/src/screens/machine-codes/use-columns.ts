import { useState } from 'react';
import { keep } from '../../where/keep.js';
import { COLUMNS, DEFAULT_COLUMNS } from './columns.js';

const KEPT = 'recuento-machine-codes-columns';
/** Below this, a table of many columns is mostly out of sight. */
const NARROW = '(max-width: 48rem)';

interface ChosenColumns {
  readonly chosen: ReadonlySet<string>;
  readonly show: (name: string, is_shown: boolean) => void;
}

/** The columns that the reader chose; this browser keeps them. */
export function useColumns(): ChosenColumns {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(firstColumns);
  const show = (name: string, is_shown: boolean) => {
    const changed = COLUMNS.map((column) => column.name).filter((other) =>
      other === name ? is_shown : chosen.has(other),
    );
    keep(KEPT, changed.join(' '));
    setChosen(new Set(changed));
  };
  return { chosen, show };
}

function firstColumns(): ReadonlySet<string> {
  const kept = localStorage.getItem(KEPT);
  if (kept !== null) return new Set(kept.split(' '));
  return new Set(matchMedia(NARROW).matches ? DEFAULT_COLUMNS.narrow : DEFAULT_COLUMNS.wide);
}
