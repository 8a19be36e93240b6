import { type QuarantinedDocument, VERDICT_WORDS } from '@recuento/contract';
import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Foreign } from '../../../parts/foreign.js';
import { Loaded } from '../../../parts/loaded.js';
import { usePutAside, useVerdict, type VerdictRow } from './queries.js';

const WORDS = {
  title: { en: 'What is known of the number', es: 'Qué se sabe del número' },
  chance: { en: 'The next attempt reaches a person', es: 'El próximo intento contacta a una persona' },
  people: { en: 'People reached', es: 'Personas contactadas' },
  of_attempts: {
    en: '{people} in {attempts} {attempts: attempt|attempts}',
    es: '{people} en {attempts} {attempts: intento|intentos}',
  },
  alive: { en: 'Last sign of life', es: 'Última señal de vida' },
  never: { en: 'Never', es: 'Nunca' },
  line: { en: 'Line', es: 'Línea' },
  free: { en: 'Not in quarantine: it may be dialed.', es: 'No está en cuarentena: se puede marcar.' },
  aside: { en: 'In quarantine since {at}', es: 'En cuarentena desde el {at}' },
  until: { en: 'until {until}', es: 'hasta el {until}' },
  for_good: { en: 'until somebody puts it back', es: 'hasta que alguien lo devuelva' },
  nothing: {
    en: 'Nothing is known of it: it was never dialed as it is written here.',
    es: 'No se sabe nada de él: nunca se ha marcado tal como está escrito aquí.',
  },
} as const;

/** The verdict on a telephone and why, and whether it is put aside. */
export function Known({ telephone }: { readonly telephone: string }) {
  const say = useSay();
  return (
    <section className="codes-known">
      <h3>{say(WORDS.title)}</h3>
      <Loaded query={useVerdict(telephone)} height_rem={7}>
        {(verdict) =>
          verdict ? <Judged telephone={telephone} verdict={verdict} /> : <p>{say(WORDS.nothing)}</p>
        }
      </Loaded>
      <Loaded query={usePutAside(telephone)} height_rem={2}>
        {(put_aside) => <PutAside put_aside={put_aside} />}
      </Loaded>
    </section>
  );
}

interface JudgedProps {
  readonly telephone: string;
  readonly verdict: VerdictRow;
}

function Judged({ telephone, verdict }: JudgedProps) {
  const say = useSay();
  const { count, share, moment } = useOperationFormats();
  const { people_reached, attempts, last_alive_at, line } = verdict;
  return (
    <>
      <p>
        <strong className="codes-verdict">{say(VERDICT_WORDS[verdict.verdict])}</strong> {verdict.reason}
      </p>
      <dl className="codes-facts">
        <div>
          <dt>{say(WORDS.chance)}</dt>
          <dd>{share(verdict.probability)}</dd>
        </div>
        <div>
          <dt>{say(WORDS.people)}</dt>
          <dd>{say(WORDS.of_attempts, { people: count(people_reached), attempts: count(attempts) })}</dd>
        </div>
        <div>
          <dt>{say(WORDS.alive)}</dt>
          <dd>{last_alive_at === null ? say(WORDS.never) : moment(last_alive_at)}</dd>
        </div>
        {line.replace(/^\+/, '') !== telephone.replace(/^\+/, '') && (
          <div>
            <dt>{say(WORDS.line)}</dt>
            <dd>
              <Foreign text={line} />
            </dd>
          </div>
        )}
      </dl>
    </>
  );
}

function PutAside({ put_aside }: { readonly put_aside: QuarantinedDocument | null }) {
  const say = useSay();
  const { moment } = useOperationFormats();
  if (!put_aside) return <p>{say(WORDS.free)}</p>;
  const { at, until, reason } = put_aside;
  const end = until === null ? say(WORDS.for_good) : say(WORDS.until, { until: moment(until) });
  return (
    <p>
      {say(WORDS.aside, { at: moment(at) })}, {end}. <Foreign text={reason} />
    </p>
  );
}
