import { LANGUAGES, type SessionDocument } from '@recuento/contract';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useLanguage, useSay } from '../language/language.js';
import { Foreign } from '../parts/foreign.js';
import { useSignOut } from '../session/session.js';
import { useWhere } from '../where/where.js';

const WORDS = {
  documentation: { en: 'Documentation', es: 'Documentación' },
  skip: { en: 'Skip to the content', es: 'Saltar al contenido' },
  language: { en: 'Language', es: 'Idioma' },
  administrator: { en: 'Administrator', es: 'Administrador' },
  out: { en: 'Sign out', es: 'Salir' },
  not_out: { en: 'You are still signed in. Try again.', es: 'La sesión sigue abierta. Inténtelo de nuevo.' },
} as const;

/** The name of each language in that language. */
const NAMES = { en: 'English', es: 'Español' } as const;

interface BannerProps {
  readonly session: SessionDocument | undefined;
  readonly children?: ReactNode;
}

/** The same on every screen, and like that of the documentation. */
export function Banner({ session, children }: BannerProps) {
  const say = useSay();
  const { language, speak } = useLanguage();
  const { hrefOf } = useWhere();
  const sign_out = useSignOut();
  const others = LANGUAGES.filter((other) => other !== language);
  return (
    <header className="banner">
      <a className="skip" href="#content">
        {say(WORDS.skip)}
      </a>
      <Link className="brand" href={hrefOf('/')}>
        <strong>Recuento</strong>{' '}
        {session && <Foreign text={session.operation?.name ?? say(WORDS.administrator)} />}
      </Link>
      {children}
      <a href={`/docs?lang=${language}`}>{say(WORDS.documentation)}</a>
      <nav className="languages" aria-label={say(WORDS.language)}>
        {others.map((other) => (
          <button key={other} type="button" lang={other} onClick={() => speak(other)}>
            {NAMES[other]}
          </button>
        ))}
      </nav>
      {sign_out.isError && <span role="alert">{say(WORDS.not_out)}</span>}
      {session && (
        <button type="button" onClick={() => sign_out.mutate()}>
          {say(WORDS.out)}
        </button>
      )}
    </header>
  );
}
