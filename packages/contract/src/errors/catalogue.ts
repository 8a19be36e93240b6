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
 * API's wording (the vendor's own for 400, 401 and 403 where the field has seen it); `{name}` in a message is filled by
 * `RecuentoError`. A message never carries a stack, SQL, a path or a token.
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

/** The catalogue by what its entries are about. Each entry is in one family. */
export const ERROR_FAMILIES: readonly ErrorFamily[] = [
  family({ en: 'What was asked', es: 'Lo que se preguntó' }, QUESTION_ERRORS),
  family(
    { en: 'What could not be read to its end', es: 'Lo que no se pudo leer hasta el final' },
    UNREADABLE_ERRORS,
  ),
  family({ en: 'Who asked', es: 'Quién preguntó' }, CALLER_ERRORS),
  family({ en: 'What is there', es: 'Lo que existe' }, EXISTENCE_ERRORS),
  family({ en: 'How much', es: 'Cuánto' }, AMOUNT_ERRORS),
  family({ en: 'What was uploaded', es: 'Lo que se cargó' }, UPLOAD_ERRORS),
  family({ en: 'How the request came', es: 'Cómo llegó la petición' }, EXCHANGE_ERRORS),
  family({ en: 'What went wrong here', es: 'Lo que falló aquí' }, SERVICE_ERRORS),
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
