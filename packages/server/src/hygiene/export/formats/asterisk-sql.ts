import { ASTERISK_NUMBERS } from './asterisk-numbers.js';
import { type LineFormat, leftOutWords } from './line-format.js';

const TABLE = 'recuento_do_not_dial';

/**
 * A table that the dialplan asks by func_odbc, replaced in one transaction: a file that is cut off changes nothing, and one that is run
 * twice changes nothing the second time. MySQL and MariaDB (InnoDB), PostgreSQL and SQLite take it as it is.
 */
export const ASTERISK_SQL: LineFormat = {
  media: 'application/sql',
  file: 'asterisk.sql',
  fits: ASTERISK_NUMBERS,
  head: [
    `-- Replaces the telephones in ${TABLE}.`,
    `CREATE TABLE IF NOT EXISTS ${TABLE} (telephone VARCHAR(64) NOT NULL PRIMARY KEY);`,
    'BEGIN;',
    `DELETE FROM ${TABLE};`,
    '',
  ].join('\n'),
  line: `concat('INSERT INTO ${TABLE} (telephone) VALUES (''', telephone, ''');')`,
  tail: (left_out) => `COMMIT;\n-- ${leftOutWords(left_out)}\n`,
};
