import type { Text } from '@recuento/contract';
import { z } from 'zod';

/** One field of a request or a reply, as a table of the documentation shows it. */
export interface Field {
  /** `data[].telephone`: a field of the rows of `data`. */
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly description?: Text;
  readonly example?: unknown;
}

type Schema = z.core.JSONSchema.BaseSchema;

/**
 * The fields of a schema; the fields of an object inside it follow that object.
 *
 * @param io `input` is what a caller may send, `output` what a reply has
 */
export function fieldsOf(schema: z.ZodType, io: 'input' | 'output'): readonly Field[] {
  const root = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return fieldsWithin(root, root, '');
}

function fieldsWithin(schema: Schema, root: Schema, prefix: string): readonly Field[] {
  const { properties = {}, required = [], items } = resolved(schema, root);
  if (isSchema(items)) return fieldsWithin(items, root, `${prefix}[]`);
  return Object.entries(properties).flatMap(([name, property]) => {
    if (!isSchema(property)) return [];
    const path = prefix === '' ? name : `${prefix}.${name}`;
    return [fieldOf(path, property, root, required.includes(name)), ...fieldsWithin(property, root, path)];
  });
}

function fieldOf(name: string, property: Schema, root: Schema, required: boolean): Field {
  const schema = { ...resolved(property, root), ...property };
  const { description, example } = schema;
  const spanish = schema['x-es'];
  return {
    name,
    type: typeOf(schema, root),
    required,
    ...(description !== undefined &&
      typeof spanish === 'string' && { description: { en: description, es: spanish } }),
    ...(example !== undefined && { example }),
  };
}

/** The type in terms of JSON: `string`, `integer or null`, `array`. */
function typeOf(schema: Schema, root: Schema): string {
  const { type, anyOf, const: only, enum: words } = resolved(schema, root);
  if (type !== undefined) return [type].flat().join(' or ');
  if (anyOf) return [...new Set(anyOf.filter(isSchema).map((one) => typeOf(one, root)))].join(' or ');
  const [first] = only === undefined ? (words ?? []) : [only];
  return first === undefined ? 'any' : typeof first;
}

/** The definition in the document that `$ref` leads to. */
function resolved(schema: Schema, root: Schema): Schema {
  const name = /^#\/\$defs\/(.+)$/.exec(schema.$ref ?? '')?.[1];
  const found = name === undefined ? undefined : root.$defs?.[name];
  return isSchema(found) ? found : schema;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
