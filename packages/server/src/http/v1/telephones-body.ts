import { listedTelephone, RecuentoError } from '@recuento/contract';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { type GiveTurn, Turns } from '../../admission/turns.js';
import { Faults } from '../faults.js';
import { decodeUtf8, parseJson } from '../malformed-body.js';
import { bodyBytes } from './body.js';

/**
 * Bodies with a list of telephones: 10,000 of 64 characters take 670 KB. It is parsed in one turn, in some ten milliseconds, as an
 * object cannot be cut into records.
 */
export const TELEPHONES_MAX_BYTES = 1024 * 1024;
/** Telephones that are checked before others get their turn: some milliseconds where all of them are wrong. */
const A_TURN = { items: 500, bytes: 64 * 1024 };

/** What a list is replaced with while the rest of the body is checked: a list that is valid, or one that is as empty. */
const placeholder = (list: readonly unknown[]) => (list.length > 0 ? ['0'] : []);

/**
 * A body with a list `telephones`, which may be absent where its schema says so. The list is checked in turns, and the rest by the
 * schema.
 *
 * @param limit telephones at most
 * @throws RecuentoError malformed-body, too-many-records, invalid-records
 */
export async function telephonesBody<Schema extends z.ZodType>(
  request: FastifyRequest,
  schema: Schema,
  limit: number,
  give_turn: GiveTurn,
): Promise<{ readonly terms: z.output<Schema>; readonly telephones: readonly string[] }> {
  const bytes = await bodyBytes(request, TELEPHONES_MAX_BYTES);
  await give_turn();
  const sent = parseJson(decodeUtf8(bytes), 'IT IS NOT JSON');
  const list = listIn(sent);
  if (list && list.length > limit) {
    throw new RecuentoError('too-many-records', { values: { records: list.length, limit } });
  }
  const faults = new Faults();
  const telephones = await checked(list ?? [], faults, give_turn);
  const rest = list ? { ...(sent as object), telephones: placeholder(list) } : sent;
  const terms = schema.safeParse(rest);
  if (!terms.success) faults.addAll(terms.error);
  if (!terms.success || faults.count > 0) throw faults.error();
  return { terms: terms.data, telephones };
}

function listIn(sent: unknown): readonly unknown[] | undefined {
  if (typeof sent !== 'object' || sent === null || !('telephones' in sent)) return undefined;
  return Array.isArray(sent.telephones) ? sent.telephones : undefined;
}

async function checked(list: readonly unknown[], faults: Faults, give_turn: GiveTurn): Promise<string[]> {
  const turns = new Turns(A_TURN, give_turn);
  const telephones: string[] = [];
  for (const [index, sent] of list.entries()) {
    if (turns.isOver(0)) await turns.give();
    const parsed = listedTelephone.safeParse(sent);
    if (parsed.success) telephones.push(parsed.data);
    else faults.add({ index, field: 'telephones', reason: parsed.error.issues[0]?.message ?? '' });
  }
  return telephones;
}
