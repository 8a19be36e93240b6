import type { EventKind } from '@recuento/contract';
import { type FormEvent, useState } from 'react';
import { useSay } from '../../../language/language.js';
import { Dialog } from '../../../parts/dialog.js';
import { Failure } from '../../../parts/failure.js';
import { Field } from '../../../parts/field.js';
import { ShownOnce } from '../../../parts/shown-once.js';
import { EVENT_WORDS, EVENTS_ASKED } from './event-words.js';
import { useCreateWebhook, type WebhookDraft } from './webhooks.js';

const WORDS = {
  title: { en: 'Create a webhook', es: 'Crear un webhook' },
  created: { en: 'The webhook is created', es: 'El webhook quedó creado' },
  url: { en: 'Address of the receiver', es: 'Dirección del receptor' },
  url_hint: {
    en: 'https://… on the public Internet. Others have to be allowed by the administrator.',
    es: 'https://… en la Internet pública. Otras las tiene que permitir el administrador.',
  },
  events: { en: 'What it is told', es: 'Qué se le avisa' },
  no_event: { en: 'Choose at least one.', es: 'Elija al menos uno.' },
  submit: { en: 'Create the webhook', es: 'Crear el webhook' },
  secret: { en: 'Secret', es: 'Secreto' },
  once: {
    en: 'The posts are signed with it: give it to the receiver now. It is not shown again; for another one, create another webhook.',
    es: 'Con él se firman los envíos: entrégueselo ahora al receptor. No se vuelve a mostrar; para tener otro, cree otro webhook.',
  },
  kept: { en: 'I have kept it', es: 'Ya lo guardé' },
} as const;

/** Asks about a new webhook, creates it, and shows its secret once. */
export function NewWebhookDialog({ onClose }: { readonly onClose: () => void }) {
  const say = useSay();
  const create = useCreateWebhook();
  const { data: created } = create;
  return (
    <Dialog title={say(created ? WORDS.created : WORDS.title)} onClose={onClose}>
      {created ? (
        <div className="administration-form">
          <ShownOnce label={say(WORDS.secret)} secret={created.secret} about={say(WORDS.once)} />
          <p>
            <button type="button" className="primary" onClick={onClose}>
              {say(WORDS.kept)}
            </button>
          </p>
        </div>
      ) : (
        <WebhookForm
          is_pending={create.isPending}
          error={create.error}
          onSubmit={(draft) => create.mutate(draft)}
        />
      )}
    </Dialog>
  );
}

interface WebhookFormProps {
  readonly is_pending: boolean;
  readonly error: Error | null;
  readonly onSubmit: (draft: WebhookDraft) => void;
}

function WebhookForm({ is_pending, error, onSubmit }: WebhookFormProps) {
  const say = useSay();
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState<readonly EventKind[]>(EVENTS_ASKED);
  const [was_sent, setSent] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (events.length > 0) onSubmit({ url: url.trim(), events });
  };
  return (
    <form className="administration-form" onSubmit={submit}>
      <Field label={say(WORDS.url)} hint={say(WORDS.url_hint)}>
        {(labelled) => (
          <input
            {...labelled}
            type="url"
            value={url}
            required
            autoComplete="off"
            spellCheck={false}
            placeholder="https://dialer.example.com/recuento"
            onChange={({ target }) => setUrl(target.value)}
          />
        )}
      </Field>
      <fieldset className="administration-boxes">
        <legend>{say(WORDS.events)}</legend>
        {EVENTS_ASKED.map((kind) => (
          <label key={kind}>
            <input
              type="checkbox"
              checked={events.includes(kind)}
              onChange={({ target }) =>
                setEvents(
                  EVENTS_ASKED.filter((one) => (one === kind ? target.checked : events.includes(one))),
                )
              }
            />
            <span>
              <strong>{say(EVENT_WORDS[kind].short)}</strong> {say(EVENT_WORDS[kind].long)}
            </span>
          </label>
        ))}
        {was_sent && events.length === 0 && (
          <small className="error" role="alert">
            {say(WORDS.no_event)}
          </small>
        )}
      </fieldset>
      {error && <Failure error={error} />}
      <p>
        <button type="submit" disabled={is_pending}>
          {say(WORDS.submit)}
        </button>
      </p>
    </form>
  );
}
