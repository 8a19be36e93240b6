import { RecuentoError } from '@recuento/contract';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { similarName } from './similar-name.js';

/**
 * Reads the parameters of a query string with their schema, from which the documentation of the parameters is made as
 * well. Unknown parameters are ignored: callers in the field send some. An empty parameter counts as absent, unless its
 * schema accepts an empty value.
 *
 * @param schema its messages describe the form that a refused value should have had
 * @throws RecuentoError bad-parameter (repeated, or malformed), missing-parameters (naming all)
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
    const others = Object.keys(sent).filter((name) => !(name in schema.shape));
    throw missingParameters(missing.map((name) => withSimilar(name, others)).join(', '));
  }
  const [first] = issues;
  throw badParameter(String(first?.path[0]), first?.message ?? '');
}

/**
 * For a parameter whose absence means "all": refuses a parameter with nearly the same name. Its sender would otherwise
 * take the whole for the part that was asked for.
 *
 * @throws RecuentoError bad-parameter
 */
export function refuseMisspelt(meant: string, query: unknown): void {
  const sent = Object.entries(query as Readonly<Record<string, unknown>>).filter(([, value]) => value !== '');
  const names = sent.map(([name]) => name);
  if (names.includes(meant)) return;
  const similar = similarName(meant, names);
  if (similar !== undefined) throw badParameter(similar, `${meant} is its name here`);
}

/** The missing name, with the similar one that was sent in its place, where that looks like a typing error. */
function withSimilar(name: string, others: readonly string[]): string {
  const similar = similarName(name, others);
  return similar === undefined ? name : `${name} (${similar} WAS SENT)`;
}

function missingParameters(parameters: string): RecuentoError {
  return new RecuentoError('missing-parameters', { values: { parameters } });
}

/**
 * Adds a hint to `missing-parameters` where a request that needs no body has one: the parameters may be in it. The
 * headers show that there is a body; the body itself is not read.
 */
export function asSentInBody(error: unknown, { headers }: Pick<FastifyRequest, 'headers'>): unknown {
  if (!(error instanceof RecuentoError) || error.id !== 'missing-parameters') return error;
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = headers;
  if (length === '0' && encoding === undefined) return error;
  return missingParameters(
    `${error.details.values?.parameters} (A BODY CAME AND IS NOT READ: SEND THEM IN THE QUERY STRING)`,
  );
}

export function badParameter(parameter: string, form: string): RecuentoError {
  return new RecuentoError('bad-parameter', { values: { parameter, form } });
}
