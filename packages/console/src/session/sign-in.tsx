import { type FormEvent, useId } from 'react';
import { Problem } from '../api/problem.js';
import { useSay } from '../language/language.js';
import { isLinkUsed, useSignIn } from './session.js';

const WORDS = {
  title: { en: 'Sign in', es: 'Iniciar sesión' },
  about: {
    en: 'With a token of your operation, or with that of the administrator, which the service printed when it first started.',
    es: 'Con un token de su operación, o con el del administrador, que el servicio mostró la primera vez que arrancó.',
  },
  used: {
    en: 'That link has been used or has expired: it signs in once. Sign in with a token here.',
    es: 'Ese enlace ya se usó o venció: sirve una sola vez. Inicie sesión aquí con un token.',
  },
  token: { en: 'Token', es: 'Token' },
  submit: { en: 'Sign in', es: 'Entrar' },
  unknown: {
    en: 'Nobody has this token: it may have been revoked, or a part of it is missing.',
    es: 'Nadie tiene este token: puede que lo hayan revocado, o que le falte una parte.',
  },
  unreachable: {
    en: 'The service does not answer. Try again in a moment.',
    es: 'El servicio no responde. Inténtelo de nuevo en un momento.',
  },
} as const;

/** The first screen of whoever has not signed in. */
export function SignIn() {
  const say = useSay();
  const id = useId();
  const sign_in = useSignIn();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const token = new FormData(event.currentTarget).get('token');
    if (typeof token === 'string' && token.trim() !== '') sign_in.mutate(token.trim());
  };
  return (
    <main className="sign-in">
      <h1>{say(WORDS.title)}</h1>
      {isLinkUsed() && <p role="status">{say(WORDS.used)}</p>}
      <p>{say(WORDS.about)}</p>
      <form onSubmit={submit}>
        {/* Password managers keep a name with each password. */}
        <input name="username" autoComplete="username" value="Recuento" readOnly hidden />
        <label htmlFor={id}>{say(WORDS.token)}</label>
        <input
          id={id}
          name="token"
          type="password"
          autoComplete="current-password"
          required
          spellCheck={false}
        />
        <button type="submit" disabled={sign_in.isPending}>
          {say(WORDS.submit)}
        </button>
        <p role="alert">{sign_in.error && say(refusalOf(sign_in.error))}</p>
      </form>
    </main>
  );
}

function refusalOf(error: Error) {
  return error instanceof Problem && error.status !== 0 && error.status < 500
    ? WORDS.unknown
    : WORDS.unreachable;
}
