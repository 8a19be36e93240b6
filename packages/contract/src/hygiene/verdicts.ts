import type { Text } from '../language.js';

/** What is known of a number (docs/guide/hygiene.md). */
export const VERDICTS = [
  'reaches_people',
  'reaches_machines',
  'rings_out',
  'invalid',
  'unproven',
  'trunk_fault',
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What each verdict says, for tables and pages. */
export const VERDICT_WORDS: Readonly<Record<Verdict, Text>> = {
  reaches_people: { en: 'Reaches people', es: 'Contesta una persona' },
  reaches_machines: { en: 'Reaches machines', es: 'Contesta una máquina' },
  rings_out: { en: 'Rings out', es: 'Timbra sin respuesta' },
  invalid: { en: 'Invalid number', es: 'Número inválido' },
  unproven: { en: 'Unproven', es: 'Sin pruebas' },
  trunk_fault: { en: 'Trunk fault', es: 'Falla de la troncal' },
};

/** Values that the sentence of a reason may have: columns of the verdicts, and what only the reason tells. */
export const REASON_VALUES = [
  'attempts',
  'days',
  'excluded_attempts',
  'people_reached',
  'machines',
  'rang',
  'invalid_said',
  'invalid_days',
  'invalid_trunks',
  'invalid_last_on',
  'person_last_on',
  'machine_last_on',
  'last_dialed_on',
] as const;
export type ReasonValue = (typeof REASON_VALUES)[number];

/** Why a number has its verdict: a sentence for people, with `{value}` in place of each value. Days are those of the operation. */
export const REASONS = {
  invalid_on_days: {
    en: 'The network said {invalid_said} times, on {invalid_days} days, that the number does not exist, last on {invalid_last_on}; the line has shown no life since.',
    es: 'La red dijo {invalid_said} veces, en {invalid_days} días, que el número no existe, la última el {invalid_last_on}; desde entonces la línea no ha dado señales de vida.',
  },
  invalid_on_trunks: {
    en: 'The network said {invalid_said} times, on {invalid_trunks} trunks, that the number does not exist, last on {invalid_last_on}; the line has shown no life since.',
    es: 'La red dijo {invalid_said} veces, por {invalid_trunks} troncales, que el número no existe, la última el {invalid_last_on}; desde entonces la línea no ha dado señales de vida.',
  },
  person_reached: {
    en: 'A person was reached in {people_reached} of {attempts} attempts, last on {person_last_on}.',
    es: 'Se contactó a una persona en {people_reached} de {attempts} intentos, la última vez el {person_last_on}.',
  },
  machine_answered: {
    en: 'Only machines answered: in {machines} of {attempts} attempts, last on {machine_last_on}.',
    es: 'Solo contestaron máquinas: en {machines} de {attempts} intentos, la última vez el {machine_last_on}.',
  },
  nobody_answered: {
    en: 'It rang or was busy in {rang} of {attempts} attempts on {days} days, and nobody ever answered.',
    es: 'Timbró o estuvo ocupado en {rang} de {attempts} intentos en {days} días, y nunca contestó nadie.',
  },
  only_faults: {
    en: 'All of its {attempts} attempts ended for a reason of the trunk, {excluded_attempts} of them in a fault, so nothing is held against the number.',
    es: 'Sus {attempts} intentos terminaron por una razón de la troncal, {excluded_attempts} de ellos en una falla, así que nada cuenta contra el número.',
  },
  word_not_trusted: {
    en: 'The network said {invalid_said} times that the number does not exist, but by trunks that say so of living lines too: that proves nothing yet.',
    es: 'La red dijo {invalid_said} veces que el número no existe, pero por troncales que también lo dicen de líneas vivas: eso todavía no prueba nada.',
  },
  invalid_not_repeated: {
    en: 'The network said that the number does not exist, last on {invalid_last_on}, but not yet on two days or two trunks.',
    es: 'La red dijo que el número no existe, la última vez el {invalid_last_on}, pero todavía no en dos días ni por dos troncales.',
  },
  not_dialed_lately: {
    en: 'It was last dialed on {last_dialed_on}: too long ago to say anything of whoever has the number now.',
    es: 'Se marcó por última vez el {last_dialed_on}: hace demasiado para decir algo de quien tiene el número ahora.',
  },
  too_little_known: {
    en: 'Nobody answered in {attempts} attempts on {days} days: too little to say more.',
    es: 'Nadie contestó en {attempts} intentos en {days} días: muy poco para decir más.',
  },
} as const satisfies Readonly<Record<string, Text>>;
export type ReasonCode = keyof typeof REASONS;
