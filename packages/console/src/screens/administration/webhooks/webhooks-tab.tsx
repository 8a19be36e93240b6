import { MAX_WEBHOOKS } from '@recuento/contract';
import { useState } from 'react';
import { useLanguage, useSay } from '../../../language/language.js';
import { Empty } from '../../../parts/empty.js';
import { Loaded } from '../../../parts/loaded.js';
import { Panel } from '../../../parts/panel.js';
import { NewWebhookDialog } from './new-webhook.js';
import { WebhookCard } from './webhook-card.js';
import { useWebhooks } from './webhooks.js';

const WORDS = {
  title: { en: 'Webhooks', es: 'Webhooks' },
  about: {
    en: 'Events are posted to a program of yours as they come: signed, in order, and none is lost while it is away.',
    es: 'Los eventos se envían a un programa suyo a medida que llegan: firmados, en orden, y ninguno se pierde mientras no esté.',
  },
  create: { en: 'Create a webhook', es: 'Crear un webhook' },
  full: {
    en: 'An operation has {max} webhooks at most.',
    es: 'Una operación tiene a lo sumo {max} webhooks.',
  },
  none: { en: 'No webhooks', es: 'No hay webhooks' },
  none_about: {
    en: 'With one, a dialer or a chat is told at once of what was put in quarantine, and of alarms.',
    es: 'Con uno, un marcador o un chat se entera al momento de lo que se puso en cuarentena, y de las alarmas.',
  },
  docs: { en: 'How to receive them', es: 'Cómo recibirlos' },
} as const;

/** The webhooks of the operation. */
export function WebhooksTab() {
  const say = useSay();
  const { language } = useLanguage();
  const webhooks = useWebhooks();
  const [is_creating, setCreating] = useState(false);
  const is_full = (webhooks.data?.length ?? 0) >= MAX_WEBHOOKS;
  const create = (
    <>
      <a href={`/docs/calls/create_webhook?lang=${language}`}>{say(WORDS.docs)}</a>
      <button type="button" className="primary" disabled={is_full} onClick={() => setCreating(true)}>
        {say(WORDS.create)}
      </button>
    </>
  );
  return (
    <Panel title={say(WORDS.title)} about={say(WORDS.about)} actions={create}>
      {is_full && <p className="quiet">{say(WORDS.full, { max: MAX_WEBHOOKS })}</p>}
      <Loaded query={webhooks}>
        {(listed) =>
          listed.length === 0 ? (
            <Empty title={say(WORDS.none)}>
              <p>{say(WORDS.none_about)}</p>
            </Empty>
          ) : (
            <ul className="administration-webhooks">
              {listed.map((webhook) => (
                <WebhookCard key={webhook.id} webhook={webhook} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {is_creating && <NewWebhookDialog onClose={() => setCreating(false)} />}
    </Panel>
  );
}
