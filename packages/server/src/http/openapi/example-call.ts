import type { Endpoint } from '@recuento/contract';
import { fieldsOf } from './fields.js';

/** Placeholder for a secret in examples. */
export const TOKEN_BLANK = 'YOUR_TOKEN';

/** A call as somebody would first try it: only the required parameters, and an example body. */
export interface ExampleCall {
  /** Without a query string, and with its path parameters filled in. */
  readonly url: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** JSON. */
  readonly body?: string;
}

/** @param origin the address of the service as seen from outside */
export function exampleCall(endpoint: Endpoint, origin: string, token = TOKEN_BLANK): ExampleCall {
  const { path, path_parameters, query, query_example = [], body_example } = endpoint;
  const filled = (path_parameters ? fieldsOf(path_parameters, 'input') : []).reduce(
    (url, { name, example }) => url.replace(`{${name}}`, encodeURIComponent(String(example ?? name))),
    path,
  );
  return {
    url: origin + filled,
    query: (query ? fieldsOf(query, 'input') : [])
      .filter(({ name, required }) => required || query_example.includes(name))
      .map(({ name, example }) => [name, String(example ?? '')] as const),
    headers: [
      ...authorization(endpoint, token),
      ...(body_example === undefined ? [] : [['Content-Type', 'application/json'] as const]),
    ],
    ...(body_example !== undefined && { body: JSON.stringify(body_example, null, 2) }),
  };
}

function authorization({ api_kind, scopes }: Endpoint, token: string): [string, string][] {
  if (scopes === undefined) return [];
  return api_kind === 'documented' ? [['wolkvox-token', token]] : [['Authorization', `Bearer ${token}`]];
}
