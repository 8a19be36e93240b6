import type { ReportDescription } from '../report-description.js';
import { column } from './column.js';

/** `information.php?api=token_info`: the calls made today, and those that are left. */
export const TOKEN_INFO = {
  api: 'token_info',
  title: { en: 'Calls of the token today', es: 'Consumos del token hoy' },
  description: {
    en: 'How many calls the token and its operation have made today, and how many are left.',
    es: 'Cuántos consumos han hecho hoy el token y su operación, y cuántos quedan.',
  },
  benefit: {
    en: 'A program can stop before its day is used up.',
    es: 'Un programa puede detenerse antes de agotar el día.',
  },
  columns: [
    column('description', 'Name of the token.', 'Nombre del token.'),
    column('token_limit', 'Calls a day of the operation.', 'Consumos diarios de la operación.'),
    column(
      'token_use_today',
      'Calls of this token today, this one included.',
      'Consumos de hoy con este token, incluido este.',
    ),
    column('all_token_today', 'Calls of all tokens today.', 'Consumos de hoy con todos los tokens.'),
    column('available_consumption_options', 'Calls that are left today.', 'Consumos que quedan hoy.'),
  ],
} as const satisfies ReportDescription;
