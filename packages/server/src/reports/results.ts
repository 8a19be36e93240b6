import { column, RESULT_NAMES } from '@recuento/contract';

/** The column that the reports by result begin with. */
export const RESULT_COLUMN = column(
  'result',
  `The machine code: ${RESULT_NAMES.join(', ')}.`,
  `El código de máquina: ${RESULT_NAMES.join(', ')}.`,
);
