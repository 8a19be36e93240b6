import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { PlainTable } from '../../../parts/plain-table.js';
import { CellTitle } from '../cell-title.js';
import { useDayOf, useReason } from '../use-day-of.js';
import { VerdictMark } from './verdict-mark.js';
import type { VerdictRow } from './verdict-row.js';
import { WhyButton } from './why-button.js';

const WORDS = {
  telephone: { en: 'Telephone', es: 'Teléfono' },
  verdict: { en: 'Verdict', es: 'Veredicto' },
  chance: { en: 'Chance of a person', es: 'Probabilidad de persona' },
  reason: { en: 'Why', es: 'Por qué' },
  last: { en: 'Last dialed', es: 'Última marcación' },
  aside: { en: 'Put aside', es: 'Apartado' },
} as const;

interface TelephoneTableProps {
  readonly caption: string;
  /** A page of them. */
  readonly rows: readonly VerdictRow[];
}

/** Telephones with their verdicts. Each opens what is behind its own. */
export function TelephoneTable({ caption, rows }: TelephoneTableProps) {
  const say = useSay();
  const { share } = useOperationFormats();
  const dayOf = useDayOf();
  const reasonOf = useReason();
  return (
    <div className="list-quality-cards">
      <PlainTable
        caption={caption}
        columns={[
          {
            key: 'telephone',
            title: say(WORDS.telephone),
            cell: ({ telephone, quarantined_at }) => (
              <>
                <WhyButton telephone={telephone} />
                {quarantined_at !== null && <small className="list-quality-tag">{say(WORDS.aside)}</small>}
              </>
            ),
          },
          {
            key: 'verdict',
            title: say(WORDS.verdict),
            cell: ({ verdict }) => <VerdictMark verdict={verdict} />,
          },
          {
            key: 'chance',
            title: say(WORDS.chance),
            kind: 'number',
            cell: ({ probability }) => (
              <>
                <CellTitle title={say(WORDS.chance)} /> {share(probability)}
              </>
            ),
          },
          { key: 'reason', title: say(WORDS.reason), cell: ({ reason }) => reasonOf(reason) },
          {
            key: 'last',
            title: say(WORDS.last),
            cell: ({ last_dialed_at }) => (
              <>
                <CellTitle title={say(WORDS.last)} />{' '}
                <time dateTime={last_dialed_at}>{dayOf(last_dialed_at)}</time>
              </>
            ),
          },
        ]}
        rows={rows}
        keyOf={({ telephone }) => telephone}
      />
    </div>
  );
}
