import { z } from 'zod';
import { described } from '../language.js';
import { HYGIENE_LIMITS } from '../limits.js';
import { MACHINE_CODES } from '../machine-codes.js';
import { VERDICTS } from './verdicts.js';

const { at_least_max, days_max } = HYGIENE_LIMITS;

/** A whole number from 1 on; refused in words that name both bounds. */
function wholeNumber(max: number) {
  const error = `is not a whole number from 1 to ${max}`;
  return z.int({ error }).min(1, { error }).max(max, { error });
}

/** Days of 24 hours. */
export const daysSchema = wholeNumber(days_max);

const at_least = described(
  wholeNumber(at_least_max),
  { en: 'So many attempts, or more.', es: 'Tantos intentos, o más.' },
  3,
);

const codes = described(
  z
    .array(z.enum(MACHINE_CODES, { error: `is none of ${MACHINE_CODES.join(', ')}` }))
    .min(1)
    .max(MACHINE_CODES.length),
  {
    en: 'Machine codes: an attempt with any of them is counted.',
    es: 'Códigos de máquina: se cuenta un intento con cualquiera de ellos.',
  },
  ['no_answer', 'failed'],
);

const within_days = described(
  daysSchema.nullable().default(null),
  {
    en: 'Only attempts of so many days, of 24 hours each, up to the moment; `null`: all attempts.',
    es: 'Solo los intentos de tantos días, de 24 horas cada uno, hasta el momento; `null`: todos los intentos.',
  },
  30,
);

const faults = described(
  z.literal('exclude', { error: 'is not exclude' }).optional(),
  {
    en: '`exclude`: attempts in trunk faults are left out. Absent, attempts count as they were dialed.',
    es: '`exclude`: los intentos en fallas de troncal no se tienen en cuenta. Si falta, los intentos cuentan tal como se marcaron.',
  },
  'exclude',
);

export const countConditionSchema = z
  .strictObject({ kind: z.literal('count'), codes, at_least, within_days, faults })
  .meta({ id: 'count_condition' });
export type CountCondition = z.output<typeof countConditionSchema>;

export const streakConditionSchema = z
  .strictObject({ kind: z.literal('streak'), codes, at_least, faults })
  .meta({ id: 'streak_condition' });
export type StreakCondition = z.output<typeof streakConditionSchema>;

export const verdictConditionSchema = z
  .strictObject({
    kind: z.literal('verdict'),
    in: described(
      z
        .array(z.enum(VERDICTS, { error: `is none of ${VERDICTS.join(', ')}` }))
        .min(1)
        .max(VERDICTS.length),
      {
        en: 'The telephone has one of these verdicts.',
        es: 'El teléfono tiene uno de estos veredictos.',
      },
      ['invalid'],
    ),
  })
  .meta({ id: 'verdict_condition' });
export type VerdictCondition = z.output<typeof verdictConditionSchema>;

const PROBABILITY_FORM = 'is not a number above 0 and at most 1';

export const probabilityConditionSchema = z
  .strictObject({
    kind: z.literal('probability'),
    below: described(
      z
        .number({ error: PROBABILITY_FORM })
        .gt(0, { error: PROBABILITY_FORM })
        .max(1, { error: PROBABILITY_FORM }),
      {
        en: 'The probability that the next attempt reaches a person is less than this.',
        es: 'La probabilidad de que el próximo intento llegue a una persona es menor que esta.',
      },
      0.02,
    ),
  })
  .meta({ id: 'probability_condition' });
export type ProbabilityCondition = z.output<typeof probabilityConditionSchema>;

export const dialedConditionSchema = z
  .strictObject({ kind: z.literal('dialed'), at_least, within_days, faults })
  .meta({ id: 'dialed_condition' });
export type DialedCondition = z.output<typeof dialedConditionSchema>;

export const silentConditionSchema = z
  .strictObject({
    kind: z.literal('silent'),
    days: described(
      daysSchema,
      {
        en: 'The line showed no life for so many days, of 24 hours each, and was dialed in them.',
        es: 'La línea no dio señales de vida en tantos días, de 24 horas cada uno, y se marcó en ellos.',
      },
      30,
    ),
    faults,
  })
  .meta({ id: 'silent_condition' });
export type SilentCondition = z.output<typeof silentConditionSchema>;

/** One condition of a rule. */
export const conditionSchema = z.discriminatedUnion(
  'kind',
  [
    countConditionSchema,
    streakConditionSchema,
    verdictConditionSchema,
    probabilityConditionSchema,
    dialedConditionSchema,
    silentConditionSchema,
  ],
  {
    error: (issue) =>
      issue.code === 'invalid_union'
        ? 'is none of count, streak, verdict, probability, dialed, silent'
        : undefined,
  },
);
export type Condition = z.output<typeof conditionSchema>;
