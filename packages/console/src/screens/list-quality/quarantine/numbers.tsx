import type { QuarantineCountsDocument } from '@recuento/contract';
import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';

const WORDS = {
  aside: { en: 'put aside now', es: 'apartados ahora' },
  due: { en: 'due for a re-test', es: 'listos para una nueva prueba' },
  soon: { en: 'due within 7 days', es: 'listos en los próximos 7 días' },
  without_time: { en: 'without an end date', es: 'sin fecha de fin' },
} as const;

/** How much is aside, at a glance. */
export function Numbers({ counts }: { readonly counts: QuarantineCountsDocument }) {
  const say = useSay();
  const formats = useOperationFormats();
  const numbers = [
    ['aside', counts.telephones],
    ['without_time', counts.telephones_without_time],
    ['soon', counts.telephones_due_soon],
    ['due', counts.telephones_due],
  ] as const;
  return (
    <dl className="quarantine-numbers">
      {numbers.map(([name, count]) => (
        <div key={name}>
          <dt>{say(WORDS[name])}</dt>
          <dd>{formats.count(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
