import type { ReactNode } from 'react';
import { Problem } from '../../../api/problem.js';
import { useSay } from '../../../language/language.js';
import { Failure } from '../../../parts/failure.js';
import { Progress } from '../../../parts/progress.js';
import { Result } from '../result.js';
import type { Trial } from './use-trial.js';

const WORDS = {
  computing: { en: 'Computing…', es: 'Calculando…' },
  incomplete: {
    en: 'Complete the rule to see what it does.',
    es: 'Complete la regla para ver qué hace.',
  },
  busy: {
    en: 'The service has more to do than it can just now. Nothing is wrong with the rule: try again in some seconds.',
    es: 'El servicio tiene en este momento más trabajo del que alcanza a hacer. La regla está bien: intente de nuevo en unos segundos.',
  },
  too_long: {
    en: 'This took longer than one call may take. Try it for one campaign, or over fewer days.',
    es: 'Esto tardó más de lo que puede tardar una consulta. Pruebe con una sola campaña, o con menos días.',
  },
} as const;

interface TrialResultProps<Document> {
  readonly trial: Trial<Document>;
  /** Whether what is shown is no longer what was asked: it is greyed. */
  readonly is_old: boolean;
  /** Whether there is a rule to be tried. */
  readonly is_complete: boolean;
  readonly children: (document: Document) => ReactNode;
  /** Room that is kept while the first one is computed. */
  readonly height_rem: number;
}

/** What a trial brought. The earlier result stays, greyed, while the next one is computed. */
export function TrialResult<Document>({
  trial,
  is_old,
  is_complete,
  children,
  height_rem,
}: TrialResultProps<Document>) {
  const say = useSay();
  const { query, is_computing } = trial;
  return (
    <div className="list-quality-trial" style={query.data ? {} : { minHeight: `${height_rem}rem` }}>
      <div className="list-quality-computing" hidden={!is_computing}>
        {is_computing && <Progress label={say(WORDS.computing)} text={say(WORDS.computing)} />}
      </div>
      {!is_complete && <p role="status">{say(WORDS.incomplete)}</p>}
      {query.isError && !is_computing && (
        <>
          <Explained error={query.error} />
          <Failure error={query.error} again={query.refetch} />
        </>
      )}
      {query.data !== undefined && (
        <Result is_old={is_old} is_busy={is_computing}>
          {children(query.data)}
        </Result>
      )}
    </div>
  );
}

function Explained({ error }: { readonly error: Error }) {
  const say = useSay();
  if (!(error instanceof Problem)) return null;
  if (error.status === 503) return <p>{say(WORDS.busy)}</p>;
  if (error.status === 504) return <p>{say(WORDS.too_long)}</p>;
  return null;
}
