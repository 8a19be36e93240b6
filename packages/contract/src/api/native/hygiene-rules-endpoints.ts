import { z } from 'zod';
import { ruleDocumentSchema, ruleListDocumentSchema } from '../../documents/hygiene-rule-document.js';
import { ruleSchema } from '../../hygiene/rule.js';
import { HYGIENE_LIMITS } from '../../limits.js';
import { ruleListQuery, rulePathParameters } from '../../queries/hygiene-rules-query.js';
import { operationQuery } from '../../queries/list-query.js';
import type { Endpoint } from '../endpoint.js';

const PATH = '/v1/hygiene/rules';

const BODY_EXAMPLE = {
  name: 'Never answered in a month',
  campaign_id: 'all',
  conditions: [
    { kind: 'silent', days: 30, faults: 'exclude' },
    { kind: 'count', codes: ['no_answer', 'failed'], at_least: 6, within_days: 30, faults: 'exclude' },
  ],
  quarantine_days: 90,
};

const ONE = { 'application/json': ruleDocumentSchema };

export const HYGIENE_RULE_ENDPOINTS: readonly Endpoint[] = [
  {
    id: 'list_hygiene_rules',
    api_kind: 'native',
    method: 'GET',
    path: PATH,
    title: { en: 'List the rules', es: 'Listar las reglas' },
    description: {
      en: 'The rules that ship with the service, and then those of the operation, the oldest first. Each that ships says what it is for.',
      es: 'Las reglas incluidas en el servicio y luego las de la operación, de la más antigua a la más nueva. Cada regla incluida dice para qué sirve.',
    },
    scopes: ['report', 'administrator'],
    query: z.object({ ...ruleListQuery.shape, ...operationQuery.shape }),
    replies: {
      200: {
        description: { en: 'A page of rules.', es: 'Una página de reglas.' },
        bodies: { 'application/json': ruleListDocumentSchema },
      },
    },
    errors: ['unknown-resource'],
  },
  {
    id: 'create_hygiene_rule',
    api_kind: 'native',
    method: 'POST',
    path: PATH,
    title: { en: 'Create a rule', es: 'Crear una regla' },
    description: {
      en: `Keeps a rule. It takes no telephones by itself. An operation has ${HYGIENE_LIMITS.rules_max} rules of its own at most.`,
      es: `Guarda una regla. Por sí sola no toma teléfonos. Una operación tiene a lo sumo ${HYGIENE_LIMITS.rules_max} reglas propias.`,
    },
    how: [
      {
        en: '`count`, `streak` and `dialed` count attempts as they were dialed; of several in one second, the last is the one whose id has the highest hash.',
        es: '`count`, `streak` y `dialed` cuentan los intentos tal como se marcaron; de varios en un mismo segundo, el último es aquel cuyo identificador tiene el hash más alto.',
      },
      {
        en: 'The days of a condition are 24 hours each and end with the moment at which the rule is applied, which they include; the second in which they begin is not among them.',
        es: 'Los días de una condición tienen 24 horas y terminan en el momento en que se aplica la regla, que se incluye; el segundo en que comienzan no está entre ellos.',
      },
      {
        en: 'A rule with a campaign takes only telephones that this campaign has dialed.',
        es: 'Una regla con una campaña toma solo teléfonos que esa campaña ha marcado.',
      },
    ],
    scopes: ['admin', 'administrator'],
    query: operationQuery,
    body: { 'application/json': ruleSchema },
    body_example: BODY_EXAMPLE,
    replies: { 201: { description: { en: 'The rule.', es: 'La regla.' }, bodies: ONE } },
    errors: ['unknown-resource', 'conflict', 'invalid-records', 'malformed-body'],
  },
  {
    id: 'get_hygiene_rule',
    api_kind: 'native',
    method: 'GET',
    path: `${PATH}/{id}`,
    title: { en: 'Read a rule', es: 'Consultar una regla' },
    description: {
      en: 'A rule of the operation, or one that ships.',
      es: 'Una regla de la operación, o una incluida.',
    },
    scopes: ['report', 'administrator'],
    path_parameters: rulePathParameters,
    query: operationQuery,
    replies: { 200: { description: { en: 'The rule.', es: 'La regla.' }, bodies: ONE } },
    errors: ['unknown-resource'],
  },
  {
    id: 'put_hygiene_rule',
    api_kind: 'native',
    method: 'PUT',
    path: `${PATH}/{id}`,
    title: { en: 'Change a rule', es: 'Cambiar una regla' },
    description: {
      en: 'Replaces the rule as a whole. What was put aside by it keeps the rule as it was then.',
      es: 'Reemplaza la regla completa. Lo que se apartó con ella conserva la regla como era entonces.',
    },
    scopes: ['admin', 'administrator'],
    path_parameters: rulePathParameters,
    query: operationQuery,
    body: { 'application/json': ruleSchema },
    body_example: BODY_EXAMPLE,
    replies: { 200: { description: { en: 'The rule.', es: 'La regla.' }, bodies: ONE } },
    errors: ['unknown-resource', 'conflict', 'invalid-records', 'malformed-body'],
  },
  {
    id: 'delete_hygiene_rule',
    api_kind: 'native',
    method: 'DELETE',
    path: `${PATH}/{id}`,
    title: { en: 'Delete a rule', es: 'Borrar una regla' },
    description: {
      en: 'What was put aside by it stays put aside.',
      es: 'Lo que se apartó con ella sigue apartado.',
    },
    scopes: ['admin', 'administrator'],
    path_parameters: rulePathParameters,
    query: operationQuery,
    replies: { 204: { description: { en: 'The rule is deleted.', es: 'La regla está borrada.' } } },
    errors: ['unknown-resource', 'conflict'],
  },
];
