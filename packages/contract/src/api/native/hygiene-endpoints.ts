import { z } from 'zod';
import {
  trunkFaultsDocumentSchema,
  trunksDocumentSchema,
  verdictSharesDocumentSchema,
  verdictsDocumentSchema,
} from '../../documents/hygiene-document.js';
import type { Text } from '../../language.js';
import {
  hygieneWindowQuery,
  trunkFaultsQuery,
  verdictSharesQuery,
  verdictsQuery,
} from '../../queries/hygiene-query.js';
import { operationQuery } from '../../queries/list-query.js';
import type { Endpoint } from '../endpoint.js';
import { TABLE_FILES } from './tables-endpoints.js';

const NO_LOOK_AHEAD: Text = {
  en: 'Whatever happened after the moment changes nothing. What is learned of trunks is as of the last full hour before it.',
  es: 'Lo que pasó después del momento no cambia nada. Lo que se aprende de las troncales es hasta la última hora completa antes.',
};

const OLD_EVIDENCE: Text = {
  en: 'Attempts of the last 180 days are evidence; older ones are only counted, as a number may have been given to somebody else.',
  es: 'Los intentos de los últimos 180 días son prueba; los más viejos solo se cuentan, porque el número puede ser ya de otra persona.',
};

export const HYGIENE_ENDPOINTS: readonly Endpoint[] = [
  {
    id: 'hygiene_verdicts',
    api_kind: 'native',
    method: 'GET',
    path: '/v1/hygiene/verdicts',
    title: { en: 'Verdicts by telephone', es: 'Veredictos por teléfono' },
    description: {
      en: 'What is known of each telephone, why, and how likely the next attempt reaches a person.',
      es: 'Lo que se sabe de cada teléfono, por qué, y qué tan probable es que el próximo intento contacte a una persona.',
    },
    benefit: {
      en: 'Says which numbers to stop dialing, with proof that stands when a carrier lies.',
      es: 'Dice qué números dejar de marcar, con pruebas que valen aunque un operador mienta.',
    },
    how: [NO_LOOK_AHEAD, OLD_EVIDENCE],
    scopes: ['report', 'administrator'],
    query: z.object({ ...verdictsQuery.shape, ...operationQuery.shape }),
    replies: {
      200: {
        description: {
          en: 'A page of the verdicts, or all of them as a file.',
          es: 'Una página de los veredictos, o todos como archivo.',
        },
        bodies: { 'application/json': verdictsDocumentSchema, ...TABLE_FILES },
      },
    },
    errors: ['unknown-resource', 'table-too-long', 'report-timeout'],
  },
  {
    id: 'hygiene_shares',
    api_kind: 'native',
    method: 'GET',
    path: '/v1/hygiene/shares',
    title: { en: 'Telephones by verdict', es: 'Teléfonos por veredicto' },
    description: {
      en: 'How many telephones have each verdict.',
      es: 'Cuántos teléfonos tienen cada veredicto.',
    },
    benefit: {
      en: 'Shows how good a list is at a glance.',
      es: 'Muestra de un vistazo qué tan buena es una lista.',
    },
    how: [NO_LOOK_AHEAD, OLD_EVIDENCE],
    scopes: ['report', 'administrator'],
    query: z.object({ ...verdictSharesQuery.shape, ...operationQuery.shape }),
    replies: {
      200: {
        description: { en: 'The counts.', es: 'Los conteos.' },
        bodies: { 'application/json': verdictSharesDocumentSchema },
      },
    },
    errors: ['unknown-resource', 'report-timeout'],
  },
  {
    id: 'hygiene_trunk_faults',
    api_kind: 'native',
    method: 'GET',
    path: '/v1/hygiene/trunk-faults',
    title: { en: 'Trunk faults', es: 'Fallas de troncales' },
    description: {
      en: 'When trunks or campaigns failed for a reason that was not the number\u2019s: outages, congestion, numbers dialed in a wrong form.',
      es: 'Cuándo fallaron troncales o campañas por una razón que no era del número: caídas, congestión, números marcados en mal formato.',
    },
    benefit: {
      en: 'Shows what to take up with the carrier, and what is held against no number.',
      es: 'Muestra qué reclamarle al operador, y qué no cuenta contra ningún número.',
    },
    how: [
      {
        en: 'Faults that touch the window are listed in the order in which they began, with what is known at its last second.',
        es: 'Se listan las fallas que tocan la ventana en el orden en que empezaron, con lo que se sabe en su último segundo.',
      },
    ],
    scopes: ['report', 'administrator'],
    query: z.object({ ...trunkFaultsQuery.shape, ...operationQuery.shape }),
    replies: {
      200: {
        description: { en: 'A page of the faults.', es: 'Una página de las fallas.' },
        bodies: { 'application/json': trunkFaultsDocumentSchema },
      },
    },
    errors: ['unknown-resource', 'report-timeout'],
  },
  {
    id: 'hygiene_trunks',
    api_kind: 'native',
    method: 'GET',
    path: '/v1/hygiene/trunks',
    title: { en: 'How far trunks can be believed', es: 'Qué tanto se le puede creer a cada troncal' },
    description: {
      en: 'How often each trunk says of living lines that their number does not exist, learned from the attempts themselves.',
      es: 'Con qué frecuencia dice cada troncal, de líneas vivas, que su número no existe, aprendido de los mismos intentos.',
    },
    benefit: {
      en: 'Finds carriers that report calls as invalid which only rang out.',
      es: 'Encuentra operadores que reportan como inválidas llamadas que solo timbraron.',
    },
    how: [
      {
        en: 'Attempts that tell no trunk are listed by campaign.',
        es: 'Los intentos que no dicen su troncal se listan por campaña.',
      },
    ],
    scopes: ['report', 'administrator'],
    query: z.object({ ...hygieneWindowQuery.shape, ...operationQuery.shape }),
    replies: {
      200: {
        description: { en: 'The trunks, the most dialed first.', es: 'Las troncales, primero la más usada.' },
        bodies: { 'application/json': trunksDocumentSchema },
      },
    },
    errors: ['unknown-resource', 'window-too-long', 'report-timeout'],
  },
];
