import { useQuery } from '@tanstack/react-query';
import { useLanguage, useSay } from '../../../language/language.js';
import { useCalls } from '../../../operation/calls.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Dialog } from '../../../parts/dialog.js';
import { Foreign } from '../../../parts/foreign.js';
import { Loaded } from '../../../parts/loaded.js';
import { useWhere } from '../../../where/where.js';
import { useReason } from '../use-day-of.js';
import { VERDICT_MEANING } from '../verdict-meaning.js';
import { AttemptsBehind } from './attempts-behind.js';
import { VerdictMark } from './verdict-mark.js';
import type { VerdictRow, VerdictRows } from './verdict-row.js';

const WORDS = {
  unknown: {
    en: 'This telephone was never dialed, as it is written here.',
    es: 'Este teléfono nunca se marcó, tal como está escrito aquí.',
  },
  chance: {
    en: 'The next attempt reaches a person with a chance of about {share}. That is an estimate, not a promise.',
    es: 'El próximo intento llega a una persona con una probabilidad de cerca del {share}. Es una estimación, no una promesa.',
  },
  line: {
    en: 'What is known comes from all ways in which this line was dialed:',
    es: 'Lo que se sabe viene de todas las formas en que se marcó esta línea:',
  },
  aside: { en: 'Put aside since {since}, until {until}.', es: 'Apartado desde {since}, hasta {until}.' },
  aside_open: {
    en: 'Put aside since {since}, until somebody puts it back.',
    es: 'Apartado desde {since}, hasta que alguien lo devuelva.',
  },
} as const;

/** Why a telephone has its verdict: the reason, and the attempts behind it. */
export function Why({ telephone }: { readonly telephone: string }) {
  const { change } = useWhere();
  const calls = useCalls();
  const { language } = useLanguage();
  const query = useQuery({
    queryKey: [calls.key, 'hygiene', 'verdict', language, telephone],
    queryFn: ({ signal }) =>
      calls.documentOf<VerdictRows>('/v1/hygiene/verdicts', { query: { telephone, limit: 1 }, signal }),
    select: ({ verdicts }) => verdicts,
  });
  return (
    <Dialog wide title={<Foreign text={telephone} />} onClose={() => change({ why: undefined })}>
      <div className="list-quality-why">
        <Loaded query={query} height_rem={6}>
          {([row]) => <Reason row={row} />}
        </Loaded>
        <AttemptsBehind telephone={telephone} />
      </div>
    </Dialog>
  );
}

function Reason({ row }: { readonly row: VerdictRow | undefined }) {
  const say = useSay();
  const { share, moment } = useOperationFormats();
  const reasonOf = useReason();
  if (!row) return <p>{say(WORDS.unknown)}</p>;
  const { verdict, reason, probability, telephone, line, quarantined_at, quarantined_until } = row;
  const since = quarantined_at === null ? '' : moment(quarantined_at);
  return (
    <>
      <p>
        <strong>
          <VerdictMark verdict={verdict} />
        </strong>
      </p>
      <p>{reasonOf(reason)}</p>
      <p>{say(WORDS.chance, { share: share(probability) })}</p>
      <p className="quiet">{say(VERDICT_MEANING[verdict])}</p>
      {line !== telephone && (
        <p className="quiet">
          {say(WORDS.line)} <Foreign text={line} />
        </p>
      )}
      {quarantined_at !== null && (
        <p>
          {quarantined_until === null
            ? say(WORDS.aside_open, { since })
            : say(WORDS.aside, { since, until: moment(quarantined_until) })}
        </p>
      )}
    </>
  );
}
