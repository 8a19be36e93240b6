import { RecuentoError } from '@recuento/contract';
import type { FastifyRequest } from 'fastify';

/** Entries of a list's page unless `limit` says otherwise, and at most: a page of rejects is then 4 MiB. */
const PAGE_DEFAULT = 100;
const PAGE_MAX = 1_000;

/** Longer than any cursor made here. */
const CURSOR_MAX_CHARS = 64;

/** A parameter of the query string; an empty one counts as absent. @throws RecuentoError bad-parameter when repeated */
export function parameter(request: FastifyRequest, name: string): string | undefined {
  const value = (request.query as Record<string, string | string[] | undefined>)[name];
  if (Array.isArray(value)) throw badParameter(name, 'send it once');
  return value === undefined || value === '' ? undefined : value;
}

/** `cursor` and `limit` of a list. @throws RecuentoError bad-parameter */
export function listParameters(request: FastifyRequest): { cursor: string | undefined; limit: number } {
  const cursor = parameter(request, 'cursor');
  if (cursor !== undefined && (cursor.length > CURSOR_MAX_CHARS || !/^[0-9a-f]+$/.test(cursor))) {
    throw badParameter('cursor', 'empty to start, then the next_cursor of the last reply');
  }
  const limit = parameter(request, 'limit') ?? String(PAGE_DEFAULT);
  if (!/^[1-9]\d{0,3}$/.test(limit) || Number(limit) > PAGE_MAX) {
    throw badParameter('limit', `a whole number from 1 to ${PAGE_MAX}`);
  }
  return { cursor, limit: Number(limit) };
}

function badParameter(name: string, form: string): RecuentoError {
  return new RecuentoError('bad-parameter', { values: { parameter: name, form } });
}
