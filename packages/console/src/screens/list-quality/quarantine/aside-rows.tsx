import type { QuarantinedDocument } from '@recuento/contract';
import { useSay } from '../../../language/language.js';
import { Foreign } from '../../../parts/foreign.js';
import { type PlainColumn, PlainTable } from '../../../parts/plain-table.js';
import { hasReason, useChosenBy } from './held-by-words.js';
import { useMayAct } from './queries.js';
import { useWhen } from './when.js';
import { useWho } from './who.js';

const WORDS = {
  title: { en: 'Telephones put aside', es: 'Teléfonos apartados' },
  telephone: { en: 'Telephone', es: 'Teléfono' },
  why: { en: 'Why', es: 'Por qué' },
  by: { en: 'By', es: 'Por' },
  until: { en: 'Until', es: 'Hasta' },
  never: { en: 'until somebody puts it back', es: 'hasta que alguien lo devuelva' },
  due: { en: 'due since {moment}', es: 'listo desde {moment}' },
  back: { en: 'Put back…', es: 'Devolver…' },
} as const;

interface AsideRowsProps {
  readonly rows: readonly QuarantinedDocument[];
  readonly putBack: (row: QuarantinedDocument) => void;
  readonly show: (telephone: string) => void;
}

/** A page of telephones that are aside: why, by whom and until when. */
export function AsideRows({ rows, putBack, show }: AsideRowsProps) {
  const say = useSay();
  const when = useWhen();
  const chosenBy = useChosenBy();
  const who = useWho();
  const may_act = useMayAct();
  const columns: PlainColumn<QuarantinedDocument>[] = [
    {
      key: 'telephone',
      title: say(WORDS.telephone),
      cell: ({ telephone }) => (
        <button type="button" className="quarantine-link" onClick={() => show(telephone)}>
          <Foreign text={telephone} />
        </button>
      ),
    },
    {
      key: 'why',
      title: say(WORDS.why),
      cell: (row) => (
        <div className="quarantine-two">
          <Foreign text={hasReason(row) ? row.reason : chosenBy(row)} />
          {hasReason(row) && (
            <small className="quiet">
              <Foreign text={chosenBy(row)} />
            </small>
          )}
        </div>
      ),
    },
    {
      key: 'by',
      title: say(WORDS.by),
      cell: ({ by, at }) => (
        <div className="quarantine-two">
          <Foreign text={who(by)} />
          <small className="quiet quarantine-when">{when.minute(at)}</small>
        </div>
      ),
    },
    { key: 'until', title: say(WORDS.until), cell: ({ until }) => <Until until={until} /> },
  ];
  if (may_act)
    columns.push({
      key: 'act',
      title: <span className="unseen">{say(WORDS.back)}</span>,
      cell: (row) => (
        <button type="button" aria-label={`${say(WORDS.back)} ${row.telephone}`} onClick={() => putBack(row)}>
          {say(WORDS.back)}
        </button>
      ),
    });
  return (
    <PlainTable
      caption={say(WORDS.title)}
      columns={columns}
      rows={rows}
      keyOf={({ telephone }) => telephone}
    />
  );
}

function Until({ until }: { readonly until: string | null }) {
  const say = useSay();
  const when = useWhen();
  if (until === null) return say(WORDS.never);
  const moment = when.day(until);
  return Date.parse(until) <= Date.now() ? say(WORDS.due, { moment }) : moment;
}
