import type { Learning } from '../knowledge/learning.js';
import { SOURCES_MAX } from './lines.js';

/**
 * The source of an attempt, as SQL: its trunk, or its campaign where no trunk is told. The first character tells which, so that no
 * trunk is taken for a campaign.
 */
export const SOURCE = `if(trunk = '', concat('c', toString(campaign_id)), concat('t', trunk))`;

/** The most dialed sources. */
export async function sourceNames(learning: Learning): Promise<string[]> {
  const { sql, params } = learning.where();
  const rows = learning.rows(
    `SELECT ${SOURCE} AS source FROM held_by_time WHERE ${sql}
     GROUP BY source ORDER BY count() DESC, source LIMIT ${SOURCES_MAX}`,
    params,
  );
  const names: string[] = [];
  for await (const [name] of rows) names.push(String(name));
  return names;
}
