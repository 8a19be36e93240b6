import type { z } from 'zod';
import type { ErrorId } from '../errors/catalogue.js';
import type { Text } from '../language.js';
import type { Scope } from '../operation.js';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Which API a call belongs to. It decides the form of the call's errors. */
export type ApiKind = 'documented' | 'native' | 'service';

/** The schema of a body by media type; undefined where no schema describes it (a file, a stream of lines). */
export type Bodies = Readonly<Record<string, z.ZodType | undefined>>;

export interface Reply {
  readonly description: Text;
  /** Absent: the reply has no body. */
  readonly bodies?: Bodies;
  /** Other bodies that may come instead, such as an empty list. */
  readonly alternatives?: readonly Bodies[];
}

/**
 * One call of the service, as `/openapi.json`, `/postman.json` and `/docs` describe it. The schemas are the ones that
 * validate requests, so nothing is said twice.
 */
export interface Endpoint {
  /** Unique; `campaign_8`, `create_token`. The anchor of its section in `/docs`. */
  readonly id: string;
  /** The parameter `api` of the documented API, where it differs from the id: two paths have a call `campaigns`. */
  readonly api?: string;
  readonly api_kind: ApiKind;
  readonly method: Method;
  /** As OpenAPI writes it: `/v1/tokens/{id}`. Calls of one path differ in `api`. */
  readonly path: string;
  readonly title: Text;
  readonly description: Text;
  /** What the call is good for. */
  readonly benefit?: Text;
  /** How it works, one statement an entry. */
  readonly how?: readonly Text[];
  /** A token needs one of these scopes; `administrator` is RECUENTO_ADMIN_TOKEN. Absent: no token is needed. */
  readonly scopes?: readonly (Scope | 'administrator')[];
  readonly path_parameters?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** In addition to the headers that every call of its API takes. */
  readonly headers?: z.ZodObject;
  /** Optional parameters that the examples send. */
  readonly query_example?: readonly string[];
  readonly body?: Bodies;
  /** A body for the examples, as JSON. */
  readonly body_example?: unknown;
  readonly replies: Readonly<Record<number, Reply>>;
  /** Its own errors, in addition to those of every call of its API. */
  readonly errors: readonly ErrorId[];
}

/** The value of the parameter `api` for a call of the documented API. */
export function apiOf({ api, id }: Pick<Endpoint, 'api' | 'id'>): string {
  return api ?? id;
}
