import type { TelephoneAttemptDocument, Text } from '@recuento/contract';

/** What an attempt says of the number, for people. */
export const EVIDENCE_WORDS: Readonly<Record<TelephoneAttemptDocument['evidence'], Text>> = {
  line_lives: { en: 'The line is alive', es: 'La línea está viva' },
  number_invalid: { en: 'Speaks against the number', es: 'Habla en contra del número' },
  number_doubtful: { en: 'Speaks a little against the number', es: 'Habla un poco en contra del número' },
  trunk_at_fault: { en: 'Says something of the trunk alone', es: 'Solo dice algo de la troncal' },
  none: { en: 'Says nothing of the number', es: 'No dice nada del número' },
};
