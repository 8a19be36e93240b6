import type { AmdResult, MachineCode } from '@recuento/contract';
import type { NumberEvidence } from '../../../attempts/number-evidence.js';
import { decide } from '../../evidence/evidence.js';
import type { OutcomeOverrides } from '../../evidence/trunks.js';

const ASTERISK = { amd: 'asterisk_amdstatus', disposition: 'asterisk_disposition' } as const;

/**
 * How a leg ended; undefined when its disposition is not one of Asterisk's words. ANSWERED does not mean "a person":
 * AMD's result, where a dialplan put it into userfield, shows who answered. Without it, an answered leg that ended in
 * VoiceMail reached a machine.
 */
export function asteriskOutcome(
  disposition: string,
  lastapp: string,
  userfield: string,
  overrides: OutcomeOverrides,
): Ended | undefined {
  const decision = decide(ASTERISK, { disposition, amd: amdWord(userfield) }, overrides);
  if (decision === undefined || 'skip' in decision) return undefined;
  return decision.code === 'answer' && decision.amd === '' && lastapp === 'VoiceMail' ? MACHINE : decision;
}

const MACHINE: Ended = { code: 'answer_machine', amd: '', evidence: 'line_lives' };

interface Ended {
  readonly code: MachineCode;
  readonly amd: AmdResult | '';
  readonly evidence: NumberEvidence;
}

// `MACHINE`, `AMD=HUMAN`, `AMDSTATUS:NOTSURE`, `MACHINE-LONGGREETING-1500-1500`, `HUMAN,HUMAN-800-800`; not "HUMAN RESOURCES".
const AMD = /^(?:amd(?:status)?[=:])?(machine|human|notsure|hangup)(?:$|[-,;|:])/i;

function amdWord(userfield: string): string {
  return userfield === '' ? '' : (AMD.exec(userfield.trim())?.[1]?.toUpperCase() ?? '');
}

// As main/cdr.c spells them. FreeSWITCH's template for Asterisk has NO_ANSWER and USER_BUSY in the same column.
const DISPOSITION = /^(?:ANSWERED|NO ANSWER|BUSY|FAILED|CONGESTION|CANCEL|UNKNOWN)$/;

/** Whether a field holds one of Asterisk's dispositions. */
export function isDisposition(text = ''): boolean {
  return DISPOSITION.test(text);
}
