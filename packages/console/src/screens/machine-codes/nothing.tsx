import { Link } from 'wouter';
import { useSay } from '../../language/language.js';
import { Empty } from '../../parts/empty.js';
import { Foreign } from '../../parts/foreign.js';
import { useWhere } from '../../where/where.js';
import { isFiltered, type Question } from './question.js';
import { otherSearches, readSearch } from './telephone-search.js';

const WORDS = {
  none: {
    en: 'No machine recognition in this period',
    es: 'Ningún reconocimiento de máquina en este período',
  },
  why: {
    en: 'Attempts come with an import or from your dialer, and are here at once. Or choose a longer period.',
    es: 'Los intentos llegan con una importación o desde su marcador, y aparecen aquí de inmediato. O elija un período más largo.',
  },
  imports: { en: 'Go to the imports', es: 'Ir a Importaciones' },
  no_match: { en: 'No telephone matches', es: 'Ningún teléfono coincide' },
  whole: {
    en: 'It had no machine recognition in this period, or it was dialed in another form.',
    es: 'No tuvo reconocimientos de máquina en este período, o se marcó escrito de otra forma.',
  },
  search: { en: 'Search for', es: 'Buscar' },
  open: { en: 'All that is known of it', es: 'Todo lo que se sabe de él' },
} as const;

interface NothingProps {
  readonly question: Question;
  readonly onOpen: (telephone: string) => void;
}

/** Why the table is empty, and what may be found instead. */
export function Nothing({ question, onOpen }: NothingProps) {
  const say = useSay();
  const { hrefOf, change } = useWhere();
  const search = readSearch(question.search);
  if (!isFiltered(question)) {
    return (
      <Empty title={say(WORDS.none)}>
        <p>{say(WORDS.why)}</p>
        <Link href={hrefOf('/imports')}>{say(WORDS.imports)}</Link>
      </Empty>
    );
  }
  return (
    <Empty title={say(WORDS.no_match)}>
      {search.kind === 'whole' && (
        <>
          <p>{say(WORDS.whole)}</p>
          <p className="actions">
            <button type="button" onClick={() => onOpen(search.telephone)}>
              {say(WORDS.open)}
            </button>
            {otherSearches(search.telephone).map((other) => (
              <button key={other} type="button" onClick={() => change({ search: other })}>
                {say(WORDS.search)} <Foreign text={other} />
              </button>
            ))}
          </p>
        </>
      )}
    </Empty>
  );
}
