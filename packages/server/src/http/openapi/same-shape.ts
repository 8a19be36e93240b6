import { z } from 'zod';

type Json = z.core.JSONSchema.BaseSchema;

/** Keywords of a schema that are for people, or name it: they make no difference to what is valid. */
const FOR_PEOPLE: ReadonlySet<string> = new Set([
  'description',
  'x-es',
  'example',
  'id',
  'title',
  '$schema',
  '$defs',
]);

/** Whether two schemas accept the same values, as far as they are written the same way. */
export function sameShape(one: z.ZodType, other: z.ZodType): boolean {
  return one === other || shapeOf(one) === shapeOf(other);
}

function shapeOf(schema: z.ZodType): string {
  const root = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' });
  return JSON.stringify(plain(root, root.$defs ?? {}));
}

/** The value with every `$ref` replaced by its definition. No schema of a reply contains itself. */
function plain(value: unknown, definitions: NonNullable<Json['$defs']>): unknown {
  if (Array.isArray(value)) return value.map((item) => plain(item, definitions));
  if (typeof value !== 'object' || value === null) return value;
  const name = '$ref' in value ? /^#\/\$defs\/(.+)$/.exec(String(value.$ref))?.[1] : undefined;
  if (name !== undefined) return plain(definitions[name], definitions);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !FOR_PEOPLE.has(key))
      .map(([key, item]) => [key, plain(item, definitions)]),
  );
}
