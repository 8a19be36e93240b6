import { CATALOGUE, type Endpoint, errorsOf, type Text } from '@recuento/contract';
import { errorPage } from '../errors.js';
import { hrefFor, type Reader } from '../language.js';
import { type Html, html } from './html.js';
import { table, words } from './parts.js';

const WORDS = {
  codes: { en: 'Possible response codes', es: 'Posibles códigos de respuesta' },
  code: { en: 'Code', es: 'Código' },
  error: { en: 'Error', es: 'Error' },
  when: { en: 'When', es: 'Cuándo' },
} as const satisfies Record<string, Text>;

/**
 * Everything that a call can answer: its replies, and the errors of the catalogue that it can have, each with a link to
 * its page.
 */
export function responseCodes(endpoint: Endpoint, reader: Reader): Html {
  const { language } = reader;
  const replies = Object.entries(endpoint.replies).map(([status, { description }]) => [
    status,
    '',
    words(description[language]),
  ]);
  const errors = [...errorsOf(endpoint)]
    .sort((one, other) => CATALOGUE[one].status - CATALOGUE[other].status)
    .map((id) => [
      CATALOGUE[id].status,
      html`<a href="${hrefFor(reader, errorPage(id))}"><code>${id}</code></a>`,
      words(CATALOGUE[id].cause[language]),
    ]);
  return html`<h2>${WORDS.codes[language]}</h2>
${table(
  WORDS.codes[language],
  [WORDS.code[language], WORDS.error[language], WORDS.when[language]],
  [...replies, ...errors],
)}`;
}
