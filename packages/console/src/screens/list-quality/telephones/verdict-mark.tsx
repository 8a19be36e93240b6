import { VERDICT_WORDS, type Verdict } from '@recuento/contract';
import { useSay } from '../../../language/language.js';
import { VERDICT_COLOURS } from '../verdict-meaning.js';

/** A verdict with its colour. */
export function VerdictMark({ verdict }: { readonly verdict: Verdict }) {
  const say = useSay();
  return (
    <span className="list-quality-mark">
      <span
        aria-hidden="true"
        className="list-quality-swatch"
        style={{ background: VERDICT_COLOURS[verdict] }}
      />
      {say(VERDICT_WORDS[verdict])}
    </span>
  );
}
