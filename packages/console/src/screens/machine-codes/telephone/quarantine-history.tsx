import type { QuarantineEventDocument, Text } from '@recuento/contract';
import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Foreign } from '../../../parts/foreign.js';
import { Loaded } from '../../../parts/loaded.js';
import { PlainTable } from '../../../parts/plain-table.js';
import { HISTORY_SHOWN, useQuarantineHistory } from './queries.js';

const WORDS = {
  title: { en: 'Put aside and back', es: 'Apartado y devuelto' },
  never: { en: 'It was never put aside.', es: 'Nunca se ha apartado.' },
  newest: { en: 'The newest {count}.', es: 'Los últimos {count}.' },
  at: { en: 'When', es: 'Cuándo' },
  action: { en: 'What', es: 'Qué' },
  until: { en: 'Until', es: 'Hasta' },
  reason: { en: 'Why', es: 'Por qué' },
  by: { en: 'Who', es: 'Quién' },
  administrator: { en: 'Administrator', es: 'Administrador' },
  by_itself: { en: 'By itself', es: 'Por sí solo' },
  token: { en: 'Token {id}', es: 'Token {id}' },
} as const;

const ACTIONS: Readonly<Record<QuarantineEventDocument['action'], Text>> = {
  quarantine: { en: 'Put aside', es: 'Apartado' },
  restore: { en: 'Put back', es: 'Devuelto' },
  retest: { en: 'Back for a re-test', es: 'Devuelto para otra prueba' },
};

/** When a telephone was put aside and back, and why. */
export function QuarantineHistory({ telephone }: { readonly telephone: string }) {
  const say = useSay();
  const { moment } = useOperationFormats();
  const query = useQuarantineHistory(telephone);
  return (
    <section className="codes-history">
      <h3>{say(WORDS.title)}</h3>
      <Loaded query={query} height_rem={3}>
        {(history) =>
          history.length === 0 ? (
            <p className="quiet">{say(WORDS.never)}</p>
          ) : (
            <>
              <PlainTable
                caption={say(WORDS.title)}
                columns={[
                  { key: 'at', title: say(WORDS.at), cell: ({ at }) => moment(at) },
                  { key: 'action', title: say(WORDS.action), cell: ({ action }) => say(ACTIONS[action]) },
                  {
                    key: 'until',
                    title: say(WORDS.until),
                    cell: ({ until }) => (until === null ? '–' : moment(until)),
                  },
                  {
                    key: 'reason',
                    title: say(WORDS.reason),
                    cell: ({ reason }) => <Foreign text={reason} />,
                  },
                  { key: 'by', title: say(WORDS.by), cell: ({ by }) => <By by={by} /> },
                ]}
                rows={history}
                keyOf={({ id, action, at }) => `${id} ${action} ${at}`}
              />
              {history.length === HISTORY_SHOWN && (
                <p className="quiet">{say(WORDS.newest, { count: HISTORY_SHOWN })}</p>
              )}
            </>
          )
        }
      </Loaded>
    </section>
  );
}

function By({ by }: { readonly by: string }) {
  const say = useSay();
  if (by === 'admin') return say(WORDS.administrator);
  if (by === 'recuento') return say(WORDS.by_itself);
  return <Foreign text={say(WORDS.token, { id: by })} />;
}
