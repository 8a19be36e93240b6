import type { ImportDocument, RejectDocument } from '@recuento/contract';
import { useSay } from '../../../language/language.js';
import { useCalls } from '../../../operation/calls.js';
import { useCaller, useOperationFormats } from '../../../operation/operation.js';
import { Foreign } from '../../../parts/foreign.js';
import { Loaded } from '../../../parts/loaded.js';
import { type PlainColumn, PlainTable } from '../../../parts/plain-table.js';
import { ServiceText } from '../service-text.js';
import { REJECTS_SHOWN, useRejects } from './imports-list.js';
import { RejectReasons } from './reject-reasons.js';

const WORDS = {
  title: { en: 'Rejected lines', es: 'Líneas rechazadas' },
  first: {
    en: 'The first {shown} of {all}. Nothing of them was stored: correct them and import them again.',
    es: 'Las primeras {shown} de {all}. No se guardó nada de ellas: corríjalas e impórtelas otra vez.',
  },
  download: { en: 'Download all (CSV)', es: 'Descargar todas (CSV)' },
  line: { en: 'Line', es: 'Línea' },
  reason: { en: 'Why', es: 'Motivo' },
  raw: { en: 'What it says', es: 'Qué dice' },
  not_allowed: {
    en: 'To see the rejected lines, a token needs the scope ingest.',
    es: 'Para ver las líneas rechazadas, un token necesita el alcance ingest.',
  },
  gone: {
    en: 'They are no longer kept.',
    es: 'Ya no se conservan.',
  },
} as const;

/** The lines that an import rejected: the first of them, and all as a file. */
export function Rejected({
  document: { id, rejected, rejected_by_reason, state },
}: {
  readonly document: ImportDocument;
}) {
  const say = useSay();
  const calls = useCalls();
  const { count } = useOperationFormats();
  const is_allowed = useCaller().scopes.includes('ingest');
  const query = useRejects(id, is_allowed && rejected > 0 && state !== 'running');
  if (rejected === 0 || state === 'running') return null;
  return (
    <section className="imports-rejected">
      <h3>{say(WORDS.title)}</h3>
      <RejectReasons reasons={rejected_by_reason} rejected={rejected} />
      {is_allowed ? (
        <Loaded query={query}>
          {({ rejects }) =>
            rejects.length === 0 ? (
              <p className="quiet">{say(WORDS.gone)}</p>
            ) : (
              <>
                <p className="quiet">
                  {say(WORDS.first, { shown: Math.min(REJECTS_SHOWN, rejects.length), all: count(rejected) })}{' '}
                  <a href={calls.hrefOf(`/v1/imports/${id}/rejects`, { format: 'csv' })} download>
                    {say(WORDS.download)}
                  </a>
                </p>
                <RejectedLines rejects={rejects} />
              </>
            )
          }
        </Loaded>
      ) : (
        <p className="quiet">{say(WORDS.not_allowed)}</p>
      )}
    </section>
  );
}

/** Characters that are shown of a line: enough to find it again. */
const RAW_CHARS = 200;

export function RejectedLines({ rejects }: { readonly rejects: readonly RejectDocument[] }) {
  const say = useSay();
  const columns: readonly PlainColumn<RejectDocument>[] = [
    { key: 'line', title: say(WORDS.line), kind: 'number', cell: ({ line }) => line },
    { key: 'reason', title: say(WORDS.reason), cell: ({ reason }) => <ServiceText text={cut(reason)} /> },
    {
      key: 'raw',
      title: say(WORDS.raw),
      cell: ({ raw }) => (
        <code>
          <Foreign text={cut(raw)} />
        </code>
      ),
    },
  ];
  return (
    <PlainTable caption={say(WORDS.title)} columns={columns} rows={rejects} keyOf={({ line }) => line} />
  );
}

function cut(text: string): string {
  return text.length > RAW_CHARS ? `${text.slice(0, RAW_CHARS)}…` : text;
}
