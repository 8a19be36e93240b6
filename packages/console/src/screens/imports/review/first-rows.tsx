import { CODE_HEADINGS, type PreviewedAttempt } from '@recuento/contract';
import { useState } from 'react';
import { codeColour } from '../../../charts/codes.js';
import type { Formats } from '../../../language/formats.js';
import { type Say, useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Foreign } from '../../../parts/foreign.js';
import { type PlainColumn, PlainTable } from '../../../parts/plain-table.js';

const WORDS = {
  title: { en: 'The first attempts, as they will be stored', es: 'Los primeros intentos, como se guardarán' },
  telephone: { en: 'Telephone', es: 'Teléfono' },
  dialed_at: { en: 'Dialed', es: 'Marcado' },
  result: { en: 'Result', es: 'Resultado' },
  duration: { en: 'Seconds', es: 'Segundos' },
  trunk: { en: 'Trunk', es: 'Troncal' },
  campaign: { en: 'Campaign', es: 'Campaña' },
  agent: { en: 'Agent', es: 'Agente' },
  customer: { en: 'Customer', es: 'Cliente' },
  more: { en: 'More', es: 'Más' },
  line: { en: 'Line', es: 'Línea' },
  all: { en: 'Show {count}', es: 'Mostrar {count}' },
} as const;

/** Rows that are shown at first: enough to see whether times and results are right. */
const SHOWN = 8;

/** The first attempts of a file. Columns in which no row has anything are left out. */
export function FirstRows({ rows }: { readonly rows: readonly PreviewedAttempt[] }) {
  const say = useSay();
  const formats = useOperationFormats();
  const [is_all, showAll] = useState(false);
  const shown = is_all ? rows : rows.slice(0, SHOWN);
  const columns = columnsFor(say, formats).filter(({ told }) => rows.some(told));
  return (
    <section>
      <h3>{say(WORDS.title)}</h3>
      <PlainTable caption={say(WORDS.title)} columns={columns} rows={shown} keyOf={({ line }) => line} />
      {shown.length < rows.length && (
        <button type="button" onClick={() => showAll(true)}>
          {say(WORDS.all, { count: rows.length })}
        </button>
      )}
    </section>
  );
}

interface Column extends PlainColumn<PreviewedAttempt> {
  /** Whether a row has something in it. */
  readonly told: (row: PreviewedAttempt) => boolean;
}

function columnsFor(say: Say, formats: Formats): readonly Column[] {
  const text = (key: string, title: string, value: (row: PreviewedAttempt) => string | null): Column => ({
    key,
    title,
    cell: (row) => <Foreign text={value(row) ?? ''} />,
    told: (row) => value(row) !== null,
  });
  return [
    {
      key: 'telephone',
      title: say(WORDS.telephone),
      cell: ({ telephone }) => (
        <span className="imports-telephone">
          <Foreign text={telephone} />
        </span>
      ),
      told: () => true,
    },
    {
      key: 'result',
      title: say(WORDS.result),
      cell: ({ result }) => (
        <span className="imports-code">
          <span style={{ background: codeColour(result) }} />
          {say(CODE_HEADINGS[result])}
        </span>
      ),
      told: () => true,
    },
    {
      key: 'dialed_at',
      title: say(WORDS.dialed_at),
      cell: ({ dialed_at }) => formats.moment(dialed_at),
      told: () => true,
    },
    {
      key: 'duration',
      title: say(WORDS.duration),
      kind: 'number',
      cell: ({ duration_seconds }) => (duration_seconds === null ? '' : formats.count(duration_seconds)),
      told: ({ duration_seconds }) => duration_seconds !== null,
    },
    text('trunk', say(WORDS.trunk), ({ trunk }) => trunk),
    text('campaign', say(WORDS.campaign), ({ campaign_id }) =>
      campaign_id === null ? null : String(campaign_id),
    ),
    text('agent', say(WORDS.agent), ({ agent_id }) => agent_id),
    text('customer', say(WORDS.customer), ({ customer_id }) => customer_id),
    text('more', say(WORDS.more), moreOf),
    {
      key: 'line',
      title: say(WORDS.line),
      kind: 'number',
      cell: ({ line }) => formats.count(line),
      told: () => true,
    },
  ];
}

/** What else is known, with the names of the API. */
function moreOf({ amd, sip, cause, record }: PreviewedAttempt): string | null {
  const told = [['amd', amd], ['sip', sip], ['cause', cause], ...Object.entries(record)].flatMap(
    ([name, value]) => (value === null ? [] : [`${name}: ${value}`]),
  );
  return told.length === 0 ? null : told.join(' · ');
}
