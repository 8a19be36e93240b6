import type { QuarantinedDocument } from '@recuento/contract';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useSay } from '../../../language/language.js';
import { Foreign } from '../../../parts/foreign.js';
import { Loaded } from '../../../parts/loaded.js';
import { Panel } from '../../../parts/panel.js';
import { useWhere } from '../../../where/where.js';
import { AsideRows } from './aside-rows.js';
import { hasReason, useChosenBy } from './held-by-words.js';
import { NoneAside } from './none-aside.js';
import { useAside, useCounts } from './queries.js';
import { RestoreOne } from './restore-one.js';
import { TelephoneHistory } from './telephone-history.js';

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
  const place = useRef<HTMLDivElement>(null);
  const chosen = held_by ?? due;
  const chosen_before = useRef(chosen);
  // It was chosen above: what was asked for is brought into sight.
  useEffect(() => {
    if (chosen !== undefined && chosen !== chosen_before.current) place.current?.scrollIntoView();
    chosen_before.current = chosen;
  }, [chosen]);
  const is_narrowed = telephone !== undefined || held_by !== undefined || due !== undefined;
  return (
    <div ref={place}>
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
                <AsideRows rows={quarantined} putBack={setBack} show={setShown} />
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
    </div>
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
