import { useSay } from '../../../language/language.js';
import { Foreign } from '../../../parts/foreign.js';
import { useWhere } from '../../../where/where.js';

const WORDS = { why: { en: 'Why: {telephone}', es: 'Por qué: {telephone}' } } as const;

/** A telephone that opens what is known of it. It is part of the address, so that it can be sent to a colleague. */
export function WhyButton({ telephone }: { readonly telephone: string }) {
  const say = useSay();
  const { change } = useWhere();
  return (
    <button
      type="button"
      className="list-quality-link"
      title={say(WORDS.why, { telephone })}
      onClick={() => change({ why: telephone })}
    >
      <Foreign text={telephone} />
    </button>
  );
}
