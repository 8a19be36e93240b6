import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Operation } from '../../accounts/operations.js';
import type { Asking } from '../../hygiene/quarantine/quarantine.js';
import type { Reading } from '../../hygiene/quarantine/read-rows.js';
import type { Caller } from '../authenticate.js';
import { renderRows, turnsOfList } from '../campaign-list.js';
import { keyOf } from '../door.js';
import { hangUpSignal } from '../hang-up.js';
import type { Services } from '../services.js';
import { sendRows } from './table-call.js';

/** A call about the quarantine of an operation. */
export interface HygieneCall {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly operation: Operation;
  readonly caller: Caller;
}

/** Who asks for an act. */
export function askingOf({ admission }: Services, { request, reply, caller }: HygieneCall): Asking {
  const signal = hangUpSignal(reply);
  return {
    by: caller.kind === 'administrator' ? 'admin' : caller.token.id,
    give_turn: admission.desk.body(keyOf(request), signal),
    signal,
  };
}

/** How a page is read for it. */
export function readingOf({ admission }: Services, { request, reply, operation }: HygieneCall): Reading {
  return {
    max_ms: operation.limits.max_call_ms,
    signal: hangUpSignal(reply),
    admit: () => admission.replies.admit(keyOf(request)),
  };
}

/** Sends a page of rows under a name, and what comes after them. */
export async function sendPage<Row>(
  services: Services,
  { request, reply }: HygieneCall,
  name: string,
  rows: readonly Row[],
  rowOf: (row: Row) => object,
  next: Readonly<Record<string, string | null>>,
): Promise<FastifyReply> {
  const bytes = await renderRows(rows, rowOf, turnsOfList(services, request, reply));
  const tail = JSON.stringify(next).slice(1);
  return sendRows({ services, request, reply }, [
    Buffer.from(`{"${name}":[`),
    bytes,
    Buffer.from(`],${tail}`),
  ]);
}
