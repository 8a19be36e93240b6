import type { ImportDocument } from '@recuento/contract';
import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from 'wouter';
import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Empty } from '../../../parts/empty.js';
import { Foreign } from '../../../parts/foreign.js';
import { Loaded } from '../../../parts/loaded.js';
import { Panel } from '../../../parts/panel.js';
import { type PlainColumn, PlainTable } from '../../../parts/plain-table.js';
import { useWhere } from '../../../where/where.js';
import { formatName } from '../words.js';
import { ImportLink } from './import-link.js';
import type { ImportsPage } from './imports-list.js';
import { StateMark } from './state-mark.js';

const WORDS = {
  title: { en: 'Imported so far', es: 'Lo importado hasta ahora' },
  none: { en: 'Nothing has been imported yet', es: 'Aún no se ha importado nada' },
  none_more: { en: 'There are no older imports', es: 'No hay importaciones más antiguas' },
  what: {
    en: 'Each file that is imported, here or by a program, shows up here: what was stored of it, and what was not.',
    es: 'Aquí aparece cada archivo que se importa, desde esta pantalla o con un programa: qué se guardó y qué no.',
  },
  started: { en: 'Began', es: 'Comenzó' },
  format: { en: 'Format', es: 'Formato' },
  campaign: { en: 'Campaign', es: 'Campaña' },
  in_file: { en: 'in the file', es: 'en el archivo' },
  state: { en: 'State', es: 'Estado' },
  read: { en: 'Lines', es: 'Líneas' },
  stored: { en: 'Stored', es: 'Guardadas' },
  unchanged: { en: 'Known already', es: 'Ya conocidas' },
  rejected: { en: 'Rejected', es: 'Rechazadas' },
  older: { en: 'Older', es: 'Más antiguas' },
  newest: { en: 'Newest', es: 'Más recientes' },
  pages: { en: 'Pages', es: 'Páginas' },
} as const;

interface PastImportsProps {
  readonly query: UseQueryResult<ImportsPage>;
  /** The cursor of the page that is shown; undefined: the newest. */
  readonly before: string | undefined;
}

/** What was imported, by whatever program, page by page. */
export function PastImports({ query, before }: PastImportsProps) {
  const say = useSay();
  const { path, hrefOf } = useWhere();
  return (
    <Panel title={say(WORDS.title)}>
      <Loaded query={query}>
        {({ imports, next_cursor }) => (
          <>
            {imports.length === 0 ? (
              <Empty title={say(before === undefined ? WORDS.none : WORDS.none_more)}>
                <p className="quiet">{say(WORDS.what)}</p>
              </Empty>
            ) : (
              <Imports imports={imports} />
            )}
            {(before !== undefined || next_cursor !== null) && (
              <nav className="actions" aria-label={say(WORDS.pages)}>
                {before !== undefined && <Link href={hrefOf(path)}>{say(WORDS.newest)}</Link>}
                {next_cursor !== null && (
                  <Link href={hrefOf(path, { before: next_cursor })}>{say(WORDS.older)}</Link>
                )}
              </nav>
            )}
          </>
        )}
      </Loaded>
    </Panel>
  );
}

function Imports({ imports }: { readonly imports: readonly ImportDocument[] }) {
  const say = useSay();
  const { count, moment } = useOperationFormats();
  const number = (name: 'read' | 'stored' | 'unchanged' | 'rejected'): PlainColumn<ImportDocument> => ({
    key: name,
    title: say(WORDS[name]),
    kind: 'number',
    cell: (each) => count(each[name]),
  });
  const columns: readonly PlainColumn<ImportDocument>[] = [
    {
      key: 'started',
      title: say(WORDS.started),
      cell: ({ id, created_at }) => <ImportLink id={id} text={moment(created_at)} />,
    },
    { key: 'state', title: say(WORDS.state), cell: ({ state }) => <StateMark state={state} /> },
    number('stored'),
    number('unchanged'),
    number('rejected'),
    number('read'),
    {
      key: 'format',
      title: say(WORDS.format),
      cell: ({ format }) => <Foreign text={say(formatName(format))} />,
    },
    {
      key: 'campaign',
      title: say(WORDS.campaign),
      kind: 'number',
      cell: ({ campaign_id }) => campaign_id ?? say(WORDS.in_file),
    },
  ];
  return <PlainTable caption={say(WORDS.title)} columns={columns} rows={imports} keyOf={({ id }) => id} />;
}
