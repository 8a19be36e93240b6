import { foldSpelling, type MachineCode, parseMachineCode } from './machine-codes.js';

/** How the vendor's calls by result spell the machine codes. `unknown` is ours: the vendor has no word for it. */
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

export const RESULT_NAMES: readonly string[] = Object.values(RESULT_SPELLINGS);

const DO_NOT_CALL = foldSpelling(RESULT_SPELLINGS.do_not_call);

/** The machine code that a result names, in any spelling; undefined when it names none. */
export function resultNamed(name: string): MachineCode | undefined {
  return foldSpelling(name) === DO_NOT_CALL ? 'do_not_call' : parseMachineCode(name);
}
