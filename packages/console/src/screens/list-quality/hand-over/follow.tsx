import { Link } from 'wouter';
import { useLanguage, useSay } from '../../../language/language.js';
import { CommandLine } from './command-line.js';
import { useCurl } from './curl.js';
import { WithCode } from './with-code.js';
import './hand-over.css';
import { useWhere } from '../../../where/where.js';

const WORDS = {
  about: {
    en: 'A program that follows never misses a change and never sees one twice:',
    es: 'Un programa que sigue los cambios no pierde ninguno ni ve ninguno dos veces:',
  },
  ask: {
    en: 'Ask for the changes. The first time, it gets everything from the beginning.',
    es: 'Pida los cambios. La primera vez recibe todo desde el comienzo.',
  },
  apply: {
    en: 'Apply them in order: `quarantine` means “do not dial it”; `restore` and `retest` mean “dial it again”.',
    es: 'Aplíquelos en orden: `quarantine` significa «no marcarlo»; `restore` y `retest`, «se puede marcar otra vez».',
  },
  keep: {
    en: 'Keep `next`, and send it as `since` the next time.',
    es: 'Guarde `next` y envíelo como `since` la próxima vez.',
  },
  command: { en: 'Ask for the changes', es: 'Pedir los cambios' },
  webhook: {
    en: 'Or let Recuento post them, signed, as they happen:',
    es: 'O deje que Recuento los envíe, firmados, a medida que ocurren:',
  },
  add_webhook: {
    en: 'add a webhook for the changes of the quarantine',
    es: 'agregue un webhook para los cambios de la cuarentena',
  },
  reference: { en: 'The call in the documentation', es: 'La llamada en la documentación' },
} as const;

/** How a dialer follows what is put aside and back, as it happens. */
export function Follow() {
  const say = useSay();
  const { language } = useLanguage();
  const { hrefOf } = useWhere();
  const command = useCurl('/v1/hygiene/changes', { since: '' });
  return (
    <div className="hand-over-follow">
      <p>{say(WORDS.about)}</p>
      <ol>
        {(['ask', 'apply', 'keep'] as const).map((step) => (
          <li key={step}>
            <WithCode text={say(WORDS[step])} />
          </li>
        ))}
      </ol>
      <CommandLine label={say(WORDS.command)} command={command} />
      <p>
        {say(WORDS.webhook)} <Link href={hrefOf('/administration')}>{say(WORDS.add_webhook)}</Link>.
      </p>
      <p>
        <a href={`/docs/calls/quarantine_changes?lang=${language}`}>{say(WORDS.reference)}</a>
      </p>
    </div>
  );
}
