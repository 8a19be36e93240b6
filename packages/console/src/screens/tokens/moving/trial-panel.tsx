import { type FormEvent, useState } from 'react';
import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Failure } from '../../../parts/failure.js';
import { Field } from '../../../parts/field.js';
import { Foreign } from '../../../parts/foreign.js';
import { Panel } from '../../../parts/panel.js';
import { PlainTable } from '../../../parts/plain-table.js';
import type { Answer } from './ask.js';
import type { Trial } from './trial.js';

const WORDS = {
  title: { en: 'A trial call', es: 'Una llamada de prueba' },
  about: {
    en: 'This browser calls campaign_8 as your program would. The token stays in the memory of this page and goes to this service alone. It takes two calls of the day.',
    es: 'Este navegador llama a campaign_8 como lo haría su programa. El token queda en la memoria de esta página y va solo a este servicio. Gasta dos consumos del día.',
  },
  token: { en: 'Token of the program', es: 'Token del programa' },
  start: { en: 'Try it', es: 'Probar' },
  trying: { en: 'Trying…', es: 'Probando…' },
  asked: { en: 'What was asked', es: 'Lo que se pidió' },
  status: { en: 'Status', es: 'Estado' },
  code: { en: 'code', es: 'code' },
  rows: { en: 'Rows', es: 'Filas' },
  msg: { en: 'Message', es: 'Mensaje' },
  window: { en: 'What your program asks for', es: 'Lo que pide su programa' },
  empty: { en: 'A window without attempts', es: 'Una ventana sin intentos' },
  stranger: { en: 'The same, for another server', es: 'La misma, para otro servidor' },
  done: {
    en: 'Done: the list below has what was found.',
    es: 'Listo: la lista de abajo tiene lo que se encontró.',
  },
  number: { en: 'number', es: 'número' },
  string: { en: 'text', es: 'texto' },
  none: { en: 'no envelope', es: 'sin sobre' },
  many: { en: 'very many', es: 'muchísimas' },
} as const;

const ASKED = ['window', 'empty', 'stranger'] as const;

interface TrialPanelProps {
  readonly trial: Trial | undefined;
  readonly is_pending: boolean;
  readonly error: Error | null;
  readonly onTry: (token: string) => void;
}

/** Calls the service with the program's own token, and shows what it would get. */
export function TrialPanel({ trial, is_pending, error, onTry }: TrialPanelProps) {
  const say = useSay();
  const [token, setToken] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onTry(token.trim());
  };
  return (
    <Panel title={say(WORDS.title)} about={say(WORDS.about)}>
      <form className="tokens-trial" onSubmit={submit}>
        <Field label={say(WORDS.token)}>
          {(labelled) => (
            <input
              {...labelled}
              type="password"
              value={token}
              required
              // Letters, digits and marks: what a header can carry.
              pattern="\s*[!-~]+\s*"
              autoComplete="off"
              spellCheck={false}
              onChange={({ target }) => setToken(target.value)}
            />
          )}
        </Field>
        <button type="submit" disabled={is_pending}>
          {say(is_pending ? WORDS.trying : WORDS.start)}
        </button>
      </form>
      {error && <Failure error={error} />}
      <p role="status">{trial && say(WORDS.done)}</p>
      {trial && <Answers trial={trial} />}
    </Panel>
  );
}

function Answers({ trial }: { readonly trial: Trial }) {
  const say = useSay();
  const { count } = useOperationFormats();
  const rows = ASKED.map((asked) => ({ asked, ...trial[asked] }));
  const codeOf = ({ code, code_type }: Answer) => (
    <span className="tokens-answer">
      {code_type === 'none' ? say(WORDS.none) : `${code} (${say(WORDS[code_type])})`}
    </span>
  );
  return (
    <PlainTable
      caption={say(WORDS.title)}
      columns={[
        { key: 'asked', title: say(WORDS.asked), cell: ({ asked }) => say(WORDS[asked]) },
        { key: 'status', title: say(WORDS.status), cell: ({ status }) => status },
        { key: 'code', title: say(WORDS.code), cell: codeOf },
        {
          key: 'rows',
          title: say(WORDS.rows),
          kind: 'number',
          cell: (answer) => (answer.rows === undefined ? say(WORDS.many) : count(answer.rows)),
        },
        { key: 'msg', title: say(WORDS.msg), cell: ({ msg }) => <Foreign text={msg} /> },
      ]}
      rows={rows}
      keyOf={({ asked }) => asked}
    />
  );
}
