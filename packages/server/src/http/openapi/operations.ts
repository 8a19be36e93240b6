import { apiOf, type Bodies, type Endpoint, type Reply, type Text } from '@recuento/contract';
import { z } from 'zod';
import { sameShape } from './same-shape.js';

/** An operation of the OpenAPI document: one for each method of a path. */
export interface Operation extends Endpoint {
  /** Examples of its body, by the call that each belongs to. */
  readonly body_examples: Readonly<Record<string, unknown>>;
}

/**
 * Calls of the documented API share a path and differ in `api`, but OpenAPI allows one operation for a method of a path.
 * So they are one operation there: its `api` is one of their names, and its reply one of their replies. (Telling them
 * apart by a fragment would make them impossible to call: what follows a fragment is never sent.)
 */
export function operationsOf(endpoints: readonly Endpoint[]): readonly Operation[] {
  const keys = new Set(endpoints.map(keyOf));
  return [...keys].map((key) => merged(endpoints.filter((endpoint) => keyOf(endpoint) === key)));
}

function keyOf({ method, path }: Endpoint): string {
  return `${method} ${path}`;
}

function merged(endpoints: readonly Endpoint[]): Operation {
  const [first] = endpoints;
  if (!first) throw new Error('no call');
  const body_examples = Object.fromEntries(
    endpoints.flatMap((one) => (one.body_example === undefined ? [] : [[apiOf(one), one.body_example]])),
  );
  if (endpoints.length === 1) return { ...first, body_examples, replies: mergedReplies(endpoints) };
  const file = /(\w+)\.php$/.exec(first.path)?.[1] ?? first.id;
  const ids = endpoints.map(apiOf);
  const title = `${file}.php: ${ids.join(', ')}`;
  const how = new Map(endpoints.flatMap((one) => one.how ?? []).map((point) => [point.en, point]));
  const headers = Object.assign({}, ...endpoints.map((one) => one.headers?.shape ?? {}));
  return {
    id: `${first.method.toLowerCase()}_${file}`,
    api_kind: first.api_kind,
    method: first.method,
    path: first.path,
    title: { en: title, es: title },
    description: { en: sections(endpoints, 'en'), es: sections(endpoints, 'es') },
    how: [...how.values()],
    ...(first.scopes && { scopes: first.scopes }),
    query: mergedQuery(endpoints),
    headers: z.object(headers),
    ...(first.body && {
      body: mergedBodies(
        endpoints.map(({ body }) => body ?? {}),
        z.union,
      ),
    }),
    body_examples,
    replies: mergedReplies(endpoints),
    errors: [...new Set(endpoints.flatMap(({ errors }) => errors))],
  };
}

/** The purpose of each call, as Markdown. */
function sections(endpoints: readonly Endpoint[], language: keyof Text): string {
  return endpoints
    .map((one) => {
      const { title, description, benefit } = one;
      const words = [description[language], benefit?.[language] ?? ''].filter((part) => part !== '');
      return `**\`${apiOf(one)}\`: ${title[language]}.** ${words.join(' ')}`;
    })
    .join('\n\n');
}

/**
 * `api` is one of their names. Another parameter is required if all calls require it; otherwise its description says
 * which calls take it.
 */
function mergedQuery(endpoints: readonly Endpoint[]): z.ZodObject {
  const shapes = endpoints.map(({ query }) => query?.shape ?? {});
  const names = new Set(shapes.flatMap((shape) => Object.keys(shape)));
  names.delete('api');
  const [id = '', ...others] = endpoints.map(apiOf);
  const api = shapes[0]?.api;
  const fields = [...names].map((name) => {
    const schemas = endpoints.flatMap((one) => {
      const schema = one.query?.shape[name];
      return schema
        ? [{ id: apiOf(one), schema, is_required: !z.core.safeParse(schema, undefined).success }]
        : [];
    });
    const required = schemas.filter(({ is_required }) => is_required);
    const said = required.length > 0 ? required : schemas;
    const schema = said[0]?.schema ?? z.string();
    return [name, said.length === endpoints.length ? schema : optional(schema, said)] as const;
  });
  return z.object({
    api: z.enum([id, ...others]).meta({ ...api?.meta(), example: id }),
    ...Object.fromEntries(fields),
  });
}

/** The description of a parameter that only some calls take, or require, begins with their names. */
function optional(schema: z.core.$ZodType, takers: readonly { readonly id: string }[]): z.ZodType {
  const { description: en = '', 'x-es': es = '', ...said } = z.globalRegistry.get(schema) ?? {};
  const of = takers.map(({ id }) => `\`${id}\``).join(', ');
  return z.optional(schema).meta({ ...said, description: `${of}: ${en}`, 'x-es': `${of}: ${es}` });
}

function mergedReplies(endpoints: readonly Endpoint[]): Readonly<Record<number, Reply>> {
  const statuses = new Set(endpoints.flatMap(({ replies }) => Object.keys(replies).map(Number)));
  return Object.fromEntries(
    [...statuses].map((status) => {
      const replies = endpoints.flatMap(({ replies }) => replies[status] ?? []);
      const [first] = replies;
      const bodies = replies.flatMap((reply) => [reply.bodies ?? {}, ...(reply.alternatives ?? [])]);
      const has_body = bodies.some((one) => Object.keys(one).length > 0);
      return [
        status,
        {
          description: first?.description ?? { en: '', es: '' },
          ...(has_body && { bodies: mergedBodies(bodies, z.xor) }),
        },
      ];
    }),
  );
}

type Union = (schemas: [z.ZodType, z.ZodType, ...z.ZodType[]]) => z.ZodType;

/** Schemas of the same shape appear once: a reader could not tell them apart. */
function mergedBodies(all: readonly Bodies[], union: Union): Bodies {
  const media = new Set(all.flatMap((bodies) => Object.keys(bodies)));
  return Object.fromEntries(
    [...media].map((type) => {
      const distinct: z.ZodType[] = [];
      for (const bodies of all) {
        const schema = bodies[type];
        if (schema && !distinct.some((known) => sameShape(known, schema))) distinct.push(schema);
      }
      const [one, other, ...rest] = distinct;
      return [type, one && other ? union([one, other, ...rest]) : one];
    }),
  );
}
