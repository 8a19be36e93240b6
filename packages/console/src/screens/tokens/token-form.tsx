import type { Scope } from '@recuento/contract';
import { FIELD_LIMITS } from '@recuento/contract';
import { type FormEvent, useState } from 'react';
import { useSay } from '../../language/language.js';
import { useOperationIfChosen } from '../../operation/operation.js';
import { Failure } from '../../parts/failure.js';
import { Field } from '../../parts/field.js';
import { EXPIRIES, type Expiry, expiresAt, todayOf } from './expiry.js';
import { SCOPE_WORDS, SCOPES_ASKED } from './scopes.js';

const WORDS = {
  name: { en: 'Name', es: 'Nombre' },
  name_hint: {
    en: 'The program or person that has it. One token for each.',
    es: 'El programa o la persona que lo tiene. Uno para cada cual.',
  },
  scopes: { en: 'What it may do', es: 'Qué puede hacer' },
  no_scope: { en: 'Choose at least one.', es: 'Elija al menos una.' },
  expires: { en: 'It works', es: 'Sirve' },
  never: { en: 'until it is revoked', es: 'hasta que se revoque' },
  30: { en: 'for 30 days', es: 'por 30 días' },
  90: { en: 'for 90 days', es: 'por 90 días' },
  365: { en: 'for a year', es: 'por un año' },
  day: { en: 'until a day…', es: 'hasta un día…' },
  last_day: { en: 'Last day', es: 'Último día' },
  submit: { en: 'Create the token', es: 'Crear el token' },
} as const;

/** A token that is to be created, as the API takes it. */
export interface TokenDraft {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expires_at: string | null;
}

interface TokenFormProps {
  readonly first: { readonly name: string; readonly scopes: readonly Scope[] };
  /** Whose days are meant, where the operation is not that of the screen. */
  readonly time_zone?: string;
  readonly is_pending: boolean;
  readonly error: Error | null;
  readonly onSubmit: (draft: TokenDraft) => void;
}

/** What is asked about a new token. */
export function TokenForm({ first, time_zone, is_pending, error, onSubmit }: TokenFormProps) {
  const say = useSay();
  const shown_zone = useOperationIfChosen()?.time_zone;
  const zone = time_zone ?? shown_zone ?? 'UTC';
  const [name, setName] = useState(first.name);
  const [scopes, setScopes] = useState<readonly Scope[]>(first.scopes);
  const [expiry, setExpiry] = useState<Expiry>('never');
  const [day, setDay] = useState('');
  const [was_sent, setSent] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    const expires_at = expiresAt(expiry, day, zone, Date.now());
    if (scopes.length === 0 || expires_at === undefined) return;
    onSubmit({ name: name.trim(), scopes, expires_at });
  };
  return (
    <form className="tokens-form" onSubmit={submit}>
      <Field label={say(WORDS.name)} hint={say(WORDS.name_hint)}>
        {(labelled) => (
          <input
            {...labelled}
            value={name}
            onChange={({ target }) => setName(target.value)}
            required
            pattern=".*\S.*"
            maxLength={FIELD_LIMITS.text_chars}
            autoComplete="off"
          />
        )}
      </Field>
      <ScopeBoxes scopes={scopes} onChange={setScopes} is_wrong={was_sent && scopes.length === 0} />
      <div className="actions">
        <Field label={say(WORDS.expires)}>
          {(labelled) => (
            <select
              {...labelled}
              value={expiry}
              onChange={({ target }) =>
                setExpiry(EXPIRIES.find((known) => known === target.value) ?? 'never')
              }
            >
              {EXPIRIES.map((known) => (
                <option key={known} value={known}>
                  {say(WORDS[known])}
                </option>
              ))}
            </select>
          )}
        </Field>
        {expiry === 'day' && (
          <Field label={say(WORDS.last_day)}>
            {(labelled) => (
              <input
                {...labelled}
                type="date"
                value={day}
                min={todayOf(zone, Date.now())}
                required
                onChange={({ target }) => setDay(target.value)}
              />
            )}
          </Field>
        )}
      </div>
      {error && <Failure error={error} />}
      <p>
        <button type="submit" disabled={is_pending}>
          {say(WORDS.submit)}
        </button>
      </p>
    </form>
  );
}

interface ScopeBoxesProps {
  readonly scopes: readonly Scope[];
  readonly onChange: (scopes: readonly Scope[]) => void;
  readonly is_wrong: boolean;
}

function ScopeBoxes({ scopes, onChange, is_wrong }: ScopeBoxesProps) {
  const say = useSay();
  return (
    <fieldset className="tokens-scopes">
      <legend>{say(WORDS.scopes)}</legend>
      {SCOPES_ASKED.map((scope) => (
        <label key={scope}>
          <input
            type="checkbox"
            checked={scopes.includes(scope)}
            onChange={({ target }) =>
              onChange(SCOPES_ASKED.filter((one) => (one === scope ? target.checked : scopes.includes(one))))
            }
          />
          <span>
            <strong>{say(SCOPE_WORDS[scope].short)}</strong> {say(SCOPE_WORDS[scope].long)}{' '}
            <code className="quiet">{scope}</code>
          </span>
        </label>
      ))}
      {is_wrong && (
        <small className="error" role="alert">
          {say(WORDS.no_scope)}
        </small>
      )}
    </fieldset>
  );
}
