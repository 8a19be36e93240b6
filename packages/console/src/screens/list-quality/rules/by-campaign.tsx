import { useState } from 'react';
import { useSay } from '../../../language/language.js';
import { useCampaigns } from '../../../operation/campaigns.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Foreign } from '../../../parts/foreign.js';
import { type PlainColumn, PlainTable } from '../../../parts/plain-table.js';

const WORDS = {
  campaign: { en: 'Campaign', es: 'Campaña' },
  more: { en: 'Show more ({left})', es: 'Mostrar más ({left})' },
} as const;

/** As many rows as are added at a time: those with the most come first. */
const SHOWN_ROWS = 6;
const NAME_CHARS = 80;

interface ByCampaignProps<Row> {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly columns: readonly PlainColumn<Row>[];
}

/** Figures of each campaign, those with the most first. */
export function ByCampaign<Row extends { readonly campaign_id: number }>({
  title,
  rows,
  columns,
}: ByCampaignProps<Row>) {
  const say = useSay();
  const { count } = useOperationFormats();
  const names = new Map(useCampaigns().data?.map(({ campaign_id, name }) => [campaign_id, name]));
  const [shown, setShown] = useState(SHOWN_ROWS);
  const left = rows.length - shown;
  if (rows.length === 0) return null;
  return (
    <section className="list-quality-part">
      <h3>{title}</h3>
      <PlainTable
        caption={title}
        columns={[
          {
            key: 'campaign',
            title: say(WORDS.campaign),
            cell: ({ campaign_id }) => (
              <>
                {campaign_id} <Foreign text={(names.get(campaign_id) ?? '').slice(0, NAME_CHARS)} />
              </>
            ),
          },
          ...columns,
        ]}
        rows={rows.slice(0, shown)}
        keyOf={({ campaign_id }) => campaign_id}
      />
      {left > 0 && (
        <p>
          <button type="button" onClick={() => setShown(shown + SHOWN_ROWS)}>
            {say(WORDS.more, { left: count(left) })}
          </button>
        </p>
      )}
    </section>
  );
}
