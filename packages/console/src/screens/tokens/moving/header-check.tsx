import { useSay } from '../../../language/language.js';
import { Check } from './check.js';
import type { headerVerdict } from './verdict.js';

const WORDS = {
  title: { en: 'The header wolkvox_server arrives', es: 'El encabezado wolkvox_server llega' },
  open: {
    en: 'The trial call tells: some proxies drop headers with an underscore, and then a program that points at the wrong operation is not told.',
    es: 'Lo dice la llamada de prueba: algunos proxies quitan los encabezados con guion bajo, y entonces a un programa que apunta a otra operación no se le avisa.',
  },
  arrives: {
    en: 'A call for another server was refused, as it should be.',
    es: 'Una llamada para otro servidor se rechazó, como debe ser.',
  },
  lost: {
    en: 'A call for another server was answered: something on the way drops the header. In nginx, set underscores_in_headers on.',
    es: 'Una llamada para otro servidor se respondió: algo en el camino quita el encabezado. En nginx, ponga underscores_in_headers on.',
  },
  refused: {
    en: 'Calls are refused for another reason, so it cannot be told. The trial’s replies say which.',
    es: 'Las llamadas se rechazan por otra razón, así que no se puede saber. Las respuestas de la prueba dicen cuál.',
  },
} as const;

/** Whether a program that names another server is told so. */
export function HeaderCheck({ verdict }: { readonly verdict: ReturnType<typeof headerVerdict> }) {
  const say = useSay();
  return <Check title={say(WORDS.title)} standing={verdict.standing} found={say(WORDS[verdict.case])} />;
}
