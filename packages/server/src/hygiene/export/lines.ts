import { TABLE_LIMITS } from '@recuento/contract';
import { readNumber } from '../../reports/page.js';
import type { ReportRequest } from '../../reports/report.js';
import type { LineFormat } from './formats/line-format.js';
import type { TelephoneList } from './telephone-list.js';

/** How many telephones of a list a format cannot have. Only these are looked at, so it costs little where all of them are numbers. */
export function countLeftOut(
  request: ReportRequest,
  list: TelephoneList,
  { fits }: Pick<LineFormat, 'fits'>,
): Promise<number> {
  const { sql, params, settings } = list.select('1', {
    sql: 'NOT match(telephone, {fits:String})',
    params: { fits },
  });
  return readNumber(request, { sql: `SELECT count() FROM (${sql})`, params, settings });
}

/** The lines of the telephones that fit, as the engine writes them, part by part. The call's time holds until the first ones. */
export async function* linesOf(
  { engine, selection, budget }: ReportRequest,
  list: TelephoneList,
  { fits, line }: Pick<LineFormat, 'fits' | 'line'>,
): AsyncGenerator<Buffer> {
  for await (const part of list.parts('')) {
    const sql = `${part.sql} AND match(telephone, {fits:String})`;
    yield* engine.stream({
      ...list.select(`${line} AS line`, { sql, params: { ...part.params, fits } }),
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the engine's blank
      line: '${line:Raw}\n',
      fair_key: `operation ${selection.operation_id}`,
      ...budget.engine(),
      max_ms: TABLE_LIMITS.stream_max_ms,
    });
  }
}
