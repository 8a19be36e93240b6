import { CATALOGUE, ERROR_FAMILIES, type ErrorId, type Text } from '@recuento/contract';
import { errorPage } from '../errors.js';
import { hrefFor, type Reader } from '../language.js';
import { html, type Part, prose } from './html.js';
import { ERROR_NAVIGATION, ERRORS_PATH } from './navigation.js';
import type { Page } from './page.js';
import { table, trail } from './parts.js';

const WORDS = {
  title: { en: 'Errors', es: 'Errores' },
  about: {
    en: 'Every error that a call can get, why it happens and what to do.',
    es: 'Todos los errores que puede recibir un consumo, por qué ocurren y qué hacer.',
  },
  replies: {
    en: 'The documented API answers with `{"code","error","msg","data":[]}`, where `code` is the HTTP status; `/v1` answers with a problem document (RFC 9457) whose `id` is the name below.',
    es: 'La API documentada responde con `{"code","error","msg","data":[]}`, donde `code` es el estado HTTP; `/v1` responde con un documento de problema (RFC 9457) cuyo `id` es el nombre que aparece abajo.',
  },
  headers: {
    en: 'Each reply has an `X-Request-Id`, which is also in the log line of the request. Each error has a `Link` to its page here. Text in braces in a message stands for a value, which the reply has.',
    es: 'Cada respuesta lleva un `X-Request-Id`, que también está en la línea de la solicitud en el registro (log). Cada error lleva un `Link` a su página aquí. El texto entre llaves de un mensaje representa un valor, que la respuesta trae.',
  },
  error: { en: 'Error', es: 'Error' },
  status: { en: 'Status', es: 'Estado' },
  message: { en: 'Message', es: 'Mensaje' },
} as const satisfies Record<string, Text>;

/** `/docs/errors`: the catalogue, family by family. */
export const ERROR_INDEX: Page = {
  title: WORDS.title,
  description: WORDS.about,
  path: ERRORS_PATH,
  navigation: ERROR_NAVIGATION,
  content: (reader) => {
    const { language } = reader;
    const headings = [WORDS.error, WORDS.status, WORDS.message].map((words) => words[language]);
    return html`${trail(reader, [])}
<h1>${WORDS.title[language]}</h1>
<p class="lead">${WORDS.about[language]}</p>
<p>${prose(WORDS.replies[language])}</p>
<p>${prose(WORDS.headers[language])}</p>
${ERROR_FAMILIES.map(
  ({ title, ids }) => html`<section>
<h2>${title[language]}</h2>
${table(
  title[language],
  headings,
  ids.map((id) => row(id, reader)),
)}
</section>
`,
)}`;
  },
};

function row(id: ErrorId, reader: Reader): readonly Part[] {
  const { status, msg } = CATALOGUE[id];
  return [
    html`<a href="${hrefFor(reader, errorPage(id))}"><code>${id}</code></a>`,
    status,
    html`<code>${msg}</code>`,
  ];
}
