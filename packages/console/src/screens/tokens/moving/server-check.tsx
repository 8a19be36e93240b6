import { useSay } from '../../../language/language.js';
import { Field } from '../../../parts/field.js';
import { Foreign } from '../../../parts/foreign.js';
import { Check } from './check.js';
import { namedServer, type serverVerdict } from './verdict.js';

const WORDS = {
  title: { en: 'The server code', es: 'El código de servidor' },
  ask: {
    en: 'What your program sends as wolkvox_server, or the address that it calls today',
    es: 'Lo que su programa envía como wolkvox_server, o la dirección que llama hoy',
  },
  none: {
    en: 'This operation is {server}. A program may also send none.',
    es: 'Esta operación es {server}. Un programa también puede no enviar ninguno.',
  },
  same: {
    en: 'It means this operation, {server}.',
    es: 'Significa esta operación, {server}.',
  },
  other: {
    en: 'It means another server, and this operation is {server}: its calls would be refused with 403. Change it in the program or leave it out; or create an operation under that code.',
    es: 'Significa otro servidor, y esta operación es {server}: sus llamadas se rechazarían con 403. Cámbielo en el programa o no lo envíe; o cree una operación con ese código.',
  },
  no_code: {
    en: 'There is no server code in it. Type it as in wv{server}.wolkvox.com.',
    es: 'No trae un código de servidor. Escríbalo como en wv{server}.wolkvox.com.',
  },
  read: { en: 'Read as', es: 'Se lee' },
} as const;

/** More characters than any server code or address has. */
const TYPED_MAX_CHARS = 2_048;

interface ServerCheckProps {
  readonly verdict: ReturnType<typeof serverVerdict>;
  readonly server: string;
  readonly typed: string;
  readonly onType: (typed: string) => void;
}

/** Whether the code that the program sends is that of this operation. */
export function ServerCheck({ verdict, server, typed, onType }: ServerCheckProps) {
  const say = useSay();
  const named = namedServer(typed);
  return (
    <Check
      title={say(WORDS.title)}
      standing={verdict.standing}
      found={
        <>
          {named !== '' && named !== typed.trim() && (
            <>
              {say(WORDS.read)} <Foreign text={named} />.{' '}
            </>
          )}
          {say(WORDS[verdict.case], { server })}
        </>
      }
    >
      <Field label={say(WORDS.ask)}>
        {(labelled) => (
          <input
            {...labelled}
            value={typed}
            maxLength={TYPED_MAX_CHARS}
            autoComplete="off"
            spellCheck={false}
            placeholder={`wv${server}.wolkvox.com`}
            onChange={({ target }) => onType(target.value)}
          />
        )}
      </Field>
    </Check>
  );
}
