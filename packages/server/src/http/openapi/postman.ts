import type { Endpoint, Language, Text } from '@recuento/contract';
import { ENDPOINTS } from '../endpoints.js';
import { exampleCall } from './example-call.js';
import { fieldsOf } from './fields.js';
import { TAGS } from './tags.js';
import { UNREAL, unreal } from './unreal.js';

/** Parameters that the reports share: each is a variable of the collection, so that it is set once. */
const SHARED: Readonly<Record<string, string>> = {
  campaign_id: 'all',
  date_ini: '20261101000000',
  date_end: '20261130235959',
};

/** Whether running a request leaves everything as it was. */
const isRead = ({ method }: Endpoint) => method === 'GET';

const FOLDERS = {
  reads: {
    name: { en: 'Reads', es: 'Consultas' },
    description: { en: 'They change nothing.', es: 'No cambian nada.' },
  },
  writes: {
    name: { en: 'Writes', es: 'Cambios' },
    description: {
      en: 'They store, change or delete. None is sent until the variable `writes` of the collection is `yes`, so that running the collection changes nothing; the values in their samples are not real.',
      es: 'Guardan, cambian o borran. Ninguna se envía hasta que la variable `writes` de la colección sea `yes`, así que ejecutar la colección no cambia nada; los valores de sus ejemplos no son reales.',
    },
  },
} as const satisfies Record<string, Record<'name' | 'description', Text>>;

/** Runs before each request of the folder of writes. */
const SKIP_WRITES = {
  listen: 'prerequest',
  script: {
    type: 'text/javascript',
    exec: ["if (pm.variables.get('writes') !== 'yes') pm.execution.skipRequest();"],
  },
};

/**
 * A Postman collection (schema v2.1.0) with a request for each call. The host, the tokens and shared values are
 * variables. Optional parameters are included, but switched off. Running the collection unchanged changes no data.
 */
export function postmanCollection(language: Language, origin: string) {
  const [reads, writes] = [ENDPOINTS.filter(isRead), ENDPOINTS.filter((endpoint) => !isRead(endpoint))];
  return {
    info: {
      name: 'Recuento',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    item: [
      folderOf(FOLDERS.reads, reads, language),
      { ...folderOf(FOLDERS.writes, writes, language), event: [SKIP_WRITES] },
    ],
    variable: [
      { key: 'host', value: origin },
      { key: 'token', value: '' },
      { key: 'admin_token', value: '' },
      { key: 'writes', value: 'no' },
      ...Object.entries(SHARED).map(([key, value]) => ({ key, value })),
    ],
  };
}

function folderOf(
  { name, description }: (typeof FOLDERS)[keyof typeof FOLDERS],
  endpoints: readonly Endpoint[],
  language: Language,
) {
  const api_kinds = [...new Set(endpoints.map(({ api_kind }) => api_kind))];
  return {
    name: name[language],
    description: description[language],
    item: api_kinds.map((api_kind) => ({
      name: TAGS[api_kind][language],
      item: endpoints
        .filter((one) => one.api_kind === api_kind)
        .map((endpoint) => itemOf(endpoint, language)),
    })),
  };
}

function itemOf(endpoint: Endpoint, language: Language) {
  const { method, title, description, body_example } = endpoint;
  const sample = { ...endpoint, ...(body_example !== undefined && { body_example: unreal(body_example) }) };
  const call = exampleCall(sample, '{{host}}', tokenOf(endpoint));
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

/** Calls that only the administrator may make have the administrator's token. */
function tokenOf({ scopes = [] }: Endpoint): string {
  return scopes.length === 1 && scopes[0] === 'administrator' ? '{{admin_token}}' : '{{token}}';
}

function urlOf(endpoint: Endpoint, language: Language) {
  const { api_kind, method, path, path_parameters, query, query_example = [] } = endpoint;
  // An upload is for one campaign, never for all.
  const is_report = api_kind === 'documented' && method === 'GET';
  const sampleOf = (name: string, example: unknown) =>
    String((method === 'GET' ? undefined : UNREAL[name]) ?? example ?? '');
  const segments = path
    .slice(1)
    .replace(/\{(\w+)\}/g, ':$1')
    .split('/');
  const fields = query ? fieldsOf(query, 'input') : [];
  const parameters = fields.map(({ name, required, example, description }) => ({
    key: name,
    value: is_report && name in SHARED ? `{{${name}}}` : sampleOf(name, example),
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
      value: path.includes('/campaigns/') ? String(UNREAL.campaign_id) : sampleOf(name, example),
    })),
  };
}
