import { MACHINE_CODES, type TelephoneAttemptDocument } from '@recuento/contract';
import { useState } from 'react';
import { ChartFrame } from '../../../charts/chart.js';
import { useSay } from '../../../language/language.js';
import { Empty } from '../../../parts/empty.js';
import { Loaded } from '../../../parts/loaded.js';
import { CodeWord } from '../codes-bar.js';
import { AttemptsTable } from './attempts-table.js';
import { CODE_MEANINGS } from './code-meanings.js';
import { ATTEMPTS_SHOWN, useAttempts } from './queries.js';
import { TimeLine } from './time-line.js';

const WORDS = {
  title: { en: 'All its attempts', es: 'Todos sus intentos' },
  none: { en: 'It was never dialed', es: 'Nunca se ha marcado' },
  meanings: { en: 'What the codes mean', es: 'Qué significan los códigos' },
  faults: {
    en: 'A hollow dot is an attempt in a trunk fault: it is held against no number.',
    es: 'Un punto hueco es un intento durante una falla de la troncal: no cuenta contra ningún número.',
  },
  older: { en: 'Older attempts', es: 'Intentos anteriores' },
  newer: { en: 'Newer attempts', es: 'Intentos más recientes' },
  shown: { en: '{count} at a time', es: 'De a {count}' },
} as const;

/** The attempts of a telephone on a time line, and what their codes mean. */
export function Attempts({ telephone }: { readonly telephone: string }) {
  const say = useSay();
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const query = useAttempts(telephone, cursors.at(-1));
  return (
    <Loaded query={query} height_rem={16}>
      {({ attempts, next_cursor }) =>
        attempts.length === 0 ? (
          <Empty title={say(WORDS.none)} />
        ) : (
          <>
            <ChartFrame
              title={say(WORDS.title)}
              table={<AttemptsTable telephone={telephone} caption={say(WORDS.title)} attempts={attempts} />}
            >
              <TimeLine attempts={attempts} />
            </ChartFrame>
            {(next_cursor !== null || cursors.length > 0) && (
              <nav className="actions" aria-label={say(WORDS.title)}>
                <button
                  type="button"
                  aria-disabled={cursors.length === 0}
                  onClick={() => setCursors(cursors.slice(0, -1))}
                >
                  {say(WORDS.newer)}
                </button>
                <button
                  type="button"
                  aria-disabled={next_cursor === null || query.isPlaceholderData}
                  onClick={() =>
                    next_cursor !== null && !query.isPlaceholderData && setCursors([...cursors, next_cursor])
                  }
                >
                  {say(WORDS.older)}
                </button>
                <span className="quiet">{say(WORDS.shown, { count: ATTEMPTS_SHOWN })}</span>
              </nav>
            )}
            <Meanings attempts={attempts} />
          </>
        )
      }
    </Loaded>
  );
}

/** A sentence for each code that the attempts have. */
function Meanings({ attempts }: { readonly attempts: readonly TelephoneAttemptDocument[] }) {
  const say = useSay();
  const codes = MACHINE_CODES.filter((code) => attempts.some(({ result }) => result === code));
  return (
    <section className="codes-meanings">
      <h3>{say(WORDS.meanings)}</h3>
      <dl>
        {codes.map((code) => (
          <div key={code}>
            <dt>
              <CodeWord code={code} />
            </dt>
            <dd>{say(CODE_MEANINGS[code])}</dd>
          </div>
        ))}
      </dl>
      {attempts.some(({ in_trunk_fault }) => in_trunk_fault) && <p className="quiet">{say(WORDS.faults)}</p>}
    </section>
  );
}
