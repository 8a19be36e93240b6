import type { AmdResult, MachineCode } from '@recuento/contract';
import { outcomeOf } from '../outcome-table.js';

/** The machine code of a disposition by itself. */
export type Disposition = MachineCode;

/** Spellings met so far. Files have seven; the bound is for hostile ones. */
const SPELLINGS_MAX = 1_000;
const bySpelling = new Map<string, Disposition | undefined>();

/** What Asterisk's disposition says; undefined when it is none of its words. */
export function dispositionCode(disposition: string): Disposition | undefined {
  if (bySpelling.has(disposition)) return bySpelling.get(disposition);
  const outcome = outcomeOf('asterisk_disposition', disposition);
  const code = outcome && 'code' in outcome ? outcome.code : undefined;
  if (bySpelling.size >= SPELLINGS_MAX) bySpelling.clear();
  bySpelling.set(disposition, code);
  return code;
}

/**
 * How a leg ended. ANSWERED is not "a person": AMD's result, where a dialplan put it into userfield, says who
 * answered; else an answered leg that ended in VoiceMail reached a machine. AMD runs on answered calls alone, so on
 * other legs a userfield that looks like it is something else.
 */
export function answeredAs(
  disposition: Disposition,
  lastapp: string,
  userfield: string,
): { code: MachineCode; amd: AmdResult | '' } {
  if (disposition !== 'answer') return { code: disposition, amd: '' };
  const amd = amdResult(userfield);
  if (amd !== '') return { code: amd === 'machine' ? 'answer_machine' : 'answer', amd };
  return { code: lastapp === 'VoiceMail' ? 'answer_machine' : 'answer', amd: '' };
}

// `MACHINE`, `AMD=HUMAN`, `AMDSTATUS:NOTSURE`, `MACHINE-LONGGREETING-1500-1500`, `HUMAN,HUMAN-800-800`; not "HUMAN RESOURCES".
const AMD = /^(?:amd(?:status)?[=:])?(machine|human|notsure|hangup)(?:$|[-,;|:])/i;

const AMD_RESULT: Readonly<Record<string, AmdResult>> = {
  machine: 'machine',
  human: 'human',
  notsure: 'not_sure',
  hangup: 'hangup',
};

function amdResult(userfield: string): AmdResult | '' {
  if (userfield === '') return '';
  const word = AMD.exec(userfield.trim())?.[1];
  return word === undefined ? '' : (AMD_RESULT[word.toLowerCase()] ?? '');
}
