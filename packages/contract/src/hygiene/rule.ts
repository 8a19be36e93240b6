import { z } from 'zod';
import { text } from '../attempt.js';
import { described } from '../language.js';
import { FIELD_LIMITS, HYGIENE_LIMITS } from '../limits.js';
import { conditionSchema, daysSchema } from './condition.js';

const CAMPAIGN_FORM = `is neither all nor a whole number from 1 to ${FIELD_LIMITS.campaign_id_max}`;

const campaign = described(
  z.union([z.literal('all'), z.int().min(1).max(FIELD_LIMITS.campaign_id_max)], { error: CAMPAIGN_FORM }),
  {
    en: 'The campaign whose telephones the rule takes, and whose attempts it counts; `all`: all campaigns together. Verdict and probability always come from all attempts of the operation; the probability is that of a next attempt by this campaign.',
    es: 'La campaña cuyos teléfonos toma la regla y cuyos intentos cuenta; `all`: todas las campañas juntas. El veredicto y la probabilidad salen siempre de todos los intentos de la operación; la probabilidad es la de un próximo intento de esta campaña.',
  },
  'all',
);

/** Which telephones are put aside, and for how long. */
export const ruleSchema = z
  .strictObject({
    name: described(
      text(FIELD_LIMITS.text_chars),
      { en: 'Its name, for people.', es: 'Su nombre, para las personas.' },
      'Never answered in a month',
    ),
    campaign_id: campaign,
    conditions: described(z.array(conditionSchema).min(1).max(HYGIENE_LIMITS.conditions_max), {
      en: `All of them must hold. ${HYGIENE_LIMITS.conditions_max} at most.`,
      es: `Deben cumplirse todas. A lo sumo ${HYGIENE_LIMITS.conditions_max}.`,
    }),
    quarantine_days: described(
      daysSchema.nullable(),
      {
        en: 'How many days, of 24 hours each, a telephone is put aside; `null`: until it is restored.',
        es: 'Cuántos días, de 24 horas cada uno, se aparta un teléfono; `null`: hasta que se restaure.',
      },
      90,
    ),
  })
  .meta({ id: 'hygiene_rule' });
export type Rule = z.output<typeof ruleSchema>;

/** A rule that is tried out: it needs no name. */
export const triedRuleSchema = ruleSchema.partial({ name: true }).meta({ id: 'tried_hygiene_rule' });
export type TriedRule = z.output<typeof triedRuleSchema>;
