import { z } from 'zod';
import { described } from '../language.js';
import { MAX_FAULTS } from '../limits.js';

/** An error of `/v1` (RFC 9457). */
export const problemSchema = z
  .strictObject({
    type: described(z.string().regex(/^\/docs\/errors\/[a-z-]+$/), {
      en: 'The page about this error.',
      es: 'La página sobre este error.',
    }),
    title: described(z.string(), { en: 'The name of the status.', es: 'El nombre del código.' }),
    status: described(z.int(), { en: 'The HTTP status.', es: 'El código HTTP.' }),
    detail: described(z.string(), { en: 'What is wrong.', es: 'Qué está mal.' }),
    id: described(z.string().regex(/^[a-z-]+$/), {
      en: 'The error’s stable name.',
      es: 'El nombre estable del error.',
    }),
    request_id: described(z.string(), {
      en: 'The request’s id, which the service’s log has too.',
      es: 'El identificador de la solicitud, que también está en el registro del servicio.',
    }),
    faults: described(
      z
        .array(z.strictObject({ index: z.int().min(0).optional(), field: z.string(), reason: z.string() }))
        .max(MAX_FAULTS)
        .optional(),
      {
        en: `The faults: which record (from 0), which field (empty: the record itself), and why. The first ${MAX_FAULTS}; detail says how many there are.`,
        es: `Las fallas: qué registro (desde 0), qué campo (vacío: el registro mismo) y por qué. Las ${MAX_FAULTS} primeras; detail dice cuántas hay.`,
      },
    ),
  })
  .meta({ id: 'problem' });
