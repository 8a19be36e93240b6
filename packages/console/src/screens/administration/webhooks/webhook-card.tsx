import { BEHIND_MAX, type WebhookDocument, type WebhookTestDocument } from '@recuento/contract';
import { useState } from 'react';
import { useSay } from '../../../language/language.js';
import { plainTitle } from '../../../language/plain-title.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Failure } from '../../../parts/failure.js';
import { Foreign } from '../../../parts/foreign.js';
import { DeleteWebhook } from './delete-webhook.js';
import { EVENT_WORDS, STATE_WORDS } from './event-words.js';
import { useTestWebhook } from './webhooks.js';

const WORDS = {
  told: { en: 'It is told', es: 'Se le avisa' },
  behind: { en: 'Not delivered yet', es: 'Sin entregar' },
  or_more: { en: '{count} or more', es: '{count} o más' },
  last_success: { en: 'Last delivery', es: 'Última entrega' },
  never: { en: 'none yet', es: 'ninguna todavía' },
  last_failure: { en: 'Last failure', es: 'Última falla' },
  failing_since: { en: 'Failing since', es: 'Falla desde' },
  next_try: { en: 'Next try', es: 'Próximo intento' },
  nothing_yet: { en: 'Nothing to deliver yet', es: 'Nada por entregar todavía' },
  not_delivered: {
    en: 'The test did not arrive. {reason}',
    es: 'La prueba no llegó. {reason}',
  },
  test: { en: 'Test', es: 'Probar' },
  testing: { en: 'Testing…', es: 'Probando…' },
  test_named: { en: 'Test {url}', es: 'Probar {url}' },
  delete: { en: 'Delete', es: 'Eliminar' },
  delete_named: { en: 'Delete {url}', es: 'Eliminar {url}' },
  delivered: {
    en: 'The receiver took the test: it answered {status}.',
    es: 'El receptor aceptó la prueba: respondió {status}.',
  },
} as const;

/** One webhook: how it is doing, and what can be done about it. */
export function WebhookCard({ webhook }: { readonly webhook: WebhookDocument }) {
  const say = useSay();
  const [is_deleting, setDeleting] = useState(false);
  const test = useTestWebhook(webhook.id);
  const { url, state } = webhook;
  const is_new = state === 'in_step' && webhook.last_success_at === null;
  return (
    <li className="administration-webhook">
      <header>
        <Foreign text={url} />
        <div className="actions">
          <button
            type="button"
            aria-label={say(WORDS.test_named, { url: plainTitle(url) })}
            disabled={test.isPending}
            onClick={() => test.mutate()}
          >
            {say(test.isPending ? WORDS.testing : WORDS.test)}
          </button>
          <button
            type="button"
            className="danger"
            aria-label={say(WORDS.delete_named, { url: plainTitle(url) })}
            onClick={() => setDeleting(true)}
          >
            {say(WORDS.delete)}
          </button>
        </div>
      </header>
      <p className={`administration-state ${is_new ? 'new' : state}`}>
        {say(is_new ? WORDS.nothing_yet : STATE_WORDS[state])}
      </p>
      <div role="status">{test.data && <TestOutcome outcome={test.data} />}</div>
      {test.error && <Failure error={test.error} />}
      <WebhookFacts webhook={webhook} />
      {is_deleting && <DeleteWebhook webhook={webhook} onClose={() => setDeleting(false)} />}
    </li>
  );
}

function TestOutcome({ outcome }: { readonly outcome: WebhookTestDocument }) {
  const say = useSay();
  return outcome.delivered ? (
    <p>{say(WORDS.delivered, { status: outcome.status })}</p>
  ) : (
    <p className="error">{say(WORDS.not_delivered, { reason: outcome.reason })}</p>
  );
}

function WebhookFacts({ webhook }: { readonly webhook: WebhookDocument }) {
  const say = useSay();
  const { count, moment } = useOperationFormats();
  const { events, behind, last_success_at, last_failure, failing_since, next_try_at } = webhook;
  const waiting = behind.filter((kind) => kind.events > 0);
  const facts: readonly (readonly [keyof typeof WORDS, string])[] = [
    ['told', events.map((kind) => say(EVENT_WORDS[kind].short)).join(', ')],
    ...waiting.map(
      (kind) =>
        [
          'behind',
          `${say(EVENT_WORDS[kind.event].short)}: ${
            kind.events >= BEHIND_MAX ? say(WORDS.or_more, { count: count(BEHIND_MAX) }) : count(kind.events)
          }`,
        ] as const,
    ),
    ['last_success', last_success_at === null ? say(WORDS.never) : moment(last_success_at)],
    ...(last_failure
      ? [['last_failure', `${moment(last_failure.at)}. ${last_failure.reason}`] as const]
      : []),
    ...(failing_since === null ? [] : [['failing_since', moment(failing_since)] as const]),
    ...(next_try_at === null ? [] : [['next_try', moment(next_try_at)] as const]),
  ];
  return (
    <dl className="administration-list">
      {facts.map(([name, text]) => (
        <div key={`${name} ${text}`}>
          <dt>{say(WORDS[name])}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
