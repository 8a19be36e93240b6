import { z } from 'zod';
import {
  quarantineChangeSchema,
  quarantinedSchema,
  quarantineEventSchema,
  quarantineRestoredSchema,
  quarantineTakenSchema,
} from '../../documents/hygiene-quarantine-document.js';
import { quarantineSchema, restoreSchema } from '../../hygiene/quarantine.js';
import { described } from '../../language.js';
import {
  quarantineChangesQuery,
  quarantineHistoryQuery,
  quarantineQuery,
} from '../../queries/hygiene-quarantine-query.js';
import { operationQuery } from '../../queries/list-query.js';
import type { Endpoint } from '../endpoint.js';

const PATH = '/v1/hygiene';

const next_cursor = described(z.string().nullable(), {
  en: 'What to send as `cursor` for the next page; `null` on the last one.',
  es: 'Lo que se debe enviar como `cursor` para la página siguiente; `null` en la última.',
});

export const HYGIENE_QUARANTINE_ENDPOINTS: readonly Endpoint[] = [
  {
    id: 'put_in_quarantine',
    api_kind: 'native',
    method: 'POST',
    path: `${PATH}/quarantine`,
    title: { en: 'Put telephones aside', es: 'Apartar teléfonos' },
    description: {
      en: 'Telephones that shall not be dialed for now. No attempt is changed or deleted. 201 means durable: all of it, or nothing where the call fails.',
      es: 'Teléfonos que por ahora no se deben marcar. Ningún intento se cambia ni se borra. 201 significa durable: todo, o nada si la llamada falla.',
    },
    benefit: {
      en: 'Stops dialing without losing anything: who was put aside by mistake is put back with one call.',
      es: 'Se deja de marcar sin perder nada: a quien se apartó por error se le devuelve con una llamada.',
    },
    how: [
      {
        en: 'It takes telephones that are not put aside yet, and those that would be due earlier. The others stay as they are. So a call that is sent again takes nothing the second time.',
        es: 'Toma los teléfonos que aún no están apartados, y los que tendrían su prueba antes. Los demás quedan como están. Así, una llamada repetida no toma nada la segunda vez.',
      },
      {
        en: 'After `until` they come up by themselves, a few at a time: each quarter of an hour a hundredth of those that are due, 100 at least and 10,000 at most. Until then they stay put aside. `changes` shows each with the action `retest`.',
        es: 'Después de `until` vuelven por sí solos, de a pocos: cada cuarto de hora una centésima de los que ya pueden, 100 como mínimo y 10.000 como máximo. Hasta entonces siguen apartados. `changes` muestra cada uno con la acción `retest`.',
      },
      {
        en: 'Calls of one operation are made one after another. One that waits for the others longer than a minute is answered 503.',
        es: 'Las llamadas de una operación se hacen una tras otra. La que espera a las demás más de un minuto recibe 503.',
      },
    ],
    scopes: ['admin', 'administrator'],
    query: operationQuery,
    body: { 'application/json': quarantineSchema },
    body_example: {
      telephones: ['573001234567'],
      reason: 'disconnected, says the carrier',
      until: '2100-01-01T00:00:00-05:00',
    },
    replies: {
      201: {
        description: { en: 'They are put aside.', es: 'Están apartados.' },
        bodies: { 'application/json': quarantineTakenSchema },
      },
    },
    errors: ['unknown-resource', 'malformed-body', 'too-many-records', 'invalid-records'],
  },
  {
    id: 'list_quarantine',
    api_kind: 'native',
    method: 'GET',
    path: `${PATH}/quarantine`,
    title: { en: 'List what is put aside', es: 'Listar lo apartado' },
    description: {
      en: 'The telephones that are put aside now, with reason, until when and by whom, in the order of the telephones. Those that `add_dnc` brought are among them.',
      es: 'Los teléfonos apartados ahora, con el motivo, hasta cuándo y quién lo hizo, en el orden de los teléfonos. Los que trajo `add_dnc` están entre ellos.',
    },
    scopes: ['report', 'administrator'],
    query: operationQuery.extend(quarantineQuery.shape),
    replies: {
      200: {
        description: { en: 'A page of telephones.', es: 'Una página de teléfonos.' },
        bodies: {
          'application/json': z.strictObject({ quarantined: z.array(quarantinedSchema), next_cursor }),
        },
      },
    },
    errors: ['unknown-resource'],
  },
  {
    id: 'restore_quarantined',
    api_kind: 'native',
    method: 'POST',
    path: `${PATH}/restore`,
    title: { en: 'Put telephones back', es: 'Devolver teléfonos' },
    description: {
      en: 'Puts telephones back, whatever put them aside; or undoes one quarantine by its id. Then what another one still puts aside stays so until its own time.',
      es: 'Devuelve teléfonos, sea lo que sea lo que los apartó; o deshace una cuarentena por su identificador. En ese caso, lo que otra aún aparta sigue así hasta su propia hora.',
    },
    scopes: ['admin', 'administrator'],
    query: operationQuery,
    body: { 'application/json': restoreSchema },
    body_example: { telephones: ['573001234567'], reason: 'the carrier was wrong' },
    replies: {
      200: {
        description: { en: 'They are put back.', es: 'Están devueltos.' },
        bodies: { 'application/json': quarantineRestoredSchema },
      },
    },
    errors: ['unknown-resource', 'malformed-body', 'too-many-records', 'invalid-records'],
  },
  {
    id: 'quarantine_history',
    api_kind: 'native',
    method: 'GET',
    path: `${PATH}/history`,
    title: { en: 'What happened', es: 'Qué pasó' },
    description: {
      en: 'Everything that was ever put aside and put back, the newest first. Entries are only added, never changed or deleted.',
      es: 'Todo lo que alguna vez se apartó y se devolvió, lo más reciente primero. Las entradas solo se agregan; nunca se cambian ni se borran.',
    },
    scopes: ['report', 'administrator'],
    query: operationQuery.extend(quarantineHistoryQuery.shape),
    replies: {
      200: {
        description: { en: 'A page of entries.', es: 'Una página de entradas.' },
        bodies: {
          'application/json': z.strictObject({ history: z.array(quarantineEventSchema), next_cursor }),
        },
      },
    },
    errors: ['unknown-resource'],
  },
  {
    id: 'quarantine_changes',
    api_kind: 'native',
    method: 'GET',
    path: `${PATH}/changes`,
    title: { en: 'Follow the changes', es: 'Seguir los cambios' },
    description: {
      en: 'For a dialer that follows: what changed since the last reply, in the order in which it happened. It never misses a change, and never sees one twice.',
      es: 'Para un marcador que sigue: qué cambió desde la última respuesta, en el orden en que pasó. Nunca se pierde un cambio, y nunca ve uno dos veces.',
    },
    how: [
      {
        en: 'Begin without `since`, apply the changes, keep `next`, and ask again with it. When nothing has changed, `changes` is empty and `next` is the same.',
        es: 'Empiece sin `since`, aplique los cambios, guarde `next` y pregunte otra vez con él. Si nada cambió, `changes` viene vacío y `next` es el mismo.',
      },
      {
        en: 'A telephone is put aside from `quarantine` until `restore` or `retest`. `until` says when that may come at the earliest, or exactly, for an entry of `add_dnc`.',
        es: 'Un teléfono está apartado desde `quarantine` hasta `restore` o `retest`. `until` dice cuándo puede llegar eso como muy pronto, o exactamente cuándo, si es una entrada de `add_dnc`.',
      },
    ],
    scopes: ['report', 'administrator'],
    query: operationQuery.extend(quarantineChangesQuery.shape),
    replies: {
      200: {
        description: { en: 'A page of changes.', es: 'Una página de cambios.' },
        bodies: {
          'application/json': z.strictObject({
            changes: z.array(quarantineChangeSchema),
            next: described(z.string(), {
              en: 'What to send as `since` next.',
              es: 'Lo que se debe enviar luego como `since`.',
            }),
          }),
        },
      },
    },
    errors: ['unknown-resource'],
  },
];
