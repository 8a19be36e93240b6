import type { Learning } from '../knowledge/learning.js';
import { SOURCES_MAX } from './lines.js';

/**
 * The source of an attempt, as SQL: its trunk, or its campaign where no trunk is told. The first character tells which, so that no
 * trunk is taken for a campaign.
 */
export const OF_TRUNK = 't';
export const OF_CAMPAIGN = 'c';
export const SOURCE = `if(trunk = '', concat('${OF_CAMPAIGN}', toString(campaign_id)), concat('${OF_TRUNK}', trunk))`;

/** Sources that are not among the most dialed are taken for one, with the number 0. `SOURCE` is never this. */
export const OTHER_SOURCES = '';

/** The most dialed sources. */
export async function sourceNames(learning: Learning): Promise<string[]> {
  const { sql, params } = learning.where();
  const rows = learning.rows(
    `SELECT ${SOURCE} AS source FROM held_by_time FINAL PREWHERE ${sql}
     GROUP BY source ORDER BY count() DESC, source LIMIT ${SOURCES_MAX}`,
    params,
  );
  const names: string[] = [];
  for await (const [name] of rows) names.push(String(name));
  return names;
}
