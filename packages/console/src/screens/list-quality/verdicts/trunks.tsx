import type { TrunksDocument } from '@recuento/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSay } from '../../../language/language.js';
import { useCalls } from '../../../operation/calls.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Empty } from '../../../parts/empty.js';
import { Foreign } from '../../../parts/foreign.js';
import { Loaded } from '../../../parts/loaded.js';
import { Panel } from '../../../parts/panel.js';
import { PlainTable } from '../../../parts/plain-table.js';
import { PeriodPicker } from '../../../period/period-picker.js';
import { usePeriod } from '../../../period/use-period.js';
import { CellTitle } from '../cell-title.js';
import { Result } from '../result.js';

const WORDS = {
  title: { en: 'How far trunks are believed', es: 'Qué tanto se les cree a las troncales' },
  about: {
    en: 'Some carriers say that a number does not exist when it only rang out. Each trunk is held against the others, and its word counts for what it is worth.',
    es: 'Algunos operadores dicen que un número no existe cuando solo timbró. Cada troncal se compara con las demás, y lo que dice cuenta por lo que vale.',
  },
  trunk: { en: 'Trunk', es: 'Troncal' },
  no_trunk: { en: 'Campaign {id}, trunk not told', es: 'Campaña {id}, sin troncal conocida' },
  attempts: { en: 'Attempts', es: 'Intentos' },
  wrong: { en: 'Wrongly says “does not exist”', es: 'Dice «no existe» sin ser cierto' },
  wrong_of: {
    en: 'of {share} of unanswered calls to living lines',
    es: 'del {share} de las llamadas sin contestar a líneas vivas',
  },
  worth: { en: 'What its word is worth', es: 'Cuánto vale lo que dice' },
  believed: {
    en: 'Believed: if it says so on two days, that is proof.',
    es: 'Se le cree: si lo dice en dos días, es prueba.',
  },
  not_believed: {
    en: 'Not believed by itself: it says so of living lines too.',
    es: 'No se le cree por sí sola: también lo dice de líneas vivas.',
  },
  ratio: {
    en: '{times} {times: time|times} as often of dead lines as of living ones',
    es: '{times} {times: vez|veces} más de líneas muertas que de vivas',
  },
  none: { en: 'No attempts in this period', es: 'No hay intentos en este período' },
  more: { en: 'Show more ({left})', es: 'Mostrar más ({left})' },
} as const;

type Trunk = TrunksDocument['trunks'][number];

/** As many rows as are added at a time. */
const SHOWN_ROWS = 25;

/** What the word of each trunk is worth, in plain words. */
export function Trunks() {
  const say = useSay();
  const calls = useCalls();
  const { from, to } = usePeriod();
  const query = useQuery({
    queryKey: [calls.key, 'hygiene', 'trunks', from, to],
    queryFn: ({ signal }) =>
      calls.documentOf<TrunksDocument>('/v1/hygiene/trunks', { query: { from, to }, signal }),
    select: ({ trunks }) => trunks,
    placeholderData: keepPreviousData,
  });
  return (
    <Panel title={say(WORDS.title)} about={say(WORDS.about)} actions={<PeriodPicker />}>
      <Loaded query={query} height_rem={14}>
        {(trunks) => (
          <Result is_old={query.isPlaceholderData}>
            {trunks.length === 0 ? <Empty title={say(WORDS.none)} /> : <TrunkTable trunks={trunks} />}
          </Result>
        )}
      </Loaded>
    </Panel>
  );
}

function TrunkTable({ trunks }: { readonly trunks: readonly Trunk[] }) {
  const say = useSay();
  const { count, share, decimal } = useOperationFormats();
  const [shown, setShown] = useState(SHOWN_ROWS);
  const left = trunks.length - shown;
  return (
    <div className="list-quality-cards">
      <PlainTable
        caption={say(WORDS.title)}
        columns={[
          { key: 'trunk', title: say(WORDS.trunk), cell: (trunk) => <TrunkName trunk={trunk} /> },
          {
            key: 'attempts',
            title: say(WORDS.attempts),
            kind: 'number',
            cell: ({ attempts }) => (
              <>
                <CellTitle title={say(WORDS.attempts)} /> {count(attempts)}
              </>
            ),
          },
          {
            key: 'worth',
            title: say(WORDS.worth),
            cell: ({ trusted, likelihood_ratio: times }) => (
              <>
                <span className={trusted ? 'list-quality-good' : 'list-quality-bad'}>
                  {say(trusted ? WORDS.believed : WORDS.not_believed)}
                </span>
                <br />
                <small className="quiet">
                  {say(WORDS.ratio, { times: times < 10 ? decimal(times) : count(Math.round(times)) })}
                </small>
              </>
            ),
          },
          {
            key: 'wrong',
            title: say(WORDS.wrong),
            cell: ({ says_invalid_of_living }) => (
              <>
                <CellTitle title={say(WORDS.wrong)} />{' '}
                {say(WORDS.wrong_of, { share: share(says_invalid_of_living) })}
              </>
            ),
          },
        ]}
        rows={trunks.slice(0, shown)}
        keyOf={({ trunk, campaign_id }) => `${campaign_id} ${trunk}`}
      />
      {left > 0 && (
        <p>
          <button type="button" onClick={() => setShown(shown + SHOWN_ROWS)}>
            {say(WORDS.more, { left: count(left) })}
          </button>
        </p>
      )}
    </div>
  );
}

function TrunkName({ trunk: { trunk, campaign_id } }: { readonly trunk: Trunk }) {
  const say = useSay();
  if (trunk !== null) return <Foreign text={trunk} />;
  return <span className="quiet">{say(WORDS.no_trunk, { id: String(campaign_id) })}</span>;
}
