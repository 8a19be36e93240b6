import type { EventKind, Text, WebhookState } from '@recuento/contract';

/** What a webhook can be told of. */
export const EVENT_WORDS: Readonly<Record<EventKind, { readonly short: Text; readonly long: Text }>> = {
  'hygiene.changes': {
    short: { en: 'Quarantine', es: 'Cuarentena' },
    long: {
      en: 'telephones put aside, taken back, and due for another try',
      es: 'teléfonos apartados, devueltos, y que toca volver a probar',
    },
  },
  alarms: {
    short: { en: 'Alarms', es: 'Alarmas' },
    long: {
      en: 'what is unusual, when it begins and ends',
      es: 'lo inusual, cuando empieza y cuando termina',
    },
  },
};

export const EVENTS_ASKED = ['hygiene.changes', 'alarms'] as const satisfies readonly EventKind[];

/** How a webhook is, in a word. */
export const STATE_WORDS: Readonly<Record<WebhookState, Text>> = {
  in_step: { en: 'In step', es: 'Al día' },
  delivering: { en: 'Events are on their way', es: 'Hay eventos en camino' },
  retrying: { en: 'Trying again', es: 'Reintentando' },
  failed: { en: 'Not reachable for a day', es: 'Sin alcanzarse hace un día' },
};
