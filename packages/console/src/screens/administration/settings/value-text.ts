import type { Text } from '@recuento/contract';
import type { Formats } from '../../../language/formats.js';
import type { Say } from '../../../language/language.js';
import { boundsOf, type SettingName } from './settings.js';

const WORDS = {
  none: { en: 'none', es: 'ninguno' },
} as const;

/** The values of settings that are chosen from a few. */
export const CHOICES: Readonly<Partial<Record<SettingName, Readonly<Record<string, Text>>>>> = {
  code: {
    number: { en: 'the number 200', es: 'el número 200' },
    string: { en: 'the text "200"', es: 'el texto "200"' },
  },
  empty_status: {
    404: { en: '404', es: '404' },
    200: { en: '200, with an empty list', es: '200, con una lista vacía' },
  },
};

/** The value of a setting, as people read it. */
export function valueText(name: SettingName, text: string, say: Say, { count, decimal }: Formats): string {
  const choice = CHOICES[name]?.[text];
  if (choice) return say(choice);
  if (text.trim() === '') return say(WORDS.none);
  const number = Number(text.replace(',', '.'));
  if (!boundsOf(name) || Number.isNaN(number)) return text;
  return Number.isInteger(number) ? count(number) : decimal(number);
}
