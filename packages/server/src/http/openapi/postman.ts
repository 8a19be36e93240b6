import type { Endpoint, Language } from '@recuento/contract';
import { ENDPOINTS } from '../endpoints.js';
import { exampleCall } from './example-call.js';
import { fieldsOf } from './fields.js';
import { TAGS } from './tags.js';

/** Parameters that the reports share: a variable of the collection each, so that they are set once. */
const SHARED: Readonly<Record<string, string>> = {
  campaign_id: 'all',
  date_ini: '20261101000000',
  date_end: '20261130235959',
};

/**
 * A Postman collection (schema v2.1.0) with a request for each call, the host, the tokens and what requests share as
 * variables. Parameters that a call does not need are there, switched off.
 */
export function postmanCollection(language: Language, origin: string) {
  const faces = [...new Set(ENDPOINTS.map(({ face }) => face))];
  return {
    info: {
      name: 'Recuento',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    item: faces.map((face) => ({
      name: TAGS[face][language],
      item: ENDPOINTS.filter((endpoint) => endpoint.face === face).map((endpoint) =>
        itemOf(endpoint, language),
      ),
    })),
    variable: [
      { key: 'host', value: origin },
      { key: 'token', value: '' },
      { key: 'admin_token', value: '' },
      ...Object.entries(SHARED).map(([key, value]) => ({ key, value })),
    ],
  };
}

function itemOf(endpoint: Endpoint, language: Language) {
  const { method, title, description } = endpoint;
  const call = exampleCall(endpoint, '{{host}}', tokenOf(endpoint));
  return {
    name: title[language],
    request: {
      method,
      description: description[language],
      header: call.headers.map(([key, value]) => ({ key, value })),
      url: urlOf(endpoint, language),
      ...(call.body !== undefined && {
        body: { mode: 'raw', raw: call.body, options: { raw: { language: 'json' } } },
      }),
    },
  };
}

/** What only the administrator may do has his token. */
function tokenOf({ scopes = [] }: Endpoint): string {
  return scopes.length === 1 && scopes[0] === 'administrator' ? '{{admin_token}}' : '{{token}}';
}

function urlOf(endpoint: Endpoint, language: Language) {
  const { face, method, path, path_parameters, query, query_example = [] } = endpoint;
  // An upload is of one campaign, and never of all.
  const is_report = face === 'vendor' && method === 'GET';
  const segments = path
    .slice(1)
    .replace(/\{(\w+)\}/g, ':$1')
    .split('/');
  const fields = query ? fieldsOf(query, 'input') : [];
  const parameters = fields.map(({ name, required, example, description }) => ({
    key: name,
    value: is_report && name in SHARED ? `{{${name}}}` : String(example ?? ''),
    ...(description && { description: description[language] }),
    ...(!required && !query_example.includes(name) && { disabled: true }),
  }));
  const sent = parameters.filter(({ disabled }) => !disabled).map(({ key, value }) => `${key}=${value}`);
  return {
    raw: `{{host}}/${segments.join('/')}${sent.length === 0 ? '' : `?${sent.join('&')}`}`,
    host: ['{{host}}'],
    path: segments,
    query: parameters,
    variable: (path_parameters ? fieldsOf(path_parameters, 'input') : []).map(({ name, example }) => ({
      key: name,
      value: String(example ?? ''),
    })),
  };
}
