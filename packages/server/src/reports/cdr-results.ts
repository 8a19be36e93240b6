import { column, MACHINE_CODES, type MachineCode } from '@recuento/contract';

/**
 * How the vendor's reports of calls spell what ended them before anybody answered. Its `Cancel` is stored as `no_answer`, and its
 * `Tcpa` is never stored. Any failure of the line or the number is `Chanunavail`, as the vendor has no other word.
 */
export const CDR_SPELLINGS: Readonly<Partial<Record<MachineCode, string>>> = {
  no_answer: 'No answer',
  busy: 'Busy',
  congestion: 'Congestion',
  failed: 'Chanunavail',
  do_not_call: 'Do not call',
};

const CODES = MACHINE_CODES.filter((code) => CDR_SPELLINGS[code] !== undefined);
const list = (texts: readonly string[]) => `(${texts.map((text) => `'${text}'`).join(', ')})`;

/** Of an attempt: whether a machine ended it, and nobody was reached. */
export const ENDED_BY_MACHINE = `result IN ${list(CODES)}`;

/** Its result as the vendor spells it. */
export const CDR_RESULT = `transform(toString(result), array${list(CODES)}, array${list(CODES.map((code) => CDR_SPELLINGS[code] ?? ''))}, '')`;

const SPELLED = Object.values(CDR_SPELLINGS).join(', ');
export const CDR_RESULT_COLUMN = column(
  'result',
  `What ended it: ${SPELLED}.`,
  `Qué la terminó: ${SPELLED}.`,
);
