import type { ImportState } from '@recuento/contract';
import { useSay } from '../../../language/language.js';
import { STATES } from '../words.js';

/** The state of an import. */
export function StateMark({ state }: { readonly state: ImportState }) {
  const say = useSay();
  return <span className={`imports-state ${state}`}>{say(STATES[state])}</span>;
}
