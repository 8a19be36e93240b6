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
    number: { en: 'a number: 200', es: 'un número: 200' },
    string: { en: 'a text: "200"', es: 'un texto: "200"' },
  },
  empty_status: {
    404: { en: 'status 404', es: 'estado 404' },
    200: { en: 'status 200, an empty list', es: 'estado 200, una lista vacía' },
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
