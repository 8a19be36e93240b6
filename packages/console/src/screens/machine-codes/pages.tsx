import { useSay } from '../../language/language.js';
import { useOperationFormats } from '../../operation/operation.js';

const WORDS = {
  pages: { en: 'Pages', es: 'Páginas' },
  previous: { en: 'Previous', es: 'Anterior' },
  next: { en: 'Next', es: 'Siguiente' },
  rows: { en: 'Telephones {first} to {last}', es: 'Teléfonos {first} a {last}' },
  none: { en: 'No telephones', es: 'Ningún teléfono' },
} as const;

interface PagesProps {
  /** The place of the first row in the whole table, from 1. */
  readonly first: number;
  readonly rows: number;
  readonly previous: (() => void) | undefined;
  readonly next: (() => void) | undefined;
}

/** Where a page is in the table, and the way to its neighbours. */
export function Pages({ first, rows, previous, next }: PagesProps) {
  const say = useSay();
  const { count } = useOperationFormats();
  const text =
    rows === 0 ? say(WORDS.none) : say(WORDS.rows, { first: count(first), last: count(first + rows - 1) });
  return (
    <nav className="codes-pages" aria-label={say(WORDS.pages)}>
      <span role="status">{text}</span>
      {/* Not `disabled`: a page that is on its way would take the focus from the button that asked for it. */}
      <button type="button" aria-disabled={!previous} onClick={previous}>
        {say(WORDS.previous)}
      </button>
      <button type="button" aria-disabled={!next} onClick={next}>
        {say(WORDS.next)}
      </button>
    </nav>
  );
}
