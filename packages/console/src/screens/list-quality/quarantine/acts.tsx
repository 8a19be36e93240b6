import type { QuarantineActDocument } from '@recuento/contract';
import { useState } from 'react';
import { Link } from 'wouter';
import { useSay } from '../../../language/language.js';
import { plainTitle } from '../../../language/plain-title.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Empty } from '../../../parts/empty.js';
import { Foreign } from '../../../parts/foreign.js';
import { Loaded } from '../../../parts/loaded.js';
import { Panel } from '../../../parts/panel.js';
import { useWhere } from '../../../where/where.js';
import { useChosenBy } from './held-by-words.js';
import { useActs, useMayAct } from './queries.js';
import { UndoAct } from './undo-act.js';
import { useWhen } from './when.js';
import { useWho } from './who.js';

const WORDS = {
  title: { en: 'What was done', es: 'Qué se hizo' },
  about: {
    en: 'The newest first. Nothing is ever erased here.',
    es: 'Lo más reciente primero. Aquí nunca se borra nada.',
  },
  quarantine: { en: 'Put {count} telephones aside', es: 'Apartó {count} teléfonos' },
  quarantine_one: { en: 'Put 1 telephone aside', es: 'Apartó 1 teléfono' },
  restore: { en: 'Put {count} telephones back', es: 'Devolvió {count} teléfonos' },
  restore_one: { en: 'Put 1 telephone back', es: 'Devolvió 1 teléfono' },
  retest: {
    en: 'Let {count} telephones up for a re-test',
    es: 'Dejó {count} teléfonos listos para una nueva prueba',
  },
  retest_one: { en: 'Let 1 telephone up for a re-test', es: 'Dejó 1 teléfono listo para una nueva prueba' },
  retest_reason: { en: 'Their time had come', es: 'Les llegó la hora' },
  until: { en: 'until {moment}', es: 'hasta el {moment}' },
  held: { en: '{count} still aside', es: '{count} siguen apartados' },
  held_one: { en: '1 still aside', es: '1 sigue apartado' },
  held_none: { en: 'none aside any more', es: 'ya no queda ninguno apartado' },
  undo: { en: 'Undo…', es: 'Deshacer…' },
  none: { en: 'Nothing was done yet.', es: 'Todavía no se ha hecho nada.' },
  newest: { en: 'Newest', es: 'Lo más reciente' },
  older: { en: 'Older', es: 'Anteriores' },
} as const;

/** Who put how many telephones aside or back, and why; what still stands can be undone. */
export function Acts() {
  const say = useSay();
  const { params, change } = useWhere();
  const cursor = params.get('before') ?? undefined;
  const query = useActs(cursor);
  const [undone, setUndone] = useState<QuarantineActDocument>();
  return (
    <Panel title={say(WORDS.title)} about={say(WORDS.about)} className="quarantine-panel">
      <Loaded query={query} height_rem={12}>
        {({ acts, next_cursor }) =>
          acts.length === 0 ? (
            <Empty title={say(WORDS.none)} />
          ) : (
            <>
              <ol className="quarantine-acts">
                {acts.map((act) => (
                  <ActLine key={act.id} act={act} undo={() => setUndone(act)} />
                ))}
              </ol>
              <div className="actions">
                {cursor !== undefined && (
                  <button type="button" onClick={() => change({ before: undefined })}>
                    {say(WORDS.newest)}
                  </button>
                )}
                {next_cursor !== null && (
                  <button
                    type="button"
                    disabled={query.isPlaceholderData}
                    onClick={() => change({ before: next_cursor })}
                  >
                    {say(WORDS.older)}
                  </button>
                )}
              </div>
            </>
          )
        }
      </Loaded>
      {undone && <UndoAct act={undone} onClose={() => setUndone(undefined)} />}
    </Panel>
  );
}

function ActLine({ act, undo }: { readonly act: QuarantineActDocument; readonly undo: () => void }) {
  const say = useSay();
  const formats = useOperationFormats();
  const when = useWhen();
  const chosenBy = useChosenBy();
  const who = useWho();
  const may_act = useMayAct();
  const { path, hrefOf } = useWhere();
  const { action, telephones, telephones_held: held, until } = act;
  const is_quarantine = action === 'quarantine';
  const done = say(telephones === 1 ? WORDS[`${action}_one`] : WORDS[action], {
    count: formats.count(telephones),
  });
  const held_words =
    held === 0
      ? say(WORDS.held_none)
      : say(held === 1 ? WORDS.held_one : WORDS.held, { count: formats.count(held) });
  return (
    <li>
      <div>
        <p>
          <strong>{done}</strong>
          {is_quarantine && (
            <>
              {' · '}
              <Foreign text={chosenBy(act)} />
            </>
          )}
        </p>
        <p>{action === 'retest' ? say(WORDS.retest_reason) : <Foreign text={act.reason} />}</p>
        <p className="quiet">
          <Foreign text={who(act.by)} /> · {when.minute(act.at)}
          {is_quarantine && until !== null && ` · ${say(WORDS.until, { moment: when.day(until) })}`}
          {is_quarantine && ' · '}
          {is_quarantine &&
            (held > 0 ? (
              <Link href={hrefOf(path, { tab: 'quarantine', held_by: act.id })}>{held_words}</Link>
            ) : (
              held_words
            ))}
        </p>
      </div>
      {is_quarantine && held > 0 && may_act && (
        <button type="button" aria-label={`${say(WORDS.undo)} ${plainTitle(act.reason)}`} onClick={undo}>
          {say(WORDS.undo)}
        </button>
      )}
    </li>
  );
}
