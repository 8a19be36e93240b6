import type { z } from 'zod';

/** The languages of what people read. */
export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What people read, in each language. */
export type Text = Readonly<Record<Language, string>>;

/**
 * Says of a schema what it is, for the documentation: `description` is English, as every reader of OpenAPI expects,
 * and `x-es` keeps the Spanish one beside it. `example` is one of what a caller sends (zod takes `examples` for those of
 * what a schema makes of it, and leaves them out).
 */
export function described<Schema extends z.ZodType>(
  schema: Schema,
  { en, es }: Text,
  example?: unknown,
): Schema {
  return schema.meta({ description: en, 'x-es': es, ...(example !== undefined && { example }) });
}
