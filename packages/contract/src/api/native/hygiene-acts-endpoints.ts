import { z } from 'zod';
import {
  quarantineActSchema,
  quarantineActWithUndoSchema,
  quarantineCountsSchema,
} from '../../documents/hygiene-acts-document.js';
import { described } from '../../language.js';
import { actsQuery } from '../../queries/hygiene-acts-query.js';
import { operationQuery } from '../../queries/list-query.js';
import type { Endpoint } from '../endpoint.js';

export const HYGIENE_ACTS_ENDPOINTS: readonly Endpoint[] = [
  {
    id: 'quarantine_counts',
    api_kind: 'native',
    method: 'GET',
    path: '/v1/hygiene/quarantine/counts',
    title: { en: 'Count what is put aside', es: 'Contar lo apartado' },
    description: {
      en: 'How many telephones are put aside now, by what, and what comes up for a re-test next.',
      es: 'Cuántos teléfonos están apartados ahora, por qué, y qué vuelve a prueba a continuación.',
    },
    scopes: ['report', 'administrator'],
    query: operationQuery,
    replies: {
      200: {
        description: { en: 'The counts.', es: 'Los conteos.' },
        bodies: { 'application/json': quarantineCountsSchema },
      },
    },
    errors: ['unknown-resource', 'report-timeout'],
  },
  {
    id: 'list_quarantine_acts',
    api_kind: 'native',
    method: 'GET',
    path: '/v1/hygiene/acts',
    title: { en: 'List the acts', es: 'Listar los actos' },
    description: {
      en: 'Who put how many telephones aside or back, when and why, the newest first: the history, act by act.',
      es: 'Quién apartó o devolvió cuántos teléfonos, cuándo y por qué, lo más reciente primero: la historia, acto por acto.',
    },
    benefit: {
      en: 'Shows what can be undone, and how much of it still stands.',
      es: 'Muestra qué se puede deshacer y cuánto sigue en pie.',
    },
    scopes: ['report', 'administrator'],
    query: operationQuery.extend(actsQuery.shape),
    replies: {
      200: {
        description: { en: 'A page of acts.', es: 'Una página de actos.' },
        bodies: {
          'application/json': z.strictObject({
            acts: z.array(quarantineActSchema),
            next_cursor: described(z.string().nullable(), {
              en: 'What to send as `cursor` for the next page; `null` on the last one.',
              es: 'Lo que se debe enviar como `cursor` para la página siguiente; `null` en la última.',
            }),
          }),
        },
      },
    },
    errors: ['unknown-resource', 'report-timeout'],
  },
  {
    id: 'quarantine_act',
    api_kind: 'native',
    method: 'GET',
    path: '/v1/hygiene/acts/{id}',
    title: { en: 'One act, and what undoing it would do', es: 'Un acto, y lo que haría deshacerlo' },
    description: {
      en: 'One act of the quarantine, with how many telephones would go back if it were undone now. Nothing is changed.',
      es: 'Un acto de la cuarentena, con cuántos teléfonos volverían si se deshiciera ahora. No se cambia nada.',
    },
    scopes: ['report', 'administrator'],
    path_parameters: z.object({
      id: described(z.string(), { en: 'Id of the act.', es: 'Identificador del acto.' }, '17'),
    }),
    query: operationQuery,
    replies: {
      200: {
        description: { en: 'The act.', es: 'El acto.' },
        bodies: { 'application/json': quarantineActWithUndoSchema },
      },
    },
    errors: ['unknown-resource', 'report-timeout'],
  },
];
