import type { OperationDocument } from '@recuento/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { OPERATIONS_KEY, useOperations } from '../../../operation/operations.js';
import { Dialog } from '../../../parts/dialog.js';
import { Foreign } from '../../../parts/foreign.js';
import { Loaded } from '../../../parts/loaded.js';
import { Panel } from '../../../parts/panel.js';
import { PlainTable } from '../../../parts/plain-table.js';
import { useWhere } from '../../../where/where.js';
import { OperationForm } from './operation-form.js';

const WORDS = {
  title: { en: 'Operations', es: 'Operaciones' },
  create: { en: 'Create an operation', es: 'Crear una operación' },
  name: { en: 'Name', es: 'Nombre' },
  server: { en: 'Server code', es: 'Código de servidor' },
  licences: { en: 'Licences', es: 'Licencias' },
  zone: { en: 'Time zone', es: 'Zona horaria' },
  replies: { en: 'Replies', es: 'Respuestas' },
  profile: { en: '{code}; {status} when empty', es: '{code}; {status} si no hay filas' },
  settings_named: { en: 'Settings of {server}', es: 'Configuración de {server}' },
  created: {
    en: 'Operation {server} is created. Programs and people need a token of it.',
    es: 'La operación {server} quedó creada. Los programas y las personas necesitan un token de ella.',
  },
  tokens: { en: 'Create its first token', es: 'Crear su primer token' },
  more: { en: 'Show {count} more', es: 'Mostrar {count} más' },
} as const;

const PAGE_ROWS = 50;

/** All operations of the service: for the administrator. */
export function OperationsTab() {
  const say = useSay();
  const client = useQueryClient();
  const { hrefOf } = useWhere();
  const [is_creating, setCreating] = useState(false);
  const [created, setCreated] = useState<string>();
  const onCreated = async ({ server }: OperationDocument) => {
    await client.invalidateQueries({ queryKey: OPERATIONS_KEY });
    setCreating(false);
    setCreated(server);
  };
  const create = (
    <button type="button" className="primary" onClick={() => setCreating(true)}>
      {say(WORDS.create)}
    </button>
  );
  return (
    <Panel title={say(WORDS.title)} actions={create}>
      <p role="status">
        {created !== undefined && (
          <>
            {say(WORDS.created, { server: created })}{' '}
            <Link href={hrefOf('/tokens', { operation: created, campaign: undefined })}>
              {say(WORDS.tokens)}
            </Link>
          </>
        )}
      </p>
      <Loaded query={useOperations(true)}>
        {(operations) => <OperationTable operations={operations} />}
      </Loaded>
      {is_creating && (
        <Dialog title={say(WORDS.create)} onClose={() => setCreating(false)}>
          <OperationForm onCreated={onCreated} />
        </Dialog>
      )}
    </Panel>
  );
}

function OperationTable({ operations }: { readonly operations: readonly OperationDocument[] }) {
  const say = useSay();
  const { count } = useOperationFormats();
  const { path, hrefOf } = useWhere();
  const [pages, setPages] = useState(1);
  const shown = operations.slice(0, pages * PAGE_ROWS);
  return (
    <>
      <PlainTable
        caption={say(WORDS.title)}
        columns={[
          {
            key: 'server',
            title: say(WORDS.server),
            cell: ({ server }) => (
              <Link
                href={hrefOf(path, { operation: server, campaign: undefined, tab: 'settings' })}
                aria-label={say(WORDS.settings_named, { server })}
              >
                {server}
              </Link>
            ),
          },
          { key: 'name', title: say(WORDS.name), cell: ({ name }) => <Foreign text={name} /> },
          {
            key: 'licences',
            title: say(WORDS.licences),
            kind: 'number',
            cell: ({ licences }) => count(licences),
          },
          {
            key: 'zone',
            title: say(WORDS.zone),
            cell: ({ time_zone }) => time_zone,
          },
          {
            key: 'replies',
            title: say(WORDS.replies),
            cell: ({ reply_profile: { code, empty_status } }) =>
              say(WORDS.profile, { code: code === 'string' ? '"200"' : '200', status: empty_status }),
          },
        ]}
        rows={shown}
        keyOf={({ server }) => server}
      />
      {shown.length < operations.length && (
        <p>
          <button type="button" onClick={() => setPages(pages + 1)}>
            {say(WORDS.more, { count: count(Math.min(PAGE_ROWS, operations.length - shown.length)) })}
          </button>
        </p>
      )}
    </>
  );
}
