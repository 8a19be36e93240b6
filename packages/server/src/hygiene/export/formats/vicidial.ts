import type { LineFormat } from './line-format.js';

/**
 * For the DNC list of Vicidial: one telephone a line. Its column `vicidial_dnc.phone_number` has 18 characters, and what is longer
 * would become another number there. There are no comments: a digit in one could be taken for a telephone.
 */
export const VICIDIAL: LineFormat = {
  media: 'text/plain',
  file: 'vicidial-dnc.txt',
  fits: '^[0-9]{1,18}$',
  head: '',
  line: 'telephone',
  tail: () => '',
};
