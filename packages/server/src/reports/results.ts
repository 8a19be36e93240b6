import { column, type MachineCode } from '@recuento/contract';

/** How the vendor's reports by result spell the machine codes. `unknown` is ours: the vendor has no word for it. */
export const RESULT_SPELLINGS: Readonly<Record<MachineCode, string>> = {
  no_answer: 'no-answer',
  answer_machine: 'answer-machine',
  busy: 'busy',
  congestion: 'congestion',
  failed: 'failed',
  answer: 'answer',
  abandon: 'abandon',
  recall: 'recall',
  do_not_call: 'do-not-call_clean',
  unknown: 'unknown',
};

/** The column that the reports by result begin with. */
export const RESULT_COLUMN = column(
  'result',
  `The machine code: ${Object.values(RESULT_SPELLINGS).join(', ')}.`,
  `El código de máquina: ${Object.values(RESULT_SPELLINGS).join(', ')}.`,
);
