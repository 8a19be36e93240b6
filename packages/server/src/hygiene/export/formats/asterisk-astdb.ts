import { ASTERISK_NUMBERS } from './asterisk-numbers.js';
import type { LineFormat } from './line-format.js';

/**
 * Lines for the command line of Asterisk. They replace a family of its own: `blacklist` may have entries that people made, and deleting
 * these would be no hygiene. The dialplan asks `DB_EXISTS(recuento/${EXTEN})`. The command line knows no comments.
 */
export const ASTERISK_ASTDB: LineFormat = {
  media: 'text/plain',
  file: 'asterisk-astdb.txt',
  fits: ASTERISK_NUMBERS,
  head: 'database deltree recuento\n',
  line: `concat('database put recuento ', telephone, ' 1')`,
  tail: () => '',
};
