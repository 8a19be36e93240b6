import type { QuarantinedDocument } from '@recuento/contract';
import { type FormEvent, useState } from 'react';
import { useSay } from '../../../language/language.js';
import { Empty } from '../../../parts/empty.js';
import { Foreign } from '../../../parts/foreign.js';
import { Loaded } from '../../../parts/loaded.js';
import { Panel } from '../../../parts/panel.js';
import { type PlainColumn, PlainTable } from '../../../parts/plain-table.js';
import { useWhere } from '../../../where/where.js';
import { hasReason, useChosenBy } from './held-by-words.js';
import { useAside, useCounts, useMayAct } from './queries.js';
import { RestoreOne } from './restore-one.js';
import { TelephoneHistory } from './telephone-history.js';
import { useWhen } from './when.js';
import { useWho } from './who.js';

const WORDS = {
  title: { en: 'Telephones put aside', es: 'Teléfonos apartados' },
  search: { en: 'Telephone, as it was dialed', es: 'Teléfono, tal como se marcó' },
  find: { en: 'Find', es: 'Buscar' },
  all: { en: 'Show all', es: 'Mostrar todos' },
  only: { en: 'Only', es: 'Solo' },
  only_due: {
    en: 'Only those that are due for a re-test.',
    es: 'Solo los que están listos para una nueva prueba.',
  },
  telephone: { en: 'Telephone', es: 'Teléfono' },
  why: { en: 'Why', es: 'Por qué' },
  until: { en: 'Until', es: 'Hasta' },
  never: { en: 'until somebody puts it back', es: 'hasta que alguien lo devuelva' },
  due: { en: 'due since {moment}', es: 'listo desde {moment}' },
  by: { en: 'By', es: 'Por' },
  back: { en: 'Put back…', es: 'Devolver…' },
  history: { en: 'History', es: 'Historia' },
  none: { en: 'Nothing is put aside.', es: 'No hay nada apartado.' },
  not_found: { en: 'It is not put aside.', es: 'No está apartado.' },
  none_so: { en: 'No telephone is put aside this way.', es: 'Ningún teléfono está apartado así.' },
  none_about: {
    en: 'A rule puts aside what it takes, or you put a list aside here.',
    es: 'Una regla aparta lo que toma, o usted aparta aquí una lista.',
  },
  first: { en: 'First page', es: 'Primera página' },
  next: { en: 'Next page', es: 'Página siguiente' },
} as const;

/** What the address may have of this table. */
const SHOWN = ['telephone', 'held_by', 'due', 'after'] as const;
const NOTHING = Object.fromEntries(SHOWN.map((name) => [name, undefined]));

/** The telephones that are aside, page by page, with a search, each with its history and a way back. */
export function AsideTable() {
  const say = useSay();
  const { params, change } = useWhere();
  const [back, setBack] = useState<QuarantinedDocument>();
  const [shown, setShown] = useState<string>();
  const telephone = params.get('telephone') ?? undefined;
  const held_by = params.get('held_by') ?? undefined;
  const due = params.get('due') === 'now' ? 'now' : undefined;
  const cursor = params.get('after') ?? undefined;
  const query = useAside({ telephone, held_by, due, cursor });
  const is_narrowed = telephone !== undefined || held_by !== undefined || due !== undefined;
  return (
    <Panel
      title={say(WORDS.title)}
      about={held_by === undefined ? due && say(WORDS.only_due) : <OnlyHeldBy held_by={held_by} />}
      className="quarantine-panel"
      actions={
        <>
          <Search key={telephone} telephone={telephone} />
          {is_narrowed && (
            <button type="button" onClick={() => change(NOTHING)}>
              {say(WORDS.all)}
            </button>
          )}
        </>
      }
    >
      <Loaded query={query} height_rem={16}>
        {({ quarantined, next_cursor }) =>
          quarantined.length === 0 ? (
            <NoneAside telephone={telephone} is_narrowed={is_narrowed} show={setShown} />
          ) : (
            <>
              <Rows rows={quarantined} putBack={setBack} show={setShown} />
              <div className="actions">
                {cursor !== undefined && (
                  <button type="button" onClick={() => change({ after: undefined })}>
                    {say(WORDS.first)}
                  </button>
                )}
                {next_cursor !== null && (
                  <button
                    type="button"
                    disabled={query.isPlaceholderData}
                    onClick={() => change({ after: next_cursor })}
                  >
                    {say(WORDS.next)}
                  </button>
                )}
              </div>
            </>
          )
        }
      </Loaded>
      {back && <RestoreOne telephone={back.telephone} onClose={() => setBack(undefined)} />}
      {shown !== undefined && <TelephoneHistory telephone={shown} onClose={() => setShown(undefined)} />}
    </Panel>
  );
}

/** Which of them are shown, by the name of what holds them. */
function OnlyHeldBy({ held_by }: { readonly held_by: string }) {
  const say = useSay();
  const chosenBy = useChosenBy();
  const hold = useCounts().data?.holds.find((each) => each.held_by === held_by);
  const name = hold ? [chosenBy(hold), ...(hasReason(hold) ? [hold.reason] : [])].join(' · ') : held_by;
  return (
    <>
      {say(WORDS.only)}: <Foreign text={name} />
    </>
  );
}

function Search({ telephone }: { readonly telephone: string | undefined }) {
  const say = useSay();
  const { change } = useWhere();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get('telephone');
    const wanted = typeof typed === 'string' ? typed.trim() : '';
    change({ ...NOTHING, telephone: wanted === '' ? undefined : wanted });
  };
  return (
    <search>
      <form className="quarantine-search" onSubmit={submit}>
        <input
          type="search"
          name="telephone"
          aria-label={say(WORDS.search)}
          placeholder={say(WORDS.search)}
          maxLength={64}
          defaultValue={telephone}
        />
        <button type="submit">{say(WORDS.find)}</button>
      </form>
    </search>
  );
}

interface RowsProps {
  readonly rows: readonly QuarantinedDocument[];
  readonly putBack: (row: QuarantinedDocument) => void;
  readonly show: (telephone: string) => void;
}

function Rows({ rows, putBack, show }: RowsProps) {
  const say = useSay();
  const when = useWhen();
  const chosenBy = useChosenBy();
  const who = useWho();
  const may_act = useMayAct();
  const columns: PlainColumn<QuarantinedDocument>[] = [
    {
      key: 'telephone',
      title: say(WORDS.telephone),
      cell: ({ telephone }) => (
        <button type="button" className="quarantine-link" onClick={() => show(telephone)}>
          <Foreign text={telephone} />
        </button>
      ),
    },
    {
      key: 'why',
      title: say(WORDS.why),
      cell: (row) => (
        <div className="quarantine-two">
          <Foreign text={hasReason(row) ? row.reason : chosenBy(row)} />
          {hasReason(row) && (
            <small className="quiet">
              <Foreign text={chosenBy(row)} />
            </small>
          )}
        </div>
      ),
    },
    {
      key: 'by',
      title: say(WORDS.by),
      cell: ({ by, at }) => (
        <div className="quarantine-two">
          <Foreign text={who(by)} />
          <small className="quiet quarantine-when">{when.minute(at)}</small>
        </div>
      ),
    },
    { key: 'until', title: say(WORDS.until), cell: ({ until }) => <Until until={until} /> },
  ];
  if (may_act)
    columns.push({
      key: 'act',
      title: <span className="unseen">{say(WORDS.back)}</span>,
      cell: (row) => (
        <button type="button" aria-label={`${say(WORDS.back)} ${row.telephone}`} onClick={() => putBack(row)}>
          {say(WORDS.back)}
        </button>
      ),
    });
  return (
    <PlainTable
      caption={say(WORDS.title)}
      columns={columns}
      rows={rows}
      keyOf={({ telephone }) => telephone}
    />
  );
}

function Until({ until }: { readonly until: string | null }) {
  const say = useSay();
  const when = useWhen();
  if (until === null) return say(WORDS.never);
  const moment = when.day(until);
  return Date.parse(until) <= Date.now() ? say(WORDS.due, { moment }) : moment;
}

interface NoneAsideProps {
  readonly telephone: string | undefined;
  readonly is_narrowed: boolean;
  readonly show: (telephone: string) => void;
}

function NoneAside({ telephone, is_narrowed, show }: NoneAsideProps) {
  const say = useSay();
  if (telephone !== undefined)
    return (
      <Empty title={say(WORDS.not_found)}>
        <p>
          <Foreign text={telephone} />
        </p>
        <button type="button" onClick={() => show(telephone)}>
          {say(WORDS.history)}
        </button>
      </Empty>
    );
  if (is_narrowed) return <Empty title={say(WORDS.none_so)} />;
  return (
    <Empty title={say(WORDS.none)}>
      <p>{say(WORDS.none_about)}</p>
    </Empty>
  );
}
