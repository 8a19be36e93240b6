import { telephoneAttemptsQuery, telephonePathParameters } from '@recuento/contract';
import type { FastifyRequest } from 'fastify';
import { lineSql } from '../../hygiene/spellings/line-sql.js';
import { placeOfAttempts, telephoneAttempts } from '../../hygiene/telephone-attempts.js';
import type { Handlers } from '../methods.js';
import { badParameter, readQuery } from '../read-query.js';
import { askAsOf, knownAsOf, nowOf } from './hygiene-call.js';
import type { TableServices } from './table-call.js';

/** `/v1/telephones/{telephone}/attempts`: what is behind a verdict. */
export function telephoneAttemptsPath(shared: TableServices): Handlers {
  return {
    GET: shared.calls.ofOperation(
      ['report'],
      async ({ request, reply, operation }) => {
        const question = asked(request);
        const call = { ...shared, request, reply };
        const now_s = nowOf(call);
        const statements = askAsOf(call, operation, question.campaign, now_s);
        return statements.budget.run(async () => {
          const { faults, number_plan } = await knownAsOf(call, operation, statements, now_s);
          return telephoneAttempts(statements, question, { faults, lines: lineSql(number_plan) });
        });
      },
      { settle: asked },
    ),
  };
}

/** @throws RecuentoError bad-parameter */
function asked({ params, query }: Pick<FastifyRequest, 'params' | 'query'>) {
  const { telephone } = readQuery(telephonePathParameters, params);
  const { from, to, campaign_id: campaign, cursor, limit } = readQuery(telephoneAttemptsQuery, query);
  if (from !== undefined && to !== undefined && from > to) throw badParameter('to', 'not before from');
  return { telephone, from_s: from, to_s: to, campaign, before: placeOfAttempts(cursor), limit };
}
