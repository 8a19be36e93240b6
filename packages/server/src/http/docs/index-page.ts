import { type ApiKind, DEFAULT_LIMITS, type Text } from '@recuento/contract';
import { hrefFor, type Reader } from '../language.js';
import { TAGS } from '../openapi/tags.js';
import { html, prose } from './html.js';
import { CALL_NAVIGATION, callPath, callsOf, DOCS_PATH, ERRORS_PATH } from './navigation.js';
import type { Page } from './page.js';
import { codeBlock, table, words } from './parts.js';

const WORDS = {
  title: { en: 'Documentation', es: 'Documentación' },
  about: {
    en: 'Recuento answers, for every telephone that an operation dialed, how each attempt ended. Programs written for the Reports Manager work by changing the host.',
    es: 'Recuento responde, para cada teléfono que una operación marcó, cómo terminó cada intento. Los programas escritos para el Reports Manager funcionan con solo cambiar el servidor.',
  },
  first: { en: 'First call', es: 'Primer consumo' },
  firstText: {
    en: 'A token belongs to one operation. It goes in the header `wolkvox-token`, or as `Authorization: Bearer` in `/v1`.',
    es: 'Un token pertenece a una operación. Va en el encabezado `wolkvox-token`, o como `Authorization: Bearer` en `/v1`.',
  },
  programs: { en: 'For programs', es: 'Para programas' },
  openapi: { en: 'OpenAPI 3.1 document', es: 'Documento OpenAPI 3.1' },
  postman: { en: 'Postman collection', es: 'Colección de Postman' },
  errors: { en: 'Every error, its cause and its remedy', es: 'Cada error, su causa y su remedio' },
  call: { en: 'Call', es: 'Consumo' },
  description: { en: 'Description', es: 'Descripción' },
} as const satisfies Record<string, Text>;

const API_KINDS: Readonly<Record<ApiKind, Text>> = {
  documented: {
    en: `Every call counts towards the limits: ${DEFAULT_LIMITS.max_simultaneous} at a time for each token, licences × ${DEFAULT_LIMITS.calls_per_licence.toLocaleString('en')} a day for the operation. Every value of \`data\` is a string.`,
    es: `Cada consumo cuenta para los límites: ${DEFAULT_LIMITS.max_simultaneous} a la vez por token, licencias × ${DEFAULT_LIMITS.calls_per_licence.toLocaleString('en')} al día por operación. Todos los valores de \`data\` son textos.`,
  },
  native: {
    en: 'JSON with numbers, no quota. Errors are problem documents (RFC 9457).',
    es: 'JSON con números, sin cuota. Los errores son documentos de problema (RFC 9457).',
  },
  service: {
    en: 'For the people who run the service, and for tools. No token is needed.',
    es: 'Para quienes operan el servicio y para herramientas. No se necesita token.',
  },
};

/** `/docs`. @param origin the address of the service as seen from outside */
export function indexPage(origin: string): Page {
  return {
    title: WORDS.title,
    description: WORDS.about,
    path: DOCS_PATH,
    navigation: CALL_NAVIGATION,
    content: (reader) => {
      const { language } = reader;
      const say = (words: Text) => words[language];
      const link = (path: string, words: Text) =>
        html`<li><a href="${hrefFor(reader, path)}">${say(words)}</a></li>\n`;
      return html`<h1>${say(WORDS.title)}</h1>
<p class="lead">${say(WORDS.about)}</p>
<h2>${say(WORDS.first)}</h2>
<p>${prose(say(WORDS.firstText))}</p>
${codeBlock('cURL', firstCall(origin))}
${(['documented', 'native', 'service'] as const).map((api_kind) => apiSection(api_kind, reader))}
<h2>${say(WORDS.programs)}</h2>
<ul>
${link('/openapi.json', WORDS.openapi)}${link('/postman.json', WORDS.postman)}${link(ERRORS_PATH, WORDS.errors)}</ul>`;
    },
  };
}

function firstCall(origin: string): string {
  const query = 'api=campaign_8&campaign_id=all&date_ini=20261101000000&date_end=20261130235959';
  return `curl '${origin}/api/v2/reports_manager.php?${query}' \\\n  --header 'wolkvox-token: YOUR_TOKEN'`;
}

function apiSection(api_kind: ApiKind, reader: Reader) {
  const { language } = reader;
  const rows = callsOf(api_kind).map((endpoint) => [
    html`<a href="${hrefFor(reader, callPath(endpoint))}">${endpoint.title[language]}</a>`,
    words(endpoint.description[language]),
  ]);
  return html`<h2>${TAGS[api_kind][language]}</h2>
<p>${prose(API_KINDS[api_kind][language])}</p>
${table(TAGS[api_kind][language], [WORDS.call[language], WORDS.description[language]], rows)}`;
}
