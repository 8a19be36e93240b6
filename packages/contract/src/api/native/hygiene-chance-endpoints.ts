import { z } from 'zod';
import {
  bestHoursDocumentSchema,
  calibrationDocumentSchema,
} from '../../documents/hygiene-chance-document.js';
import { bestHoursQuery, calibrationQuery } from '../../queries/hygiene-chance-query.js';
import { operationQuery } from '../../queries/list-query.js';
import type { Endpoint } from '../endpoint.js';

export const HYGIENE_CHANCE_ENDPOINTS: readonly Endpoint[] = [
  {
    id: 'hygiene_best_hours',
    api_kind: 'native',
    method: 'GET',
    path: '/v1/hygiene/best-hours',
    title: { en: 'Best hours', es: 'Mejores horas' },
    description: {
      en: 'The probability to reach a person in each hour of the week, for a telephone or for the telephones of a campaign.',
      es: 'La probabilidad de alcanzar a una persona en cada hora de la semana, para un teléfono o para los teléfonos de una campaña.',
    },
    benefit: {
      en: 'Shows when to dial a list, and when to try a telephone once more.',
      es: 'Muestra cuándo marcar una lista, y cuándo intentar otra vez un teléfono.',
    },
    how: [
      {
        en: 'It is learned from the operation’s attempts of the last three months: from the hours, from what each telephone did before, and from the parts of the day in which it was reached.',
        es: 'Se aprende de los intentos de la operación de los últimos tres meses: de las horas, de lo que hizo antes cada teléfono, y de las partes del día en que se alcanzó.',
      },
      {
        en: 'Only hours in which the operation dialed are listed, from Monday on.',
        es: 'Solo se listan las horas en que la operación marcó, desde el lunes.',
      },
    ],
    scopes: ['report', 'administrator'],
    query: z.object({ ...bestHoursQuery.shape, ...operationQuery.shape }),
    query_example: ['campaign_id', 'as_of'],
    replies: {
      200: {
        description: { en: 'The hours.', es: 'Las horas.' },
        bodies: { 'application/json': bestHoursDocumentSchema },
      },
    },
    errors: ['unknown-resource', 'report-timeout'],
  },
  {
    id: 'hygiene_calibration',
    api_kind: 'native',
    method: 'GET',
    path: '/v1/hygiene/calibration',
    title: { en: 'Calibration of the probability', es: 'Calibración de la probabilidad' },
    description: {
      en: 'How the probabilities of a week ago compare with what happened in the week since.',
      es: 'Cómo se comparan las probabilidades de hace una semana con lo que pasó desde entonces.',
    },
    benefit: {
      en: 'Shows how far the probability can be trusted in this operation.',
      es: 'Muestra hasta dónde se puede confiar en la probabilidad en esta operación.',
    },
    scopes: ['report', 'administrator'],
    query: z.object({ ...calibrationQuery.shape, ...operationQuery.shape }),
    query_example: ['as_of'],
    replies: {
      200: {
        description: { en: 'The comparison.', es: 'La comparación.' },
        bodies: { 'application/json': calibrationDocumentSchema },
      },
    },
    errors: ['unknown-resource', 'report-timeout'],
  },
];
