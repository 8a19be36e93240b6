import type { QuarantineCountsDocument } from '@recuento/contract';
import { Link } from 'wouter';
import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Panel } from '../../../parts/panel.js';
import { useWhere } from '../../../where/where.js';
import { useWhen } from './when.js';

const WORDS = {
  title: { en: 'Re-tests', es: 'Nuevas pruebas' },
  about: {
    en: 'Numbers change hands. So what is aside until a day comes up again by itself, a few every quarter of an hour, and is dialed with the rest. If it is still dead, the rule takes it again.',
    es: 'Los números cambian de dueño. Por eso lo que está apartado hasta una fecha vuelve por sí solo, de a pocos cada cuarto de hora, y se marca con lo demás. Si sigue muerto, la regla lo toma otra vez.',
  },
  due: {
    en: '{due} {due: telephone|telephones} are due. The next {count} may be dialed again from {moment} on.',
    es: '{due} {due: teléfono|teléfonos} ya están listos. Desde el {moment} se les puede marcar a los siguientes {count}.',
  },
  due_one: {
    en: '1 telephone is due. It may be dialed again from {moment} on.',
    es: '1 teléfono ya está listo. Desde el {moment} se le puede marcar.',
  },
  see: { en: 'See them', es: 'Verlos' },
  none: { en: 'None is due now.', es: 'Ninguno está listo por ahora.' },
  next: {
    en: 'The next are due from {moment} on.',
    es: 'Desde el {moment} lo estarán los siguientes.',
  },
  never: {
    en: 'No telephone has a time: all of them stay aside until somebody puts them back.',
    es: 'Ningún teléfono tiene fecha: todos siguen apartados hasta que alguien los devuelva.',
  },
} as const;

/** What comes up by itself next. */
export function Retests({ counts }: { readonly counts: QuarantineCountsDocument }) {
  const say = useSay();
  const formats = useOperationFormats();
  const when = useWhen();
  const { path, hrefOf } = useWhere();
  const { telephones, telephones_due: due, next_due_at, next_retest } = counts;
  if (telephones === 0) return null;
  return (
    <Panel title={say(WORDS.title)} about={say(WORDS.about)} className="quarantine-panel">
      {next_retest ? (
        <p>
          {say(due === 1 ? WORDS.due_one : WORDS.due, {
            due: formats.count(due),
            count: formats.count(next_retest.telephones),
            moment: when.minute(next_retest.at),
          })}{' '}
          <Link href={hrefOf(path, { tab: 'quarantine', due: 'now' })}>{say(WORDS.see)}</Link>
        </p>
      ) : (
        <p>
          {next_due_at === null
            ? say(WORDS.never)
            : `${say(WORDS.none)} ${say(WORDS.next, { moment: when.minute(next_due_at) })}`}
        </p>
      )}
    </Panel>
  );
}
