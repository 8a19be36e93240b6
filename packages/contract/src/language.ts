import type { z } from 'zod';

/** The languages of texts for people. */
export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A text for people, in each language. */
export type Text = Readonly<Record<Language, string>>;

/**
 * Adds a description to a schema, for the documentation. `description` is in English, as readers of OpenAPI expect, and
 * `x-es` has the Spanish text. `example` is a value that a caller sends. (zod's own `examples` are values that the schema
 * returns, and it leaves them out.)
 */
export function described<Schema extends z.ZodType>(
  schema: Schema,
  { en, es }: Text,
  example?: unknown,
): Schema {
  return schema.meta({ description: en, 'x-es': es, ...(example !== undefined && { example }) });
}
