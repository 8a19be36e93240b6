import type { OperationDocument } from '@recuento/contract';
import { useId } from 'react';
import { Link } from 'wouter';
import { useSay } from '../../../language/language.js';
import { useWhere } from '../../../where/where.js';
import { Check } from './check.js';
import type { Trial } from './trial.js';
import type { codeVerdict, emptyVerdict, Wanted } from './verdict.js';

type Profile = OperationDocument['reply_profile'];

const WORDS = {
  code_title: { en: 'How it reads code', es: 'Cómo lee code' },
  code_ask: { en: 'The program compares code with', es: 'El programa compara code con' },
  number: { en: 'the number 200', es: 'el número 200' },
  string: { en: 'the text "200"', es: 'el texto "200"' },
  code_now: { en: 'This operation sends {"code":{code}}.', es: 'Esta operación envía {"code":{code}}.' },
  code_open: {
    en: 'If nobody knows, look at what the vendor’s server sends it today: {"code":"200"} or {"code":200}.',
    es: 'Si nadie lo sabe, mire qué le envía hoy el servidor del proveedor: {"code":"200"} o {"code":200}.',
  },
  empty_title: { en: 'A report without rows', es: 'Un informe sin filas' },
  empty_ask: {
    en: 'The program takes it as empty when the status is',
    es: 'El programa lo toma por vacío cuando el estado es',
  },
  404: { en: '404', es: '404' },
  200: { en: '200, with an empty list', es: '200, con una lista vacía' },
  empty_now: { en: 'This operation answers {status}.', es: 'Esta operación responde {status}.' },
  empty_open: {
    en: 'The vendor answers 404; most programs expect that.',
    es: 'El proveedor responde 404; la mayoría de los programas esperan eso.',
  },
  unknown: { en: 'nobody knows', es: 'nadie lo sabe' },
  fits: { en: 'That is what the program wants.', es: 'Es lo que quiere el programa.' },
  differs: {
    en: 'The program would take good replies for errors: change the reply profile.',
    es: 'El programa tomaría respuestas buenas por errores: cambie el perfil de respuesta.',
  },
  change: { en: 'Go to the reply profile', es: 'Ir al perfil de respuesta' },
} as const;

interface ProfileChecksProps {
  readonly profile: Profile | undefined;
  readonly trial: Trial | undefined;
  readonly code: {
    readonly wanted: Wanted<Profile['code']>;
    readonly verdict: ReturnType<typeof codeVerdict>;
  };
  readonly empty: {
    readonly wanted: Wanted<Profile['empty_status']>;
    readonly verdict: ReturnType<typeof emptyVerdict>;
  };
  readonly onCode: (wanted: Wanted<Profile['code']>) => void;
  readonly onEmpty: (wanted: Wanted<Profile['empty_status']>) => void;
}

/** Whether the operation's replies have the form that the program wants. */
export function ProfileChecks({ profile, trial, code, empty, onCode, onEmpty }: ProfileChecksProps) {
  const say = useSay();
  const code_seen = trial?.window.code || trial?.empty.code;
  const code_sent = code_seen || (profile && (profile.code === 'string' ? '"200"' : '200'));
  const status_sent = trial?.empty.code ? trial.empty.status : profile?.empty_status;
  return (
    <>
      <Check
        title={say(WORDS.code_title)}
        standing={code.verdict.standing}
        found={
          <Found
            now={code_sent && say(WORDS.code_now, { code: code_sent })}
            verdict={code.verdict}
            open={say(WORDS.code_open)}
          />
        }
      >
        <Choice
          label={say(WORDS.code_ask)}
          values={['number', 'string', 'unknown'] as const}
          chosen={code.wanted}
          titleOf={(value) => say(WORDS[value])}
          onChoose={onCode}
        />
      </Check>
      <Check
        title={say(WORDS.empty_title)}
        standing={empty.verdict.standing}
        found={
          <Found
            now={status_sent && say(WORDS.empty_now, { status: status_sent })}
            verdict={empty.verdict}
            open={say(WORDS.empty_open)}
          />
        }
      >
        <Choice
          label={say(WORDS.empty_ask)}
          values={[404, 200, 'unknown'] as const}
          chosen={empty.wanted}
          titleOf={(value) => say(WORDS[value])}
          onChoose={onEmpty}
        />
      </Check>
    </>
  );
}

interface FoundProps {
  /** What the operation does, as a sentence. */
  readonly now: string | 0 | undefined;
  readonly verdict: ReturnType<typeof codeVerdict>;
  readonly open: string;
}

function Found({ now, verdict, open }: FoundProps) {
  const say = useSay();
  const { hrefOf } = useWhere();
  if (verdict.case === 'open') {
    return (
      <>
        {now} {open}
      </>
    );
  }
  return (
    <>
      {now} {say(WORDS[verdict.case])}{' '}
      {verdict.case === 'differs' && (
        <Link href={hrefOf('/administration', { tab: 'settings' })}>{say(WORDS.change)}</Link>
      )}
    </>
  );
}

interface ChoiceProps<Value extends string | number> {
  readonly label: string;
  readonly values: readonly Value[];
  readonly chosen: Value;
  readonly titleOf: (value: Value) => string;
  readonly onChoose: (value: Value) => void;
}

function Choice<Value extends string | number>({
  label,
  values,
  chosen,
  titleOf,
  onChoose,
}: ChoiceProps<Value>) {
  const id = useId();
  return (
    <fieldset className="switch">
      <legend>{label}</legend>
      {values.map((value) => (
        <label key={value}>
          <input type="radio" name={id} checked={value === chosen} onChange={() => onChoose(value)} />
          {titleOf(value)}
        </label>
      ))}
    </fieldset>
  );
}
