import { Link } from 'wouter';
import { useSay } from '../language/language.js';
import { useWhere } from '../where/where.js';
import type { ScreenEntry } from './screens.js';

const WORDS = { screens: { en: 'Screens', es: 'Pantallas' } } as const;

/** The screens that the reader may see. */
export function Navigation({ screens }: { readonly screens: readonly ScreenEntry[] }) {
  const say = useSay();
  const { path, hrefOf } = useWhere();
  return (
    <nav className="screens" aria-label={say(WORDS.screens)}>
      {screens.map((screen) => (
        <Link
          key={screen.path}
          href={hrefOf(screen.path)}
          aria-current={screen.path === path ? 'page' : undefined}
        >
          {say(screen.title)}
        </Link>
      ))}
    </nav>
  );
}
