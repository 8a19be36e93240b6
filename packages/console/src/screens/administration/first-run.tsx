import type { OperationDocument } from '@recuento/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { addressOf, documentOf } from '../../api/call.js';
import { useSay } from '../../language/language.js';
import { OPERATIONS_KEY } from '../../operation/operations.js';
import { Foreign } from '../../parts/foreign.js';
import { Panel } from '../../parts/panel.js';
import { Screen } from '../../parts/screen.js';
import { ShownOnce } from '../../parts/shown-once.js';
import { useCreateToken } from '../tokens/create-token.js';
import { TokenForm } from '../tokens/token-form.js';
import '../tokens/tokens.css';
import './administration.css';
import { OperationForm } from './operations/operation-form.js';

const WORDS = {
  title: { en: 'Welcome to Recuento', es: 'Le damos la bienvenida a Recuento' },
  about: {
    en: 'Two short steps, and this service is yours to use.',
    es: 'Dos pasos cortos, y este servicio queda listo para usar.',
  },
  operation: { en: '1 of 2: the operation', es: '1 de 2: la operación' },
  operation_about: {
    en: 'One contact-centre account. More can follow in Administration.',
    es: 'Una cuenta de contact center. Se pueden agregar más en Administración.',
  },
  token: { en: '2 of 2: its first token', es: '2 de 2: su primer token' },
  token_about: {
    en: 'For a program that calls the API, or for whoever signs in here without being the administrator.',
    es: 'Para un programa que llama a la API, o para quien entra aquí sin ser el administrador.',
  },
  token_name: { en: 'First token', es: 'Primer token' },
  secret: { en: 'Token', es: 'Token' },
  kept: { en: 'I have kept it', es: 'Ya lo guardé' },
  later: { en: 'Later', es: 'Más tarde' },
  ready: { en: 'Everything is ready', es: 'Todo está listo' },
  next: {
    en: 'Next come the attempts: import a file of your dialer. Then point a program here.',
    es: 'Ahora vienen los intentos: importe un archivo de su marcador. Luego traiga un programa.',
  },
  import: { en: 'Import a file', es: 'Importar un archivo' },
  program: { en: 'Point a program here', es: 'Traer un programa' },
  look: { en: 'Look around', es: 'Ver el resumen' },
} as const;

type Step =
  | { readonly name: 'operation' }
  | { readonly name: 'token'; readonly operation: OperationDocument }
  | { readonly name: 'ready'; readonly operation: OperationDocument };

interface FirstRunProps {
  /** Called where the reader goes on to the screens: from then on there is an operation. */
  readonly onDone: () => void;
}

/** What the administrator of a new install is led through: the first operation, and its token. */
export default function FirstRun({ onDone }: FirstRunProps) {
  const say = useSay();
  const client = useQueryClient();
  const [step, setStep] = useState<Step>({ name: 'operation' });
  // What the reader acted on is gone with its step.
  useEffect(() => {
    if (step.name !== 'operation') document.getElementById('content')?.focus();
  }, [step.name]);
  const onCreated = async (operation: OperationDocument) => {
    await client.invalidateQueries({ queryKey: OPERATIONS_KEY });
    setStep({ name: 'token', operation });
  };
  return (
    <Screen title={say(WORDS.title)} about={step.name !== 'ready' && say(WORDS.about)}>
      <div className="administration-first">
        {step.name === 'operation' && (
          <Panel title={say(WORDS.operation)} about={say(WORDS.operation_about)}>
            <OperationForm onCreated={onCreated} />
          </Panel>
        )}
        {step.name === 'token' && (
          <FirstToken
            operation={step.operation}
            onDone={() => setStep({ name: 'ready', operation: step.operation })}
          />
        )}
        {step.name === 'ready' && <Ready operation={step.operation} onDone={onDone} />}
      </div>
    </Screen>
  );
}

interface StepProps {
  readonly operation: OperationDocument;
  readonly onDone: () => void;
}

function FirstToken({ operation, onDone }: StepProps) {
  const say = useSay();
  const of_operation: Parameters<typeof useCreateToken>[0] = {
    documentOf: (path, sent) => documentOf(path, { ...sent, query: { operation: operation.server } }),
  };
  const create = useCreateToken(of_operation, () => Promise.resolve());
  return (
    <Panel title={say(WORDS.token)} about={say(WORDS.token_about)}>
      <p>
        <strong>
          <Foreign text={operation.name} />
        </strong>{' '}
        <span className="quiet">{operation.server}</span>
      </p>
      {create.data ? (
        <>
          <ShownOnce label={say(WORDS.secret)} secret={create.data.token} />
          <p>
            <button type="button" className="primary" onClick={onDone}>
              {say(WORDS.kept)}
            </button>
          </p>
        </>
      ) : (
        <>
          <TokenForm
            first={{ name: say(WORDS.token_name), scopes: ['report', 'ingest'] }}
            time_zone={operation.time_zone}
            is_pending={create.isPending}
            error={create.error}
            onSubmit={(draft) => create.mutate(draft)}
          />
          <p>
            <button type="button" onClick={onDone}>
              {say(WORDS.later)}
            </button>
          </p>
        </>
      )}
    </Panel>
  );
}

function Ready({ operation, onDone }: StepProps) {
  const say = useSay();
  const links = [
    ['import', '/imports', {}],
    ['program', '/tokens', { tab: 'moving' }],
    ['look', '/', {}],
  ] as const;
  return (
    <Panel title={say(WORDS.ready)} about={say(WORDS.next)}>
      <ul className="administration-next">
        {links.map(([name, path, query]) => (
          <li key={name}>
            <Link href={addressOf(path, { operation: operation.server, ...query })} onClick={onDone}>
              {say(WORDS[name])}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
