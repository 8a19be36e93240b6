import { useRef, useState } from 'react';
import { Link } from 'wouter';
import { useSay } from '../../../language/language.js';
import { Loaded } from '../../../parts/loaded.js';
import { useWhere } from '../../../where/where.js';
import { Follow } from '../hand-over/follow.js';
import { Acts } from './acts.js';
import { AsideTable } from './aside-table.js';
import { HeldBy } from './held-by.js';
import { ListSendingState } from './list-sending.js';
import { Numbers } from './numbers.js';
import { PutList } from './put-list.js';
import './quarantine.css';
import { useCounts, useMayAct } from './queries.js';
import { Retests } from './retests.js';
import { useSending } from './use-sending.js';

const WORDS = {
  put: { en: 'Put a list aside', es: 'Apartar una lista' },
  hand_over: { en: 'Hand over to the dialer', es: 'Entregar al marcador' },
  read_only: {
    en: 'Your token may look at the quarantine and not change it: that needs the scope admin.',
    es: 'Su token puede ver la cuarentena, no cambiarla: para eso necesita el permiso admin.',
  },
  follow: { en: 'For dialers that follow the changes', es: 'Para marcadores que siguen los cambios' },
} as const;

/** What is put aside, who did it and why, and the way back. */
export function Quarantine() {
  const say = useSay();
  const { hrefOf } = useWhere();
  const may_act = useMayAct();
  const counts = useCounts();
  const [is_putting, setPutting] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const { sending, begin, goOn, forget } = useSending();
  return (
    <>
      <div className="quarantine-head">
        <Loaded query={counts} height_rem={4}>
          {(data) => <Numbers counts={data} />}
        </Loaded>
        <div className="actions">
          {may_act && sending?.state !== 'under way' && (
            <button
              ref={opener}
              type="button"
              className={is_putting ? '' : 'primary'}
              aria-expanded={is_putting}
              onClick={() => setPutting(!is_putting)}
            >
              {say(WORDS.put)}
            </button>
          )}
          <Link href={hrefOf('/list-quality', { tab: 'hand-over' })}>{say(WORDS.hand_over)} →</Link>
        </div>
      </div>
      {!may_act && <p className="quiet">{say(WORDS.read_only)}</p>}
      {sending && <ListSendingState sending={sending} goOn={goOn} forget={forget} />}
      {is_putting && (
        <PutList
          onClose={() => {
            setPutting(false);
            opener.current?.focus();
          }}
          begin={(telephones, terms) => {
            setPutting(false);
            begin(telephones, terms);
          }}
        />
      )}
      <div className="quarantine-sides">
        <Acts />
        {counts.data && counts.data.telephones > 0 && (
          <div>
            <HeldBy counts={counts.data} />
            <Retests counts={counts.data} />
          </div>
        )}
      </div>
      <AsideTable />
      <details className="panel quarantine-panel">
        <summary>{say(WORDS.follow)}</summary>
        <Follow />
      </details>
    </>
  );
}
