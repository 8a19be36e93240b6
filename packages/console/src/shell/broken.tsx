import { useSay } from '../language/language.js';
import { Empty } from '../parts/empty.js';

const WORDS = {
  title: { en: 'This screen cannot be shown', es: 'No se puede mostrar esta pantalla' },
  about: {
    en: 'It may have been replaced by a newer version. Loading the page again usually helps.',
    es: 'Puede que haya una versión más nueva. Casi siempre basta con volver a cargar la página.',
  },
  reload: { en: 'Load again', es: 'Volver a cargar' },
} as const;

/** In place of a screen that failed. */
export function Broken() {
  const say = useSay();
  return (
    <main id="content" tabIndex={-1}>
      <h1>{say(WORDS.title)}</h1>
      <Empty title={say(WORDS.about)}>
        <button type="button" onClick={() => location.reload()}>
          {say(WORDS.reload)}
        </button>
      </Empty>
    </main>
  );
}
