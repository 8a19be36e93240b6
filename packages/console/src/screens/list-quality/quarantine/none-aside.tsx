import { useSay } from '../../../language/language.js';
import { Empty } from '../../../parts/empty.js';
import { Foreign } from '../../../parts/foreign.js';

const WORDS = {
  history: { en: 'History', es: 'Historia' },
  none: { en: 'Nothing is put aside.', es: 'No hay nada apartado.' },
  not_found: { en: 'It is not put aside.', es: 'No está apartado.' },
  none_so: { en: 'No telephone is put aside this way.', es: 'Ningún teléfono está apartado así.' },
  none_about: {
    en: 'A rule puts aside what it takes, or you put a list aside here.',
    es: 'Una regla aparta lo que toma, o usted aparta aquí una lista.',
  },
} as const;

interface NoneAsideProps {
  readonly telephone: string | undefined;
  readonly is_narrowed: boolean;
  readonly show: (telephone: string) => void;
}

/** That no telephone is listed, and why. */
export function NoneAside({ telephone, is_narrowed, show }: NoneAsideProps) {
  const say = useSay();
  if (telephone !== undefined)
    return (
      <Empty title={say(WORDS.not_found)}>
        <p>
          <Foreign text={telephone} />
        </p>
        <button type="button" onClick={() => show(telephone)}>
          {say(WORDS.history)}
        </button>
      </Empty>
    );
  if (is_narrowed) return <Empty title={say(WORDS.none_so)} />;
  return (
    <Empty title={say(WORDS.none)}>
      <p>{say(WORDS.none_about)}</p>
    </Empty>
  );
}
