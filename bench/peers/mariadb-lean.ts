import { MACHINE_CODES } from '@recuento/contract';
import { mariaDb } from './mariadb.js';
import { RECOGNITIONS, utc } from './statement.js';

/**
 * What one would make for the report alone: a narrow row and an index that has all of it, in the report's order.
 * Nothing here keeps an attempt that is delivered twice from counting twice; that would cost another index.
 */
export const mariaDbLean = mariaDb({
  name: 'MariaDB, lean table, covering index',
  short: 'mariadb-lean',
  create: `CREATE TABLE peers.attempts (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    campaign_id INT UNSIGNED NOT NULL,
    telephone VARCHAR(32) NOT NULL,
    dialed_at DATETIME NOT NULL,
    result ENUM(${MACHINE_CODES.map((code) => `'${code}'`).join(', ')}) NOT NULL
  ) ENGINE=InnoDB CHARACTER SET latin1 COLLATE latin1_bin`,
  indexes: ['INDEX report (campaign_id, telephone, dialed_at, result)'],
  columns: '(@id, campaign_id, telephone, @dialed_at, result) SET dialed_at = FROM_UNIXTIME(@dialed_at)',
  dialect: {
    table: 'peers.attempts',
    telephone: 'telephone',
    campaign: (campaign_id) => `campaign_id = ${campaign_id}`,
    dialed_at: 'dialed_at',
    instant: (seconds) => `'${utc(seconds)}'`,
    count: (code) => `SUM(result = '${code}')`,
    recognized: `result IN (${RECOGNITIONS})`,
  },
});
