import type { Text } from '../language.js';
import { AMOUNT_ERRORS } from './amount.js';
import { CALLER_ERRORS } from './caller.js';
import type { CatalogueEntry } from './entry.js';
import { EXCHANGE_ERRORS } from './exchange.js';
import { EXISTENCE_ERRORS } from './existence.js';
import { QUESTION_ERRORS } from './question.js';
import { SERVICE_ERRORS } from './service.js';
import { UNREADABLE_ERRORS } from './unreadable.js';
import { UPLOAD_ERRORS } from './upload.js';

/**
 * The error catalogue: every error a caller can meet, in one place.
 *
 * An entry's id is stable: programs and its page, `/docs/errors/{id}`, refer to it. `error` and `msg` are the documented
 * API's wording (for 400, 401 and 403 the vendor's own, where programs in the field have seen it). `RecuentoError` fills
 * in each `{name}` of a message. A message never contains a stack, SQL, a path or a token.
 */
export const CATALOGUE = {
  ...QUESTION_ERRORS,
  ...UNREADABLE_ERRORS,
  ...CALLER_ERRORS,
  ...EXISTENCE_ERRORS,
  ...AMOUNT_ERRORS,
  ...UPLOAD_ERRORS,
  ...EXCHANGE_ERRORS,
  ...SERVICE_ERRORS,
} satisfies Record<string, CatalogueEntry>;

export type ErrorId = keyof typeof CATALOGUE;

/** In the catalogue's order. */
export const ERROR_IDS = Object.keys(CATALOGUE) as readonly ErrorId[];

export function isErrorId(text: string): text is ErrorId {
  return Object.hasOwn(CATALOGUE, text);
}

/** The catalogue by subject. Each entry is in exactly one family. */
export const ERROR_FAMILIES: readonly ErrorFamily[] = [
  family({ en: 'Parameters', es: 'Parámetros' }, QUESTION_ERRORS),
  family({ en: 'Bodies that cannot be read', es: 'Cuerpos que no se pueden leer' }, UNREADABLE_ERRORS),
  family({ en: 'Tokens and quotas', es: 'Tokens y cuotas' }, CALLER_ERRORS),
  family({ en: 'Not found, or there already', es: 'No existe, o ya existe' }, EXISTENCE_ERRORS),
  family({ en: 'Limits of size', es: 'Límites de tamaño' }, AMOUNT_ERRORS),
  family({ en: 'Contents of uploads', es: 'Contenido de las cargas' }, UPLOAD_ERRORS),
  family({ en: 'HTTP', es: 'HTTP' }, EXCHANGE_ERRORS),
  family({ en: 'Failures of the service', es: 'Fallas del servicio' }, SERVICE_ERRORS),
];

export interface ErrorFamily {
  readonly title: Text;
  readonly ids: readonly ErrorId[];
}

function family<Entries extends Partial<Record<ErrorId, CatalogueEntry>>>(
  title: Text,
  entries: Entries,
): ErrorFamily {
  return { title, ids: Object.keys(entries).filter(isErrorId) };
}
