import { useSay } from './language/language.js';
import { useSession } from './session/session.js';
import { SignIn } from './session/sign-in.js';
import { Banner } from './shell/banner.js';
import { SignedIn } from './shell/signed-in.js';

const WORDS = {
  unreachable: {
    en: 'The service does not answer.',
    es: 'El servicio no responde.',
  },
  again: { en: 'Try again', es: 'Intentar de nuevo' },
} as const;

/** The whole console: its banner, and below it the screen, or the way in. */
export function App() {
  const say = useSay();
  const session = useSession();
  if (session.isPending) return <Banner session={undefined} />;
  if (session.isError) {
    return (
      <>
        <Banner session={undefined} />
        <main className="notice">
          <p role="alert">{say(WORDS.unreachable)}</p>
          <button type="button" onClick={() => session.refetch()}>
            {say(WORDS.again)}
          </button>
        </main>
      </>
    );
  }
  if (session.data) return <SignedIn session={session.data} />;
  return (
    <>
      <Banner session={undefined} />
      <SignIn />
    </>
  );
}
