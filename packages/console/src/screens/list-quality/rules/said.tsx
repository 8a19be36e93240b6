import type { BacktestDocument, Text } from '@recuento/contract';
import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { couldAsWellBe, countedOf } from './figures.js';
import { useNumbers } from './use-numbers.js';

const WORDS = {
  took_none: {
    en: 'On that day the rule would have taken no telephone.',
    es: 'Ese día la regla no habría tomado ningún teléfono.',
  },
  took: {
    en: 'It would have put {taken} {taken: telephone|telephones} aside.',
    es: 'Habría apartado {taken} {taken: teléfono|teléfonos}.',
  },
  spared: {
    en: 'Of every {of} dials, {count} would have been spared',
    es: 'De cada {of} marcaciones se habrían ahorrado {count}',
  },
  spared_of: { en: '({saved} of {all}).', es: '({saved} de {all}).' },
  lost: {
    en: '{lost} of the {reached} people who were reached would not have been',
    es: 'No se habría llegado a {lost} de las {reached} personas con las que se habló',
  },
  lost_none: {
    en: 'Everybody who was reached ({reached} people) would have been reached all the same',
    es: 'A todas las personas con las que se habló ({reached}) se habría llegado igual',
  },
  lost_of: { en: '({share}).', es: '(el {share}).' },
  few: {
    en: 'With so few lost, chance plays a part: they could as well have been up to {many}.',
    es: 'Con tan pocas perdidas influye el azar: bien habrían podido ser hasta {many}.',
  },
  price: {
    en: 'Each person lost stands for {dials} dials spared. On the whole, one person was reached for every {usual} dials.',
    es: 'Por cada persona perdida se ahorran {dials} marcaciones. En general se habló con una persona por cada {usual} marcaciones.',
  },
} as const satisfies Record<string, Text>;

interface SaidProps {
  readonly found: BacktestDocument;
  /** The figures of the threshold that is chosen: those of the curve are there at once. */
  readonly point: Pick<BacktestDocument, 'telephones_taken' | 'dials_saved' | 'people_lost'>;
}

/** The figures to decide by, in sentences. */
export function Said({ found, point }: SaidProps) {
  const say = useSay();
  const { count } = useOperationFormats();
  const { dials_after: all, people_reached_after: reached } = found;
  const { telephones_taken: taken, dials_saved: saved, people_lost: lost } = point;
  if (taken === 0) return <p className="list-quality-said">{say(WORDS.took_none)}</p>;
  const spared = countedOf(saved / all);
  const many = couldAsWellBe(lost);
  return (
    <div className="list-quality-sentences">
      <p className="list-quality-said">
        {say(WORDS.spared, { count: count(spared.count), of: count(spared.of) })}{' '}
        <span className="quiet">{say(WORDS.spared_of, { saved: count(saved), all: count(all) })}</span>
      </p>
      {reached > 0 && <Lost lost={lost} reached={reached} />}
      <p className="quiet">
        {reached > 0 && many !== undefined && say(WORDS.few, { many: count(many) })}{' '}
        {lost > 0 &&
          say(WORDS.price, {
            dials: count(Math.round(saved / lost)),
            usual: count(Math.round(all / reached)),
          })}
      </p>
      <p className="quiet">{say(WORDS.took, { taken: count(taken) })}</p>
    </div>
  );
}

function Lost({ lost, reached }: { readonly lost: number; readonly reached: number }) {
  const say = useSay();
  const { count } = useOperationFormats();
  const { about } = useNumbers();
  if (lost === 0)
    return <p className="list-quality-said">{say(WORDS.lost_none, { reached: count(reached) })}.</p>;
  return (
    <p className="list-quality-said">
      {say(WORDS.lost, { lost: count(lost), reached: count(reached) })}{' '}
      <span className="quiet">{say(WORDS.lost_of, { share: about(lost / reached) })}</span>
    </p>
  );
}
