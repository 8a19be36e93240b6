import { backtestDocumentSchema, previewDocumentSchema } from '../../documents/hygiene-trial-documents.js';
import { backtestSchema, previewSchema } from '../../hygiene/trial.js';
import { HYGIENE_LIMITS } from '../../limits.js';
import { operationQuery } from '../../queries/list-query.js';
import type { Endpoint } from '../endpoint.js';

const RULE = {
  name: 'Never answered in a month',
  campaign_id: 'all',
  conditions: [{ kind: 'silent', days: 30 }],
  quarantine_days: 90,
};

export const HYGIENE_TRIAL_ENDPOINTS: readonly Endpoint[] = [
  {
    id: 'preview_hygiene_rule',
    api_kind: 'native',
    method: 'POST',
    path: '/v1/hygiene/preview',
    title: { en: 'Preview a rule', es: 'Vista previa de una regla' },
    description: {
      en: 'What the rule would take now. Nothing is put aside.',
      es: 'Lo que tomaría la regla ahora. No se aparta nada.',
    },
    benefit: {
      en: 'Shows the telephones, with the evidence, before anything is done.',
      es: 'Muestra los teléfonos, con la evidencia, antes de hacer nada.',
    },
    scopes: ['report', 'administrator'],
    query: operationQuery,
    body: { 'application/json': previewSchema },
    body_example: { rule: RULE },
    replies: {
      200: {
        description: { en: 'What it would take.', es: 'Lo que tomaría.' },
        bodies: { 'application/json': previewDocumentSchema },
      },
    },
    errors: ['unknown-resource', 'invalid-records', 'malformed-body', 'report-timeout'],
  },
  {
    id: 'backtest_hygiene_rule',
    api_kind: 'native',
    method: 'POST',
    path: '/v1/hygiene/backtest',
    title: { en: 'Backtest a rule', es: 'Prueba retrospectiva de una regla' },
    description: {
      en: 'What the rule would have saved and cost, had it been applied once, at `as_of`, to what was known then. Nothing is put aside.',
      es: 'Lo que la regla habría ahorrado y costado si se hubiera aplicado una vez, en `as_of`, a lo que se sabía entonces. No se aparta nada.',
    },
    benefit: {
      en: 'Proof from the operation’s own history: dials and line time saved, and people who would not have been reached.',
      es: 'Prueba con la historia de la propia operación: marcaciones y tiempo de línea ahorrados, y personas a las que no se habría llegado.',
    },
    how: [
      {
        en: 'Attempts after `as_of` decide nothing: adding some changes no telephone taken.',
        es: 'Los intentos posteriores a `as_of` no deciden nada: agregar algunos no cambia ningún teléfono tomado.',
      },
      {
        en: 'A taken telephone is put aside from the second after `as_of` on, for `quarantine_days` of 24 hours each, the last second included.',
        es: 'Un teléfono tomado se aparta desde el segundo siguiente a `as_of`, por `quarantine_days` de 24 horas cada uno, con el último segundo incluido.',
      },
      {
        en: 'All figures are of the attempts of the rule’s campaigns.',
        es: 'Todas las cifras son de los intentos de las campañas de la regla.',
      },
      {
        en: `The curve has up to ${HYGIENE_LIMITS.curve_side} values on either side of the chosen one: the next whole numbers, or tenths of the chosen probability.`,
        es: `La curva tiene hasta ${HYGIENE_LIMITS.curve_side} valores a cada lado del elegido: los números enteros más cercanos, o décimas de la probabilidad elegida.`,
      },
    ],
    scopes: ['report', 'administrator'],
    query: operationQuery,
    body: { 'application/json': backtestSchema },
    body_example: { rule: RULE, as_of: '2026-11-01T00:00:00-05:00', until: '2026-11-30T23:59:59-05:00' },
    replies: {
      200: {
        description: { en: 'What it would have come to.', es: 'El resultado que habría dado.' },
        bodies: { 'application/json': backtestDocumentSchema },
      },
    },
    errors: ['unknown-resource', 'invalid-records', 'malformed-body', 'report-timeout'],
  },
];
