import { CODE_HEADINGS, type TelephoneAttemptDocument } from '@recuento/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { codeColour } from '../../../charts/codes.js';
import { useSay } from '../../../language/language.js';
import { useCalls } from '../../../operation/calls.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Foreign } from '../../../parts/foreign.js';
import { Loaded } from '../../../parts/loaded.js';
import { PlainTable } from '../../../parts/plain-table.js';
import { CellTitle } from '../cell-title.js';
import { EVIDENCE_WORDS } from './evidence-words.js';

const WORDS = {
  title: { en: 'Attempts behind it', es: 'Los intentos detrás' },
  about: { en: 'The latest first.', es: 'Primero los más recientes.' },
  when: { en: 'When', es: 'Cuándo' },
  result: { en: 'How it ended', es: 'Cómo terminó' },
  says: { en: 'What it says of the number', es: 'Qué dice del número' },
  in_fault: { en: 'Made in a trunk fault: not counted', es: 'Hecho en una falla de troncal: no cuenta' },
  trunk: { en: 'Trunk', es: 'Troncal' },
  campaign: { en: 'Campaign', es: 'Campaña' },
  older: { en: 'Older attempts', es: 'Intentos anteriores' },
  latest: { en: 'Back to the latest', es: 'Volver a los más recientes' },
  none: { en: 'There are none.', es: 'No hay ninguno.' },
} as const;

/** As many as a person looks through at a time. */
const PAGE_ROWS = 25;

interface AttemptsPage {
  readonly attempts: readonly TelephoneAttemptDocument[];
  readonly next_cursor: string | null;
}

/** What was dialed, and what each attempt says of the number; a page at a time. */
export function AttemptsBehind({ telephone }: { readonly telephone: string }) {
  const say = useSay();
  const calls = useCalls();
  const [cursor, setCursor] = useState<string>();
  const query = useQuery({
    queryKey: [calls.key, 'telephone attempts', telephone, PAGE_ROWS, cursor],
    queryFn: ({ signal }) =>
      calls.documentOf<AttemptsPage>(`/v1/telephones/${encodeURIComponent(telephone)}/attempts`, {
        query: { limit: PAGE_ROWS, cursor },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
  return (
    <section>
      <h3>{say(WORDS.title)}</h3>
      <Loaded query={query} height_rem={12}>
        {({ attempts, next_cursor }) => (
          <>
            <p className="quiet">{say(attempts.length === 0 ? WORDS.none : WORDS.about)}</p>
            {attempts.length > 0 && <AttemptsTable attempts={attempts} />}
            <p className="actions">
              {next_cursor !== null && (
                <button type="button" onClick={() => setCursor(next_cursor)}>
                  {say(WORDS.older)}
                </button>
              )}
              {cursor !== undefined && (
                <button type="button" onClick={() => setCursor(undefined)}>
                  {say(WORDS.latest)}
                </button>
              )}
            </p>
          </>
        )}
      </Loaded>
    </section>
  );
}

function AttemptsTable({ attempts }: Pick<AttemptsPage, 'attempts'>) {
  const say = useSay();
  const { moment } = useOperationFormats();
  return (
    <div className="list-quality-cards">
      <PlainTable
        caption={say(WORDS.title)}
        columns={[
          {
            key: 'when',
            title: say(WORDS.when),
            cell: ({ dialed_at }) => <time dateTime={dialed_at}>{moment(dialed_at)}</time>,
          },
          {
            key: 'result',
            title: say(WORDS.result),
            cell: ({ result }) => (
              <span className="list-quality-mark">
                <span
                  aria-hidden="true"
                  className="list-quality-swatch"
                  style={{ background: codeColour(result) }}
                />
                {say(CODE_HEADINGS[result])}
              </span>
            ),
          },
          {
            key: 'says',
            title: say(WORDS.says),
            cell: ({ evidence, in_trunk_fault }) =>
              say(in_trunk_fault ? WORDS.in_fault : EVIDENCE_WORDS[evidence]),
          },
          {
            key: 'trunk',
            title: say(WORDS.trunk),
            cell: ({ trunk }) => (
              <>
                <CellTitle title={say(WORDS.trunk)} /> {trunk === null ? '–' : <Foreign text={trunk} />}
              </>
            ),
          },
          {
            key: 'campaign',
            title: say(WORDS.campaign),
            cell: ({ campaign_id }) => (
              <>
                <CellTitle title={say(WORDS.campaign)} /> {campaign_id}
              </>
            ),
          },
        ]}
        rows={attempts}
        keyOf={({ dialed_at, campaign_id, attempt_id, telephone }) =>
          `${dialed_at} ${campaign_id} ${telephone} ${attempt_id}`
        }
      />
    </div>
  );
}
