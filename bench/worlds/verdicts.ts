import { NUMBERING } from '@recuento/generator';
import { judgementOf } from '../../packages/server/src/hygiene/judging/judge.js';
import { verdictsTable } from '../../packages/server/src/hygiene/verdicts-table.js';
import { Score } from '../../packages/server/test/hygiene/score.js';
import { truthOf } from '../../packages/server/test/hygiene/truth.js';
import { rowsOf, TIME_ZONE, type WorldOperation } from './operation.js';

/** How often verdicts are right at the end of the world. */
export async function scored(operation: WorldOperation): Promise<Score> {
  const { service, id, options } = operation;
  const as_of_s = options.until_s - 1;
  const known = await service.services.knowledge.at({ id, numbering: NUMBERING }, as_of_s);
  const judgement = judgementOf(known, { as_of_s, time_zone: TIME_ZONE, language: 'en' });
  const { rows, params, settings } = verdictsTable(
    { operation_id: id, campaign: { kind: 'all' } },
    judgement,
  );
  const score = new Score(truthOf(options));
  const sql = `SELECT v_telephone, v_verdict FROM (${rows})`;
  for (const [telephone = '', verdict = ''] of await rowsOf(operation, { sql, params, settings })) {
    score.add(telephone, verdict);
  }
  return score;
}
