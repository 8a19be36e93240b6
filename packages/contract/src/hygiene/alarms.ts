import type { FaultKind } from './faults.js';

/** What an alarm may say: the faults of trunks and campaigns, and three more. */
export const ALARM_KINDS = [
  'outage',
  'congestion',
  'wrong_number_format',
  'machines_jump',
  'answers_halved',
  'no_attempts',
] as const satisfies readonly (FaultKind | 'machines_jump' | 'answers_halved' | 'no_attempts')[];
export type AlarmKind = (typeof ALARM_KINDS)[number];
