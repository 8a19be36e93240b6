import type { Text } from '../language.js';

/** What was wrong: nothing got through, no free lines, or the numbers were dialed in a form that the network does not know. */
export const FAULT_KINDS = ['outage', 'congestion', 'wrong_number_format'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export const FAULT_WORDS: Readonly<Record<FaultKind, Text>> = {
  outage: { en: 'Outage', es: 'Caída' },
  congestion: { en: 'Congestion', es: 'Congestión' },
  wrong_number_format: { en: 'Wrong number format', es: 'Formato de número equivocado' },
};
