import { STATUS_CODES } from 'node:http';
import { CATALOGUE, type ErrorForm, type ErrorId, RecuentoError, type Text } from '@recuento/contract';
import { ENVELOPE_TYPE, renderError } from '../documented/envelope.js';
import { errorHeaders, errorPage } from '../errors.js';
import { EXAMPLE_REQUEST_ID, PROBLEM_TYPE, problemOf } from '../v1/problem.js';
import { html, prose } from './html.js';
import { ERROR_NAVIGATION, ERRORS_PATH } from './navigation.js';
import type { Page } from './page.js';
import { codeBlock, trail } from './parts.js';

const WORDS = {
  errors: { en: 'Errors', es: 'Errores' },
  status: { en: 'Status', es: 'Estado' },
  message: { en: 'Message', es: 'Mensaje' },
  blanks: {
    en: 'Text in braces stands for a value, which each reply has.',
    es: 'El texto entre llaves representa un valor, que cada respuesta trae.',
  },
  cause: { en: 'Cause', es: 'Causa' },
  remedy: { en: 'Remedy', es: 'Remedio' },
  example: { en: 'Example reply', es: 'Ejemplo de respuesta' },
} as const satisfies Record<string, Text>;

/** Where each form of error reply is used. */
const FORMS = {
  envelope: { en: 'In the documented API (`/api/v2`)', es: 'En la API documentada (`/api/v2`)' },
  problem: {
    en: 'As a problem document (`/v1`, and paths outside the documented API)',
    es: 'Como documento de problema (`/v1` y rutas fuera de la API documentada)',
  },
} as const satisfies Record<ErrorForm, Text>;

/** `/docs/errors/{id}`: what an error says, why it happens, what to do. */
export function errorPageOf(id: ErrorId): Page {
  const { status, error, msg, cause, remedy, forms } = CATALOGUE[id];
  const title = `${id} (${status})`;
  return {
    title: { en: title, es: title },
    description: cause,
    path: errorPage(id),
    navigation: ERROR_NAVIGATION,
    content: (reader) => {
      const { language } = reader;
      return html`${trail(reader, [{ path: ERRORS_PATH, label: WORDS.errors }])}
<h1><code>${id}</code></h1>
<dl class="facts">
<dt>${WORDS.status[language]}</dt><dd>${status} ${error}</dd>
<dt>${WORDS.message[language]}</dt><dd><code>${msg}</code>${msg.includes('{') ? html`<br><small>${WORDS.blanks[language]}</small>` : undefined}</dd>
</dl>
<h2>${WORDS.cause[language]}</h2>
<p>${prose(cause[language])}</p>
<h2>${WORDS.remedy[language]}</h2>
<p>${prose(remedy[language])}</p>
<h2>${WORDS.example[language]}</h2>
${forms.map((form) => codeBlock(prose(FORMS[form][language]), exampleOf(id, form)))}`;
    },
  };
}

/** A whole reply, made by the functions that make the real ones. */
function exampleOf(id: ErrorId, form: ErrorForm): string {
  const { status, example } = CATALOGUE[id];
  const error = new RecuentoError(id, example);
  const headers = {
    'Content-Type': form === 'envelope' ? ENVELOPE_TYPE : PROBLEM_TYPE,
    'X-Request-Id': EXAMPLE_REQUEST_ID,
    ...errorHeaders(error),
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\n`);
  const body: unknown =
    form === 'envelope' ? JSON.parse(renderError(error, undefined)) : problemOf(error, EXAMPLE_REQUEST_ID);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\n${head.join('')}\n${JSON.stringify(body, null, 2)}`;
}
