import type { TrendDimension } from '@recuento/contract';
import { memo, useMemo, useState } from 'react';
import { Link } from 'wouter';
import { useSay } from '../../language/language.js';
import { useCalls } from '../../operation/calls.js';
import { useOperationFormats } from '../../operation/operation.js';
import { Foreign } from '../../parts/foreign.js';
import { Panel } from '../../parts/panel.js';
import { PlainTable } from '../../parts/plain-table.js';
import type { Period } from '../../period/period.js';
import { useWhere } from '../../where/where.js';
import { useCampaignNames } from './campaign-names.js';
import { CodeBar } from './code-bar.js';
import { answerRate, machineRate, type TrendRow } from './counts.js';
import { Current } from './current.js';
import { SIDE_ROWS_MAX, SIDE_SORTS, type SideSort, sortedSides } from './sides.js';
import { useTrend } from './use-trend.js';

const WORDS = {
  campaign: { en: 'Campaigns', es: 'Campañas' },
  trunk: { en: 'Trunks', es: 'Troncales' },
  name: { campaign: { en: 'Campaign', es: 'Campaña' }, trunk: { en: 'Trunk', es: 'Troncal' } },
  total: { en: 'Attempts', es: 'Intentos' },
  answered: { en: 'Answered', es: 'Contestados' },
  machine: { en: 'Machine', es: 'Máquina' },
  sorted: { en: '(the highest first)', es: '(primero el más alto)' },
  about: {
    en: 'Bars: answered in green, then machines, then the rest.',
    es: 'Barras: contestados en verde, luego máquinas, luego el resto.',
  },
  no_trunk: { en: 'No trunk told', es: 'Sin troncal' },
  rest: { en: '{shown} of {all}.', es: '{shown} de {all}.' },
  file: { en: 'All as a file (CSV)', es: 'Todas en un archivo (CSV)' },
  nothing: { en: 'Nothing was dialed.', es: 'No se marcó nada.' },
} as const;

interface SidesPanelProps {
  readonly by: TrendDimension;
  readonly period: Period;
  /** Whose attempts are counted. */
  readonly campaign: string;
}

/** Campaigns, or trunks, side by side. */
export const SidesPanel = memo(function SidesPanel({ by, period, campaign }: SidesPanelProps) {
  const say = useSay();
  const { from, to } = period;
  const query = useTrend({ campaign, from, to, interval: 'window', by });
  return (
    <Panel title={say(WORDS[by])} about={say(WORDS.about)} className="overview-sides">
      <Current query={query} height_rem={16}>
        {(rows) => <Sides rows={rows} by={by} period={period} campaign={campaign} />}
      </Current>
    </Panel>
  );
});

function Sides({ rows, by, period, campaign }: SidesPanelProps & { readonly rows: readonly TrendRow[] }) {
  const say = useSay();
  const formats = useOperationFormats();
  const calls = useCalls();
  const [sort, setSort] = useState<SideSort>('total');
  const shown = useMemo(() => sortedSides(rows, sort).slice(0, SIDE_ROWS_MAX), [rows, sort]);
  if (rows.length === 0) return <p>{say(WORDS.nothing)}</p>;
  const values: Readonly<Record<SideSort, (row: TrendRow) => string>> = {
    total: (row) => formats.count(row.total),
    answered: (row) => formats.share(answerRate(row) ?? 0),
    machine: (row) => formats.share(machineRate(row) ?? 0),
  };
  const { from, to } = period;
  const file = calls.hrefOf('/v1/trend', {
    campaign_id: campaign,
    from,
    to,
    interval: 'window',
    by,
    format: 'csv',
  });
  return (
    <>
      <PlainTable
        caption={say(WORDS[by])}
        columns={[
          { key: 'name', title: say(WORDS.name[by]), cell: (row) => <SideName row={row} by={by} /> },
          ...SIDE_SORTS.map((name) => ({
            key: name,
            title: (
              <SortButton title={say(WORDS[name])} is_sorted={name === sort} sort={() => setSort(name)} />
            ),
            kind: 'number' as const,
            cell: values[name],
          })),
        ]}
        rows={shown}
        keyOf={(row) => String(by === 'campaign' ? row.campaign_id : row.trunk)}
      />
      <p className="quiet overview-note">
        {rows.length > shown.length && say(WORDS.rest, { shown: shown.length, all: rows.length })}{' '}
        <a href={file} download>
          {say(WORDS.file)}
        </a>
      </p>
    </>
  );
}

function SideName({ row, by }: { readonly row: TrendRow; readonly by: TrendDimension }) {
  const say = useSay();
  const { path, hrefOf } = useWhere();
  const nameOf = useCampaignNames();
  const trunk = row.trunk ?? '';
  const name =
    by === 'campaign' ? (
      <Link href={hrefOf(path, { campaign: String(row.campaign_id) })}>
        <Foreign text={nameOf(row.campaign_id ?? 0)} />
      </Link>
    ) : (
      <Link href={hrefOf(path, { trunk })}>
        {trunk === '' ? say(WORDS.no_trunk) : <Foreign text={trunk} />}
      </Link>
    );
  return (
    <>
      {name}
      <CodeBar counts={row} />
    </>
  );
}

interface SortButtonProps {
  readonly title: string;
  readonly is_sorted: boolean;
  readonly sort: () => void;
}

function SortButton({ title, is_sorted, sort }: SortButtonProps) {
  const say = useSay();
  return (
    <button type="button" className="plain overview-sort" onClick={sort}>
      {title}
      {is_sorted && (
        <>
          <span aria-hidden="true"> ↓</span>
          <span className="unseen"> {say(WORDS.sorted)}</span>
        </>
      )}
    </button>
  );
}
