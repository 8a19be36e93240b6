import { RecuentoError, TABLE_LIMITS, type TableFormat } from '@recuento/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Operation } from '../../accounts/operations.js';
import { CallBudget } from '../../reports/budget.js';
import type { ReportRequest } from '../../reports/report.js';
import type { Selection } from '../../reports/selection.js';
import { windowOf } from '../../time/window.js';
import { compressFor } from '../compress.js';
import { keyOf } from '../door.js';
import { hangUpSignal } from '../hang-up.js';
import { badParameter } from '../read-query.js';
import { sendBody, sizeOf } from '../send-body.js';
import type { Services } from '../services.js';
import type { NativeCalls } from './native-calls.js';
import type { XlsxWorkers } from './xlsx.js';

/** The parameters that all calls of tables have. */
interface TableQuestion {
  readonly campaign_id: Selection['campaign'];
  readonly from: number;
  readonly to: number;
  readonly format: TableFormat;
}

/** The services that all calls of tables use. */
export interface TableServices {
  readonly services: Services;
  readonly calls: NativeCalls;
  readonly workers: XlsxWorkers;
}

/** A call that asks for a table. */
export interface TableCall extends TableServices {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** @throws RecuentoError bad-parameter, window-too-long */
export function selectionOf(operation: Operation, { campaign_id, from, to }: TableQuestion): Selection {
  if (from > to) throw badParameter('to', 'not before from');
  return {
    operation_id: operation.id,
    campaign: campaign_id,
    window: windowOf(from, to, TABLE_LIMITS.max_window_days),
    time_zone: operation.time_zone,
    has_customers: false, // neither table has them
  };
}

/** The selection with the limits of its statements: the time that one call of the operation has. */
export function askFor(
  { services, request, reply }: TableCall,
  operation: Operation,
  selection: Selection,
): ReportRequest {
  const { replies } = services.admission;
  const admit = () => replies.admit(keyOf(request));
  const budget = new CallBudget(operation.limits.max_call_ms, hangUpSignal(reply), admit);
  return { engine: services.engine, selection, budget };
}

/** Sends JSON whose rows are already bytes. @param vary the headers of the request that the reply depends on */
export async function sendRows(
  { services, request, reply }: Pick<TableCall, 'services' | 'request' | 'reply'>,
  parts: readonly Buffer[],
  vary = 'Accept-Encoding',
): Promise<FastifyReply> {
  const { replies } = services.admission;
  replies.hold(keyOf(request), reply.raw, sizeOf(parts));
  const encoded = await compressFor(request.headers['accept-encoding'], parts);
  if (encoded.encoding) reply.header('Content-Encoding', encoded.encoding);
  reply.header('Vary', vary).type('application/json; charset=utf-8');
  replies.hold(keyOf(request), reply.raw, sizeOf(encoded.parts));
  return sendBody(reply, encoded.parts, async () => undefined);
}

export function tooLong(limit: number): RecuentoError {
  return new RecuentoError('table-too-long', { values: { limit } });
}

/** Refuses parameters of a page where a file is asked for: a file holds the whole table. @throws RecuentoError bad-parameter */
export function refuseOfFiles<Name extends string>(
  question: { readonly [name in Name]?: unknown },
  ...names: readonly Name[]
): void {
  const sent = names.find((name) => question[name] !== undefined);
  if (sent !== undefined) throw badParameter(sent, 'only with format=json, as a file holds all rows');
}
