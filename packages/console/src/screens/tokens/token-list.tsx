import type { TokenDocument } from '@recuento/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSay } from '../../language/language.js';
import { plainTitle } from '../../language/plain-title.js';
import { useCalls } from '../../operation/calls.js';
import { useCaller, useOperationFormats } from '../../operation/operation.js';
import { Empty } from '../../parts/empty.js';
import { Foreign } from '../../parts/foreign.js';
import { Loaded } from '../../parts/loaded.js';
import { Panel } from '../../parts/panel.js';
import { PlainTable } from '../../parts/plain-table.js';
import { NewTokenDialog } from './new-token.js';
import { RevokeToken } from './revoke-token.js';
import { SCOPE_WORDS } from './scopes.js';
import { useUsage } from './usage.js';

const WORDS = {
  title: { en: 'Tokens', es: 'Tokens' },
  create: { en: 'Create a token', es: 'Crear un token' },
  none: { en: 'No token yet', es: 'Aún no hay tokens' },
  none_about: {
    en: 'A program needs one to call the API, and so does whoever signs in here.',
    es: 'Un programa necesita uno para llamar a la API, y también quien entre aquí.',
  },
  name: { en: 'Name', es: 'Nombre' },
  scopes: { en: 'What it may do', es: 'Qué puede hacer' },
  calls: { en: 'Calls today', es: 'Consumos de hoy' },
  created: { en: 'Created', es: 'Creado' },
  expires: { en: 'Works until', es: 'Sirve hasta' },
  never: { en: 'it is revoked', es: 'que se revoque' },
  acts: { en: 'Acts', es: 'Acciones' },
  own: { en: 'you signed in with it', es: 'usted entró con él' },
  revoke: { en: 'Revoke', es: 'Revocar' },
  revoke_named: { en: 'Revoke {name}', es: 'Revocar {name}' },
  revoked: { en: 'The token is revoked.', es: 'El token quedó revocado.' },
  more: { en: 'Show {count} more', es: 'Mostrar {count} más' },
} as const;

/** A page of rows. An operation can have a thousand. */
const PAGE_ROWS = 50;

/** The live tokens of the operation: creating and revoking them. */
export function TokenList() {
  const say = useSay();
  const calls = useCalls();
  const tokens = useQuery({
    queryKey: [calls.key, 'tokens'],
    queryFn: ({ signal }) =>
      calls.documentOf<{ readonly tokens: readonly TokenDocument[] }>('/v1/tokens', { signal }),
    select: (document) => document.tokens,
  });
  const [is_creating, setCreating] = useState(false);
  const create = (
    <button type="button" className="primary" onClick={() => setCreating(true)}>
      {say(WORDS.create)}
    </button>
  );
  return (
    <Panel title={say(WORDS.title)} actions={create}>
      <Loaded query={tokens}>
        {(listed) =>
          listed.length === 0 ? (
            <Empty title={say(WORDS.none)}>
              <p>{say(WORDS.none_about)}</p>
            </Empty>
          ) : (
            <TokenTable tokens={listed} />
          )
        }
      </Loaded>
      {is_creating && <NewTokenDialog onClose={() => setCreating(false)} />}
    </Panel>
  );
}

function TokenTable({ tokens }: { readonly tokens: readonly TokenDocument[] }) {
  const say = useSay();
  const { count, moment } = useOperationFormats();
  const own_id = useCaller().token?.id;
  const usage = useUsage().data;
  const calls_by_id = new Map(usage?.tokens.map(({ id, calls }) => [id, count(calls)]));
  const [pages, setPages] = useState(1);
  const [revoking, setRevoking] = useState<TokenDocument>();
  const [said, setSaid] = useState('');
  const shown = tokens.slice(0, pages * PAGE_ROWS);
  return (
    <div className="tokens-list">
      <PlainTable
        caption={say(WORDS.title)}
        columns={[
          {
            key: 'name',
            title: say(WORDS.name),
            cell: ({ id, name }) => (
              <>
                <Foreign text={name} />
                {id === own_id && <small className="quiet"> ({say(WORDS.own)})</small>}
              </>
            ),
          },
          {
            key: 'scopes',
            title: say(WORDS.scopes),
            cell: ({ scopes }) => scopes.map((scope) => say(SCOPE_WORDS[scope].short)).join(', '),
          },
          {
            key: 'calls',
            title: say(WORDS.calls),
            kind: 'number',
            cell: ({ id }) => calls_by_id.get(id) ?? '',
          },
          {
            key: 'created',
            title: say(WORDS.created),
            cell: ({ created_at }) => <span className="tokens-moment">{moment(created_at)}</span>,
          },
          {
            key: 'expires',
            title: say(WORDS.expires),
            cell: ({ expires_at }) => (
              <span className="tokens-moment">
                {expires_at === null ? say(WORDS.never) : moment(expires_at)}
              </span>
            ),
          },
          {
            key: 'acts',
            title: <span className="unseen">{say(WORDS.acts)}</span>,
            cell: (token) => (
              <button
                type="button"
                aria-label={say(WORDS.revoke_named, { name: plainTitle(token.name) })}
                onClick={() => setRevoking(token)}
              >
                {say(WORDS.revoke)}
              </button>
            ),
          },
        ]}
        rows={shown}
        keyOf={({ id }) => id}
      />
      {shown.length < tokens.length && (
        <p>
          <button type="button" onClick={() => setPages(pages + 1)}>
            {say(WORDS.more, { count: count(Math.min(PAGE_ROWS, tokens.length - shown.length)) })}
          </button>
        </p>
      )}
      <p role="status">{said}</p>
      {revoking && (
        <RevokeToken
          token={revoking}
          calls_today={calls_by_id.get(revoking.id)}
          onClose={() => setRevoking(undefined)}
          onRevoked={() => {
            setRevoking(undefined);
            setSaid(say(WORDS.revoked));
          }}
        />
      )}
    </div>
  );
}
