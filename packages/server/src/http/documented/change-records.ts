import { RecuentoError } from '@recuento/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Operation } from '../../accounts/operations.js';
import type { RecordsAsking } from '../../hygiene/quarantine/records/records.js';
import { CallBudget } from '../../reports/budget.js';
import { keyOf } from '../door.js';
import { hangUpSignal } from '../hang-up.js';
import { decodeUtf8, parseJson } from '../malformed-body.js';
import { sendBody } from '../send-body.js';
import type { Services } from '../services.js';
import { workingOnBody } from '../take-body.js';
import { acceptCall } from './accept-call.js';
import { ENVELOPE_TYPE, renderDone } from './envelope.js';
import { readBytes } from './read-list.js';

/** The result of a change: the reply's `msg` and the values in its `data`; undefined: no customer is meant. */
export type Done =
  | { readonly msg: string; readonly counts: Readonly<Record<string, number | string>> }
  | undefined;

/** Changes records as a body says, which is any JSON value. 202 means durable and visible. @throws RecuentoError when nothing was done */
export type ChangeRecords = (
  services: Services,
  operation: Operation,
  body: unknown,
  asking: RecordsAsking,
) => Promise<Done>;

/**
 * A body with 10,000 ids of a hundred characters. It is parsed in one turn, in some ten milliseconds, as an object cannot be cut into
 * records.
 */
const BODY_MAX_BYTES = 1024 * 1024;

/** A call that changes records of a campaign. @param read reads the parameters, and returns what is to be done with the body */
export function changeRecords(services: Services, read: (query: unknown) => ChangeRecords) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { holder, question: change, lease } = await acceptCall(services, request, reply, 'ingest', read);
    const { operation } = holder;
    try {
      await lease.counted;
      const { admission } = services;
      const bytes = await readBytes(request, reply, admission, BODY_MAX_BYTES, operation.limits.max_call_ms);
      const signal = hangUpSignal(reply);
      const give_turn = admission.desk.body(keyOf(request), signal);
      await give_turn();
      const body = parseJson(decodeUtf8(bytes), 'IT IS NOT JSON');
      const budget = new CallBudget(operation.limits.max_call_ms, signal, () => undefined);
      const asking = { by: holder.token.id, give_turn, signal, reading: () => budget.engine() };
      const done = await workingOnBody(request, () =>
        budget.run(() => change(services, operation, body, asking)),
      );
      if (!done) throw new RecuentoError('no-records');
      reply.code(202).type(ENVELOPE_TYPE);
      return sendBody(reply, [renderDone(done.msg, done.counts, operation.reply_profile)], lease.release);
    } catch (error) {
      await lease.release();
      throw error;
    }
  };
}
