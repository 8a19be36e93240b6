import {
  DEFAULT_TIME_ZONE,
  FIELD_LIMITS,
  isServerCode,
  isTimeZone,
  type OperationDocument,
  serverCodeOf,
} from '@recuento/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { documentOf } from '../../../api/call.js';
import { useSay } from '../../../language/language.js';
import { Failure } from '../../../parts/failure.js';
import { Field } from '../../../parts/field.js';
import { Zones } from '../settings/setting-field.js';

const WORDS = {
  server: { en: 'Server code', es: 'Código de servidor' },
  server_hint: {
    en: 'As your programs send it: 0042, or wv0042.wolkvox.com. It cannot be changed later.',
    es: 'Como lo envían sus programas: 0042, o wv0042.wolkvox.com. Después no se puede cambiar.',
  },
  server_wrong: {
    en: 'It is 1 to 32 letters or digits.',
    es: 'Son de 1 a 32 letras o dígitos.',
  },
  name: { en: 'Name', es: 'Nombre' },
  licences: { en: 'Licences', es: 'Licencias' },
  licences_hint: {
    en: 'As many as with the vendor. Each is worth 1,000 calls a day.',
    es: 'Las mismas que con el proveedor. Cada una vale 1.000 consumos diarios.',
  },
  zone: { en: 'Time zone', es: 'Zona horaria' },
  zone_hint: { en: 'Where people dial.', es: 'Donde se marca.' },
  zone_wrong: {
    en: 'There is no such time zone. Write it as America/Bogota.',
    es: 'Esa zona horaria no existe. Escríbala como America/Bogota.',
  },
  submit: { en: 'Create the operation', es: 'Crear la operación' },
} as const;

/** The most licences that an operation may have. */
const LICENCES_MAX = 100_000;

interface OperationFormProps {
  readonly onCreated: (operation: OperationDocument) => unknown;
}

/** What is asked about a new operation. Everything else has a default, and is changed in its settings. */
export function OperationForm({ onCreated }: OperationFormProps) {
  const say = useSay();
  const id = useId();
  const [server, setServer] = useState('');
  const [name, setName] = useState('');
  const [licences, setLicences] = useState('1');
  const [time_zone, setZone] = useState(likelyZone);
  const [was_sent, setSent] = useState(false);
  const create = useMutation({
    mutationFn: (body: unknown) => documentOf<OperationDocument>('/v1/operations', { method: 'POST', body }),
    onSuccess: onCreated,
  });
  const is_server_wrong = !isServerCode(serverCodeOf(server));
  const is_zone_wrong = !isTimeZone(time_zone.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (is_server_wrong || is_zone_wrong) return;
    create.mutate({ server, name: name.trim(), licences: Number(licences), time_zone: time_zone.trim() });
  };
  return (
    <form className="administration-form" onSubmit={submit}>
      <div className="administration-fields">
        <Field
          label={say(WORDS.server)}
          hint={say(WORDS.server_hint)}
          error={was_sent && is_server_wrong ? say(WORDS.server_wrong) : undefined}
        >
          {(labelled) => (
            <input
              {...labelled}
              value={server}
              required
              autoComplete="off"
              spellCheck={false}
              onChange={({ target }) => setServer(target.value)}
            />
          )}
        </Field>
        <Field label={say(WORDS.name)}>
          {(labelled) => (
            <input
              {...labelled}
              value={name}
              required
              pattern=".*\S.*"
              maxLength={FIELD_LIMITS.text_chars}
              autoComplete="organization"
              onChange={({ target }) => setName(target.value)}
            />
          )}
        </Field>
        <Field label={say(WORDS.licences)} hint={say(WORDS.licences_hint)}>
          {(labelled) => (
            <input
              {...labelled}
              type="number"
              value={licences}
              required
              min={1}
              max={LICENCES_MAX}
              onChange={({ target }) => setLicences(target.value)}
            />
          )}
        </Field>
        <Field
          label={say(WORDS.zone)}
          hint={say(WORDS.zone_hint)}
          error={was_sent && is_zone_wrong ? say(WORDS.zone_wrong) : undefined}
        >
          {(labelled) => (
            <>
              <input
                {...labelled}
                value={time_zone}
                required
                list={id}
                autoComplete="off"
                spellCheck={false}
                onChange={({ target }) => setZone(target.value)}
              />
              <Zones id={id} />
            </>
          )}
        </Field>
      </div>
      {create.error && <Failure error={create.error} />}
      <p>
        <button type="submit" disabled={create.isPending}>
          {say(WORDS.submit)}
        </button>
      </p>
    </form>
  );
}

/** The browser's own zone: whoever sets this up is mostly where people dial. Machines that are nowhere have UTC. */
function likelyZone(): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return /^(Etc\/)?(UTC|GMT)$/.test(timeZone) ? DEFAULT_TIME_ZONE : timeZone;
}
