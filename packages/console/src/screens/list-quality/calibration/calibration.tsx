import type { CalibrationDocument } from '@recuento/contract';
import { useQuery } from '@tanstack/react-query';
import { useSay } from '../../../language/language.js';
import { useCalls } from '../../../operation/calls.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Empty } from '../../../parts/empty.js';
import { Loaded } from '../../../parts/loaded.js';
import { Panel } from '../../../parts/panel.js';
import { fewerMistakes, offBy, tellingBin } from './how-good.js';
import { Reliability } from './reliability.js';

const WORDS = {
  title: { en: 'Do the chances come true?', es: '¿Se cumplen las probabilidades?' },
  about: {
    en: 'What was known a week ago is held against what happened in the week since.',
    es: 'Lo que se sabía hace una semana, frente a lo que ha pasado desde entonces.',
  },
  bin: {
    en: 'Of {attempts} {attempts: attempt|attempts} that were given a chance of {from} to {to}, {reached} reached a person.',
    es: 'De {attempts} {attempts: intento|intentos} a los que se les dio una probabilidad de {from} a {to}, el {reached} llegó a una persona.',
  },
  off: {
    en: 'On average the chances were {points} percentage points away from what happened.',
    es: 'En promedio, las probabilidades estuvieron a {points} puntos porcentuales de lo que pasó.',
  },
  better: {
    en: 'They know more than the rate of each campaign: {share} less error than if every number of a campaign were the same.',
    es: 'Saben más que la tasa de cada campaña: {share} menos de error que si todos los números de una campaña fueran iguales.',
  },
  not_better: {
    en: 'They know no more than the rate of each campaign yet. Do not decide by them alone.',
    es: 'Todavía no saben más que la tasa de cada campaña. No decida solo por ellas.',
  },
  one: {
    en: 'A chance is no certainty: of a single number it says how often such numbers reach somebody, not what it will do.',
    es: 'Una probabilidad no es una certeza: de un número dice cada cuánto números así llegan a alguien, no lo que hará.',
  },
  none: { en: 'Nothing was dialed in the last week', es: 'En la última semana no se marcó nada' },
  none_about: {
    en: 'As soon as there are attempts, this shows whether the chances can be believed.',
    es: 'En cuanto haya intentos, aquí se verá si se puede creer en las probabilidades.',
  },
} as const;

/** How well the probabilities of a week ago foretold what happened since. */
export function Calibration() {
  const say = useSay();
  const calls = useCalls();
  const query = useQuery({
    queryKey: [calls.key, 'hygiene', 'calibration'],
    queryFn: ({ signal }) => calls.documentOf<CalibrationDocument>('/v1/hygiene/calibration', { signal }),
    staleTime: STALE_MS,
  });
  return (
    <Panel title={say(WORDS.title)} about={say(WORDS.about)}>
      <Loaded query={query} height_rem={30}>
        {(found) =>
          found.bins.length === 0 ? (
            <Empty title={say(WORDS.none)}>
              <p>{say(WORDS.none_about)}</p>
            </Empty>
          ) : (
            <>
              <Told found={found} />
              <Reliability bins={found.bins} />
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}

/** It is about a week: a minute changes nothing that is seen. */
const STALE_MS = 60_000;

function Told({ found }: { readonly found: CalibrationDocument }) {
  const say = useSay();
  const { share, count, decimal } = useOperationFormats();
  const bin = tellingBin(found.bins);
  const fewer = fewerMistakes(found);
  return (
    <div className="list-quality-sentences">
      {bin && (
        <p className="list-quality-said">
          {say(WORDS.bin, {
            attempts: count(bin.attempts),
            from: share(bin.from),
            to: share(bin.to),
            reached: share(bin.reached),
          })}
        </p>
      )}
      <p>
        {say(WORDS.off, { points: decimal(Math.round(offBy(found.bins) * 1_000) / 10) })}{' '}
        {fewer === undefined || fewer <= 0
          ? say(WORDS.not_better)
          : say(WORDS.better, { share: share(fewer) })}
      </p>
      <p className="quiet">{say(WORDS.one)}</p>
    </div>
  );
}
