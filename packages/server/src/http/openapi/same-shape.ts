import { z } from 'zod';

type Json = z.core.JSONSchema.BaseSchema;

/** What a schema says for people, and under which name: it makes no difference to what is valid. */
const FOR_PEOPLE: ReadonlySet<string> = new Set([
  'description',
  'x-es',
  'example',
  'id',
  'title',
  '$schema',
  '$defs',
]);

/** Whether what is valid by one schema is valid by the other, as far as they are written the same way. */
export function sameShape(one: z.ZodType, other: z.ZodType): boolean {
  return one === other || shapeOf(one) === shapeOf(other);
}

function shapeOf(schema: z.ZodType): string {
  const root = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' });
  return JSON.stringify(plain(root, root.$defs ?? {}));
}

/** With what `$ref` leads to in its place. No schema of a reply is within itself. */
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
