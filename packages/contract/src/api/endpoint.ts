import type { z } from 'zod';
import type { ErrorId } from '../errors/catalogue.js';
import type { Text } from '../language.js';
import type { Scope } from '../operation.js';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Which API a call belongs to: its errors look as they do there. */
export type ApiKind = 'documented' | 'native' | 'service';

/** A body by its media type; undefined is one that no schema describes (a file, a stream of lines). */
export type Bodies = Readonly<Record<string, z.ZodType | undefined>>;

export interface Reply {
  readonly description: Text;
  /** Absent: it has no body. */
  readonly bodies?: Bodies;
  /** What may come in place of them: an empty list, say. */
  readonly alternatives?: readonly Bodies[];
}

/**
 * One call of the service, as `/openapi.json`, `/postman.json` and `/docs` tell it. The schemas are those that validate:
 * nothing is said twice.
 */
export interface Endpoint {
  /** Unique; `campaign_8`, `create_token`. The anchor of its section in `/docs`. */
  readonly id: string;
  /** The value of `api` of a call of the documented API, where it is not its id: two paths have a call `campaigns`. */
  readonly api?: string;
  readonly api_kind: ApiKind;
  readonly method: Method;
  /** As OpenAPI writes it: `/v1/tokens/{id}`. Calls of one path differ in `api`. */
  readonly path: string;
  readonly title: Text;
  readonly description: Text;
  /** What one has of it. */
  readonly benefit?: Text;
  /** How it works: one statement each. */
  readonly how?: readonly Text[];
  /** Scopes of which a token needs one; `administrator` is RECUENTO_ADMIN_TOKEN's; absent: nobody is asked who he is. */
  readonly scopes?: readonly (Scope | 'administrator')[];
  readonly path_parameters?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** Besides those that every call of its API takes. */
  readonly headers?: z.ZodObject;
  /** Optional parameters that an example sends all the same. */
  readonly query_example?: readonly string[];
  readonly body?: Bodies;
  /** A body that shows how it is used, as JSON. */
  readonly body_example?: unknown;
  readonly replies: Readonly<Record<number, Reply>>;
  /** What it can be refused with, besides what every call of its API can. */
  readonly errors: readonly ErrorId[];
}

/** What `api` is for a call of the documented API. */
export function apiOf({ api, id }: Pick<Endpoint, 'api' | 'id'>): string {
  return api ?? id;
}
