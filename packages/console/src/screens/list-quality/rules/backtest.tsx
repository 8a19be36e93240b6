import type { BacktestDocument, TriedRule } from '@recuento/contract';
import { useState } from 'react';
import { useSay } from '../../../language/language.js';
import { useOperation, useOperationFormats } from '../../../operation/operation.js';
import { Empty } from '../../../parts/empty.js';
import { Panel } from '../../../parts/panel.js';
import { useWhere } from '../../../where/where.js';
import { BACK_DAYS, backFrom, DEFAULT_BACK_DAYS } from './back.js';
import { BacktestParts } from './backtest-parts.js';
import { Curve } from './curve.js';
import type { RuleDraft } from './draft.js';
import { Said } from './said.js';
import { thresholdOf, withoutThreshold, withThreshold } from './threshold.js';
import { TrialResult } from './trial-result.js';
import { useNumbers } from './use-numbers.js';
import { useTrial } from './use-trial.js';

const WORDS = {
  title: { en: 'What it would have done', es: 'Lo que habría hecho' },
  about: {
    en: 'As if it had been applied once, on {day}, to what was known then. What was dialed since shows what that would have saved and cost. The past is no promise, but there is nothing better to decide by.',
    es: 'Como si se hubiera aplicado una vez, el {day}, a lo que se sabía entonces. Lo que se marcó desde ese día muestra qué habría ahorrado y qué habría costado. El pasado no es una promesa, pero no hay nada mejor para decidir.',
  },
  back: { en: 'Applied', es: 'Aplicada hace' },
  days_ago: { en: '{days} {days: day|days} ago', es: '{days} {days: día|días}' },
  nothing: { en: 'Nothing was dialed since then', es: 'Desde entonces no se marcó nada' },
  nothing_about: {
    en: 'Choose a day that is further back.',
    es: 'Elija un día más atrás.',
  },
} as const;

interface BacktestProps {
  readonly draft: RuleDraft;
  /** Undefined while the draft is not complete. */
  readonly rule: TriedRule | undefined;
  readonly onDraft: (draft: RuleDraft) => void;
}

/** What a rule would have saved and cost, and the threshold chosen by it. */
export function Backtest({ draft, rule, onDraft }: BacktestProps) {
  const say = useSay();
  const { write } = useNumbers();
  const { day } = useOperationFormats();
  const back = useBack();
  const trial = useTrial<BacktestDocument>(
    'backtest',
    rule && { rule, as_of: back.as_of, until: back.until },
  );
  const threshold = rule && thresholdOf(rule);
  const curve = useCurve(rule && `${back.as_of} ${withoutThreshold(rule)}`, threshold?.value, trial);
  return (
    <Panel title={say(WORDS.title)} about={say(WORDS.about, { day: day(back.day) })} actions={<Back />}>
      <TrialResult
        trial={trial}
        // What the curve says of the chosen value is true at once.
        is_old={trial.is_old && !curve.chosen}
        is_complete={rule !== undefined}
        height_rem={30}
      >
        {(found) =>
          found.dials_after === 0 ? (
            <Empty title={say(WORDS.nothing)}>
              <p>{say(WORDS.nothing_about)}</p>
            </Empty>
          ) : (
            <>
              <Said found={found} point={curve.chosen ?? found} />
              {threshold && curve.points.length > 1 && (
                <Curve
                  kind={threshold.kind}
                  value={threshold.value}
                  points={curve.points}
                  found={found}
                  onValue={(value) => onDraft(withThreshold(draft, threshold, value, write))}
                  onAround={curve.lookAround}
                />
              )}
              <BacktestParts found={found} is_old={trial.is_old} is_busy={trial.is_computing} />
            </>
          )
        }
      </TrialResult>
    </Panel>
  );
}

type Points = BacktestDocument['curve'];

/**
 * The curve that is shown. It stays as it is while a value on it is chosen, though each value is tried anew for the figures that the
 * curve does not have; else it would move away under the hand.
 *
 * @param of what the curve is of, but for the threshold
 */
function useCurve(
  of: string | undefined,
  value: number | undefined,
  {
    query,
    is_old,
  }: { readonly query: { readonly data: BacktestDocument | undefined }; readonly is_old: boolean },
) {
  const [held, setHeld] = useState<{
    readonly of: string;
    readonly around: number | undefined;
    readonly points: Points;
  }>();
  const chosen = held?.of === of ? held?.points.find(({ threshold }) => threshold === value) : undefined;
  const fresh = is_old ? undefined : query.data;
  if (of !== undefined && fresh && !chosen && held?.points !== fresh.curve) {
    setHeld({ of, around: value, points: fresh.curve });
  }
  const lookAround = held?.around === value ? undefined : () => setHeld(held && { ...held, of: '' });
  return { points: held?.points ?? [], chosen, lookAround };
}

/** The day on which the rule is applied: part of the address. */
function useBack() {
  const { params } = useWhere();
  const { time_zone } = useOperation();
  const days = BACK_DAYS.find((number) => String(number) === params.get('back')) ?? DEFAULT_BACK_DAYS;
  return { days, ...backFrom(days, time_zone, Date.now()) };
}

function Back() {
  const say = useSay();
  const { change } = useWhere();
  const { days } = useBack();
  return (
    <label className="picker">
      <span className="quiet">{say(WORDS.back)}</span>
      <select value={days} onChange={({ target }) => change({ back: target.value })}>
        {BACK_DAYS.map((number) => (
          <option key={number} value={number}>
            {say(WORDS.days_ago, { days: number })}
          </option>
        ))}
      </select>
    </label>
  );
}
