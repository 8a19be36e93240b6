import fc from 'fast-check';

/** A JSON Schema as OpenAPI 3.1 documents have it. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly pattern?: string;
  readonly format?: string;
  readonly example?: unknown;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

/** Values that a schema says are valid; `resolve` finds what `$ref` leads to. */
export function fromSchema(schema: JsonSchema, resolve: (ref: string) => JsonSchema): fc.Arbitrary<unknown> {
  const from = (one: JsonSchema) => fromSchema(one, resolve);
  if (schema.$ref !== undefined) return from(resolve(schema.$ref));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map(from));
  const [type] = [schema.type ?? 'null'].flat();
  switch (type) {
    case 'string':
      return textFrom(schema);
    case 'integer':
    case 'number':
      return fc.integer({
        min: Math.max(schema.minimum ?? 0, -(2 ** 31)),
        max: Math.min(schema.maximum ?? 100, 2 ** 31 - 1),
      });
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(from(schema.items ?? {}), { maxLength: 4 });
    case 'object': {
      const { properties = {}, required = [] } = schema;
      const fields = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, from(one)]));
      return fc.record(fields, { requiredKeys: [...required] });
    }
    default:
      return fc.constant(null);
  }
}

function textFrom({
  pattern,
  format,
  example,
  minLength = 0,
  maxLength = 40,
}: JsonSchema): fc.Arbitrary<unknown> {
  if (format === 'date-time')
    return fc
      .date({ min: new Date('2026-10-01'), max: new Date('2026-12-01'), noInvalidDate: true })
      .map((date) => date.toISOString());
  const drawn =
    pattern === undefined
      ? fc.string({ minLength, maxLength: Math.min(maxLength, 40), unit: 'grapheme-ascii' })
      : fc.stringMatching(new RegExp(pattern));
  // A schema does not say all that a text must be (a date that exists); its example is all that.
  return example === undefined ? drawn : fc.oneof({ weight: 3, arbitrary: fc.constant(example) }, drawn);
}
