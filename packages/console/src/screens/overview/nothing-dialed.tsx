import { Link } from 'wouter';
import { useLanguage, useSay } from '../../language/language.js';
import { Empty } from '../../parts/empty.js';
import { useWhere } from '../../where/where.js';

const WORDS = {
  title: { en: 'Nothing was dialed in this period', es: 'No se marcó nada en este período' },
  about: {
    en: 'Choose another one above. If there are no attempts here at all yet, they come from a dialer’s file, or from a program:',
    es: 'Elija otro arriba. Si todavía no hay ningún intento aquí, llegan con un archivo del marcador, o desde un programa:',
  },
  file: { en: 'Import a file', es: 'Importar un archivo' },
  program: { en: 'How programs send them', es: 'Cómo los envía un programa' },
} as const;

/** That a period is empty, and what to do about it. */
export function NothingDialed() {
  const say = useSay();
  const { language } = useLanguage();
  const { hrefOf } = useWhere();
  return (
    <Empty title={say(WORDS.title)}>
      <p>{say(WORDS.about)}</p>
      <p className="actions">
        <Link href={hrefOf('/imports')}>{say(WORDS.file)}</Link>
        <a href={`/docs/calls/post_attempts?lang=${language}`}>{say(WORDS.program)}</a>
      </p>
    </Empty>
  );
}
