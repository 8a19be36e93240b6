import { z } from 'zod';
import { VERDICTS } from '../hygiene/verdicts.js';
import { described } from '../language.js';

const count = z.int().min(0);
const instant = z.iso.datetime();

/** What is known of a telephone at a moment. Times are RFC 3339 in UTC. */
export const verdictDocumentSchema = z
  .strictObject({
    telephone: z.string(),
    verdict: z.enum(VERDICTS),
    reason_code: z.string(),
    reason: described(z.string(), {
      en: 'The reason as a sentence, in the language of `Accept-Language`.',
      es: 'La razón en una frase, en el idioma de `Accept-Language`.',
    }),
    probability: described(z.number().min(0).max(1), {
      en: 'That the next attempt reaches a person.',
      es: 'De que el próximo intento llegue a una persona.',
    }),
    attempts: count,
    excluded_attempts: described(count, {
      en: 'Attempts in trunk faults, which are held against no number.',
      es: 'Intentos en fallas de troncal, que no se cuentan contra ningún número.',
    }),
    days: count,
    trunks: count,
    no_answer: count,
    answer_machine: count,
    busy: count,
    congestion: count,
    failed: count,
    people_reached: count,
    first_dialed_at: instant,
    last_dialed_at: instant,
    last_alive_at: instant.nullable(),
    quarantined_until: instant.nullable(),
  })
  .meta({ id: 'hygiene_verdict' });
export type VerdictDocument = Readonly<z.output<typeof verdictDocumentSchema>>;
