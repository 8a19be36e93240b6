import { RecuentoError } from '@recuento/contract';
import { z } from 'zod';

/**
 * The parameters of a query string, as their schema reads them; the same schema is what the documentation says of them.
 * Unknown ones are ignored: callers in the field send some. An empty one counts as absent, unless empty is a value that
 * its schema takes.
 *
 * @param schema its messages are the forms that refused values should have had
 * @throws RecuentoError bad-parameter (repeated, or not of its form), missing-parameters (naming all)
 */
export function readQuery<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  query: unknown,
): z.output<z.ZodObject<Shape>> {
  const sent = query as Readonly<Record<string, unknown>>;
  const given: Record<string, unknown> = {};
  for (const [name, field] of Object.entries<z.core.$ZodType>(schema.shape)) {
    const value = sent[name];
    if (Array.isArray(value)) throw badParameter(name, 'send it once');
    if (value !== '' || z.core.safeParse(field, '').success) given[name] = value;
  }
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const missing = issues.map(({ path }) => String(path[0])).filter((name) => given[name] === undefined);
  if (missing.length > 0) {
    throw new RecuentoError('missing-parameters', { values: { parameters: missing.join(', ') } });
  }
  const [first] = issues;
  throw badParameter(String(first?.path[0]), first?.message ?? '');
}

export function badParameter(parameter: string, form: string): RecuentoError {
  return new RecuentoError('bad-parameter', { values: { parameter, form } });
}
