import type { QuarantineCountsDocument } from '@recuento/contract';
import { useState } from 'react';
import { Link } from 'wouter';
import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Foreign } from '../../../parts/foreign.js';
import { Panel } from '../../../parts/panel.js';
import { useWhere } from '../../../where/where.js';
import { hasReason, useChosenBy } from './held-by-words.js';
import { useWhen } from './when.js';

const WORDS = {
  title: { en: 'What put them aside', es: 'Qué los apartó' },
  about: {
    en: 'Choose one to see its telephones.',
    es: 'Elija un renglón para ver sus teléfonos.',
  },
  all: { en: 'Show all {count}', es: 'Mostrar los {count}' },
  others: {
    en: 'Smaller ones, {count} telephones together',
    es: 'Otros menores: {count} teléfonos en total',
  },
} as const;

/** As many as a glance takes in. */
const SHOWN = 6;

type Hold = QuarantineCountsDocument['holds'][number];

/** What holds telephones, the largest first; each leads to its telephones. */
export function HeldBy({ counts }: { readonly counts: QuarantineCountsDocument }) {
  const say = useSay();
  const formats = useOperationFormats();
  const [is_open, setOpen] = useState(false);
  const { holds, telephones, telephones_of_other_holds: others } = counts;
  if (holds.length === 0) return null;
  return (
    <Panel title={say(WORDS.title)} about={say(WORDS.about)} className="quarantine-panel">
      <ul className="quarantine-holds">
        {holds.slice(0, is_open ? undefined : SHOWN).map((hold) => (
          <HoldLine key={hold.held_by} hold={hold} share={hold.telephones / telephones} />
        ))}
      </ul>
      {is_open && others > 0 && (
        <p className="quiet">{say(WORDS.others, { count: formats.count(others) })}</p>
      )}
      {!is_open && holds.length > SHOWN && (
        <button type="button" className="quarantine-more" onClick={() => setOpen(true)}>
          {say(WORDS.all, { count: formats.count(holds.length) })}
        </button>
      )}
    </Panel>
  );
}

function HoldLine({ hold, share }: { readonly hold: Hold; readonly share: number }) {
  const formats = useOperationFormats();
  const when = useWhen();
  const chosenBy = useChosenBy();
  const { path, params, hrefOf } = useWhere();
  const is_current = params.get('held_by') === hold.held_by;
  return (
    <li>
      <Link
        href={hrefOf(path, { tab: 'quarantine', held_by: is_current ? undefined : hold.held_by })}
        aria-current={is_current ? 'true' : undefined}
      >
        <Foreign text={chosenBy(hold)} />
        {hasReason(hold) && (
          <small className="quiet">
            <Foreign text={hold.reason} />
            {hold.at !== null && ` · ${when.day(hold.at)}`}
          </small>
        )}
      </Link>
      <span className="quarantine-count">{formats.count(hold.telephones)}</span>
      <span className="quarantine-bar" aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </span>
    </li>
  );
}
