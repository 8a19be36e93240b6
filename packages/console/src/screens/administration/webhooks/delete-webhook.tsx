import type { WebhookDocument } from '@recuento/contract';
import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Dialog } from '../../../parts/dialog.js';
import { Failure } from '../../../parts/failure.js';
import { Foreign } from '../../../parts/foreign.js';
import { useDeleteWebhook } from './webhooks.js';

const WORDS = {
  title: { en: 'Delete this webhook?', es: '¿Eliminar este webhook?' },
  what: {
    en: 'Nothing more is sent there, except for a post that is under way.',
    es: 'Ya no se envía nada allí, salvo un envío que esté en curso.',
  },
  waiting: {
    en: 'Events that were not delivered yet: {count}. The receiver does not get them.',
    es: 'Eventos sin entregar todavía: {count}. El receptor no los recibe.',
  },
  delete: { en: 'Delete', es: 'Eliminar' },
  keep: { en: 'Keep it', es: 'Conservarlo' },
} as const;

interface DeleteWebhookProps {
  readonly webhook: WebhookDocument;
  readonly onClose: () => void;
}

/** Asks once more, and says what will happen. */
export function DeleteWebhook({ webhook, onClose }: DeleteWebhookProps) {
  const say = useSay();
  const { count } = useOperationFormats();
  const remove = useDeleteWebhook(webhook.id);
  const waiting = webhook.behind.reduce((sum, { events }) => sum + events, 0);
  return (
    <Dialog title={say(WORDS.title)} onClose={onClose}>
      <div className="administration-form">
        <p>
          <Foreign text={webhook.url} />
        </p>
        <p>
          {say(WORDS.what)} {waiting > 0 && say(WORDS.waiting, { count: count(waiting) })}
        </p>
        {remove.error && <Failure error={remove.error} />}
        <p className="actions">
          <button
            type="button"
            className="danger"
            disabled={remove.isPending}
            onClick={() => remove.mutate()}
          >
            {say(WORDS.delete)}
          </button>
          <button type="button" onClick={onClose}>
            {say(WORDS.keep)}
          </button>
        </p>
      </div>
    </Dialog>
  );
}
