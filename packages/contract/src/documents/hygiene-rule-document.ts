import { z } from 'zod';
import { ruleSchema } from '../hygiene/rule.js';
import { described } from '../language.js';

/** A rule that is kept. Times are RFC 3339 in UTC, `null` for a rule that ships. */
export const ruleDocumentSchema = z
  .strictObject({
    id: z.string(),
    ...ruleSchema.shape,
    purpose: described(z.string().nullable(), {
      en: 'What a rule that ships is for, in the language of `Accept-Language`; `null` for a rule of the operation.',
      es: 'Para qué sirve una regla incluida, en el idioma de `Accept-Language`; `null` en una regla de la operación.',
    }),
    ships: described(z.boolean(), {
      en: 'Whether it ships with the service: then it can be neither changed nor deleted.',
      es: 'Si viene incluida en el servicio: entonces no se puede cambiar ni borrar.',
    }),
    created_at: z.iso.datetime().nullable(),
    updated_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'kept_hygiene_rule' });
export type RuleDocument = Readonly<z.output<typeof ruleDocumentSchema>>;

/** `GET /v1/hygiene/rules`. */
export const ruleListDocumentSchema = z.strictObject({
  rules: z.array(ruleDocumentSchema),
  next_cursor: described(z.string().nullable(), {
    en: 'What to send as `cursor` for the next page; `null` on the last one.',
    es: 'Lo que se debe enviar como `cursor` para la página siguiente; `null` en la última.',
  }),
});
