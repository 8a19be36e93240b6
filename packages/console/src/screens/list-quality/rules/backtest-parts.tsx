import { type BacktestDocument, VERDICT_WORDS } from '@recuento/contract';
import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { type PlainColumn, PlainTable } from '../../../parts/plain-table.js';
import { Result } from '../result.js';
import { VerdictMark } from '../telephones/verdict-mark.js';
import { ByCampaign } from './by-campaign.js';
import { lastsOf } from './figures.js';

const WORDS = {
  campaigns: { en: 'By campaign', es: 'Por campaña' },
  verdicts: { en: 'By verdict', es: 'Por veredicto' },
  verdict: { en: 'Verdict then', es: 'Veredicto de entonces' },
  telephones: { en: 'Put aside', es: 'Apartados' },
  saved: { en: 'Dials spared', es: 'Marcaciones ahorradas' },
  lost: { en: 'People lost', es: 'Personas perdidas' },
  minute: {
    en: 'Lines would have been free for about {amount} minutes more.',
    es: 'Las líneas habrían quedado libres unos {amount} minutos más.',
  },
  hour: {
    en: 'Lines would have been free for about {amount} hours more.',
    es: 'Las líneas habrían quedado libres unas {amount} horas más.',
  },
} as const;

type Figures = Pick<
  BacktestDocument['by_verdict'][number],
  'telephones_taken' | 'dials_saved' | 'people_lost'
>;

interface BacktestPartsProps {
  readonly found: BacktestDocument;
  /** They are those of another threshold. */
  readonly is_old: boolean;
  readonly is_busy: boolean;
}

/** Where the figures of a backtest come from. */
export function BacktestParts({ found, is_old, is_busy }: BacktestPartsProps) {
  const say = useSay();
  const { count } = useOperationFormats();
  const columns = useColumns();
  const time = lastsOf(found.seconds_saved);
  const verdicts = found.by_verdict.filter(({ telephones_taken }) => telephones_taken > 0);
  if (verdicts.length === 0) return null;
  return (
    <Result is_old={is_old} is_busy={is_busy}>
      {time.amount > 0 && <p className="quiet">{say(WORDS[time.unit], { amount: count(time.amount) })}</p>}
      <div className="list-quality-pair">
        <ByCampaign title={say(WORDS.campaigns)} rows={found.by_campaign} columns={columns} />
        <section className="list-quality-part">
          <h3>{say(WORDS.verdicts)}</h3>
          <PlainTable
            caption={say(WORDS.verdicts)}
            columns={[
              {
                key: 'verdict',
                title: say(WORDS.verdict),
                cell: ({ verdict }) => <VerdictMark verdict={verdict} />,
              },
              ...columns,
            ]}
            rows={verdicts}
            keyOf={({ verdict }) => say(VERDICT_WORDS[verdict])}
          />
        </section>
      </div>
    </Result>
  );
}

function useColumns(): readonly PlainColumn<Figures>[] {
  const say = useSay();
  const { count } = useOperationFormats();
  return [
    {
      key: 'telephones',
      title: say(WORDS.telephones),
      kind: 'number',
      cell: ({ telephones_taken }) => count(telephones_taken),
    },
    {
      key: 'saved',
      title: say(WORDS.saved),
      kind: 'number',
      cell: ({ dials_saved }) => count(dials_saved),
    },
    { key: 'lost', title: say(WORDS.lost), kind: 'number', cell: ({ people_lost }) => count(people_lost) },
  ];
}
