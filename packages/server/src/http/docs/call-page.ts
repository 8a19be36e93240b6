import { apiOf, type Endpoint, type Language, type Text } from '@recuento/contract';
import { exampleCall } from '../openapi/example-call.js';
import { type Field, fieldsOf } from '../openapi/fields.js';
import { REQUEST_HEADERS } from '../openapi/shared-parts.js';
import { type Html, html, prose } from './html.js';
import { CALL_NAVIGATION, callPath } from './navigation.js';
import type { Page } from './page.js';
import { codeBlock, table, trail } from './parts.js';
import { responseCodes } from './response-codes.js';
import { samplesOf } from './samples.js';
import { tryIt } from './try-it.js';

const WORDS = {
  samples: { en: 'Code samples', es: 'Ejemplos de código' },
  description: { en: 'Description', es: 'Descripción' },
  benefit: { en: 'Benefit', es: 'Beneficio' },
  how: { en: 'How it works', es: 'Cómo funciona' },
  who: { en: 'Scope of the token', es: 'Alcance del token' },
  request: { en: 'Request', es: 'Solicitud' },
  parameters: { en: 'Parameters', es: 'Parámetros' },
  headers: { en: 'Headers', es: 'Encabezados' },
  body: { en: 'Body', es: 'Cuerpo' },
  response: { en: 'Response', es: 'Respuesta' },
  name: { en: 'Name', es: 'Nombre' },
  type: { en: 'Type', es: 'Tipo' },
  required: { en: 'required', es: 'obligatorio' },
} as const satisfies Record<string, Text>;

/**
 * `/docs/calls/{id}`: one call, in the order of the documented page (seed page): samples, description, benefit, how it
 * works, request, response, possible response codes.
 *
 * @param origin the address of the service as seen from outside
 */
export function callPageOf(endpoint: Endpoint, origin: string): Page {
  const { method, path, title, description, benefit, how = [], scopes } = endpoint;
  return {
    title,
    description,
    path: callPath(endpoint),
    navigation: CALL_NAVIGATION,
    scripts: ['tabs.js', 'try.js'],
    content: (reader) => {
      const { language } = reader;
      const say = (words: Text) => words[language];
      return html`${trail(reader, [])}
<h1>${say(title)}</h1>
<p class="call"><strong>${method}</strong> <code>${origin}${path}${queryOf(endpoint)}</code></p>
<h2>${say(WORDS.description)}</h2>
<p>${prose(say(description))}</p>
${benefit && html`<h2>${say(WORDS.benefit)}</h2>\n<p>${prose(say(benefit))}</p>`}
${how.length === 0 ? undefined : html`<h2>${say(WORDS.how)}</h2>\n<ul>${how.map((point) => html`<li>${prose(say(point))}</li>\n`)}</ul>`}
${scopes && html`<p>${say(WORDS.who)}: ${scopes.map((scope, at) => html`${at === 0 ? '' : ', '}<code>${scope}</code>`)}.</p>`}
<h2>${say(WORDS.samples)}</h2>
${samples(endpoint, origin, language)}
<h2>${say(WORDS.request)}</h2>
${requestTables(endpoint, language)}
<h2>${say(WORDS.response)}</h2>
${responseTables(endpoint, language)}
${responseCodes(endpoint, reader)}
${tryIt(endpoint, language)}`;
    },
  };
}

/** Calls of the documented API share a path; the parameter `api` tells them apart. */
function queryOf(endpoint: Endpoint): string {
  return endpoint.api_kind === 'documented' ? `?api=${apiOf(endpoint)}` : '';
}

function samples(endpoint: Endpoint, origin: string, language: Language): Html {
  const shown = samplesOf(endpoint.method, exampleCall(endpoint, origin));
  return html`<div class="tabs" data-label="${WORDS.samples[language]}">
${shown.map((sample) => codeBlock(sample.language, sample.code))}
</div>`;
}

function requestTables(
  { api_kind, path_parameters, query, headers, body = {} }: Endpoint,
  language: Language,
): Html {
  const named = [REQUEST_HEADERS[api_kind], headers].flatMap((schema) =>
    schema ? fieldsOf(schema, 'input') : [],
  );
  const parameters = [path_parameters, query].flatMap((schema) => (schema ? fieldsOf(schema, 'input') : []));
  const bodies = Object.entries(body);
  return html`${parameters.length === 0 ? undefined : fieldTable(WORDS.parameters[language], parameters, language)}
${named.length === 0 ? undefined : html`<h3>${WORDS.headers[language]}</h3>${fieldTable(WORDS.headers[language], named, language)}`}
${bodies.map(([media, schema]) => {
  const caption = `${WORDS.body[language]}: ${media}`;
  const fields = schema ? fieldsOf(schema, 'input') : [];
  return html`<h3>${caption}</h3>${fields.length === 0 ? undefined : fieldTable(caption, fields, language)}`;
})}`;
}

function responseTables({ replies }: Endpoint, language: Language): Html {
  return html`${Object.entries(replies).map(
    ([status, { description, bodies = {} }]) => html`<h3>${status}</h3>
<p>${prose(description[language])}</p>
${Object.entries(bodies).map(([media, schema]) => {
  const fields = schema ? fieldsOf(schema, 'output') : [];
  return html`<p><code>${media}</code></p>${fields.length === 0 ? undefined : fieldTable(media, fields, language)}`;
})}`,
  )}`;
}

/** Name, description, type, as the documented page has them. */
function fieldTable(label: string, fields: readonly Field[], language: Language): Html {
  const rows = fields.map(({ name, type, required, description, example }) => [
    html`<code>${name}</code>`,
    html`<span class="words">${description && prose(description[language])}${example === undefined ? undefined : html` <small><code>${String(example)}</code></small>`}</span>`,
    html`${type}${required ? html`, <strong>${WORDS.required[language]}</strong>` : undefined}`,
  ]);
  return table(label, [WORDS.name[language], WORDS.description[language], WORDS.type[language]], rows);
}
