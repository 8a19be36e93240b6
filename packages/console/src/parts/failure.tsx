import { type Fault, Problem } from '../api/problem.js';
import { useLanguage, useSay } from '../language/language.js';
import { Foreign } from './foreign.js';

const WORDS = {
  unreachable: {
    en: 'The service does not answer. What was shown before may be out of date.',
    es: 'El servicio no responde. Lo que se mostró antes puede estar desactualizado.',
  },
  faults: { en: 'It was not accepted, because of this:', es: 'No se aceptó, por esto:' },
  again: { en: 'Try again', es: 'Intentar de nuevo' },
  about: { en: 'About this error', es: 'Acerca de este error' },
} as const;

/** More do not help anybody to mend the first ones. */
const FAULTS_SHOWN = 10;

/** What went wrong, in the service's own words, with a way to try again and the page that explains it. */
export function Failure({ error, again }: { readonly error: Error; readonly again?: () => unknown }) {
  const say = useSay();
  const { language } = useLanguage();
  const known = error instanceof Problem && error.status !== 0;
  return (
    <div className="failure" role="alert">
      {known && error.faults.length > 0 ? (
        <Faults faults={error.faults} />
      ) : (
        <p>{known ? <Foreign text={error.message} /> : say(WORDS.unreachable)}</p>
      )}
      {(again || known) && (
        <p className="actions">
          {again && (
            <button type="button" onClick={() => again()}>
              {say(WORDS.again)}
            </button>
          )}
          {known && error.id !== '' && (
            <a href={`/docs/errors/${error.id}?lang=${language}`}>{say(WORDS.about)}</a>
          )}
        </p>
      )}
    </div>
  );
}

/** What is wrong with what was sent. Its words mark names of settings as code, which is not shown here. */
function Faults({ faults }: { readonly faults: readonly Fault[] }) {
  const say = useSay();
  return (
    <>
      <p>{say(WORDS.faults)}</p>
      <ul>
        {faults.slice(0, FAULTS_SHOWN).map(({ field, reason }) => (
          <li key={`${field} ${reason}`}>
            {field !== '' && (
              <code>
                <Foreign text={field} />
              </code>
            )}{' '}
            <Foreign text={reason.replaceAll('`', '')} />
          </li>
        ))}
      </ul>
    </>
  );
}
