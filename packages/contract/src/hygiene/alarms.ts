import type { Text } from '../language.js';
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

/** How far back alarms are listed: as far as the history of the operation says what is usual, and as webhooks look. */
export const ALARM_DAYS_MAX = 31;

/** What each kind is called, in subjects and tables. */
export const ALARM_WORDS: Readonly<Record<AlarmKind, Text>> = {
  outage: { en: 'Outage', es: 'Caída' },
  congestion: { en: 'Congestion', es: 'Congestión' },
  wrong_number_format: { en: 'Numbers called invalid', es: 'Números dados por inválidos' },
  machines_jump: { en: 'More machines than usual', es: 'Más máquinas de lo usual' },
  answers_halved: { en: 'Far fewer answers than usual', es: 'Muchas menos respuestas de lo usual' },
  no_attempts: { en: 'No attempts arrive', es: 'No llegan intentos' },
};

/**
 * What an alarm says, with `{name}` in place of each value: a sentence for people. Shares are per cent; `attempts` is what they are
 * shares of, and for `no_attempts` `usual` is attempts an hour.
 */
export const ALARM_SENTENCES: Readonly<Record<AlarmKind, Text>> = {
  outage: {
    en: '{seen} of {attempts} attempts failed before anything rang; {usual} is usual.',
    es: 'El {seen} de {attempts} intentos falló antes de timbrar; lo usual es {usual}.',
  },
  congestion: {
    en: '{seen} of {attempts} attempts found no free line; {usual} is usual.',
    es: 'El {seen} de {attempts} intentos no encontró línea libre; lo usual es {usual}.',
  },
  wrong_number_format: {
    en: 'The network called the number invalid in {seen} of {attempts} attempts; {usual} is usual. A wrong prefix does this.',
    es: 'La red dio el número por inválido en el {seen} de {attempts} intentos; lo usual es {usual}. Un prefijo equivocado hace esto.',
  },
  machines_jump: {
    en: 'Answering machines took {seen} of the {attempts} calls that a trunk carried; {usual} is usual at these hours.',
    es: 'Los contestadores tomaron el {seen} de las {attempts} llamadas que cursó una troncal; lo usual a estas horas es {usual}.',
  },
  answers_halved: {
    en: 'People answered {seen} of the {attempts} calls that a trunk carried; {usual} is usual at these hours.',
    es: 'Contestaron personas el {seen} de las {attempts} llamadas que cursó una troncal; lo usual a estas horas es {usual}.',
  },
  no_attempts: {
    en: 'No attempt came. At these hours at least {usual} an hour are usual. Either nothing is dialed, or its records do not arrive.',
    es: 'No llegó ningún intento. A estas horas lo usual son al menos {usual} por hora. O no se marca, o no llegan sus registros.',
  },
};

/** The parts of an alarm's message that are the same for all kinds. */
export const ALARM_PARTS = {
  operation: { en: 'the whole operation', es: 'toda la operación' },
  campaign: { en: 'campaign {campaign_id}', es: 'campaña {campaign_id}' },
  trunk: { en: 'trunk {trunk}', es: 'troncal {trunk}' },
  both: { en: 'trunk {trunk} in campaign {campaign_id}', es: 'troncal {trunk} en la campaña {campaign_id}' },
  subject: { en: '{kind}: {place}, since {start}', es: '{kind}: {place}, desde {start}' },
  subject_over: { en: 'Over: {kind}, {place}, {start}', es: 'Terminó: {kind}, {place}, {start}' },
  goes_on: { en: 'It began at {start} and goes on.', es: 'Empezó a las {start} y sigue.' },
  is_over: {
    en: 'It began at {start} and was over at {end}.',
    es: 'Empezó a las {start} y terminó a las {end}.',
  },
  look: { en: 'What was dialed then: {query}', es: 'Lo que se marcó entonces: {query}' },
} as const satisfies Readonly<Record<string, Text>>;
