import { z } from 'zod';
import { described } from '../language.js';
import { limitsDocumentSchema } from './operation-document.js';

/** Calls of the documented API today. */
export const usageDocumentSchema = z
  .strictObject({
    operation: z.string(),
    time_zone: described(z.string(), {
      en: 'The operation’s: of the day, and of every wall time of the documented API.',
      es: 'La de la operación: del día, y de toda hora local de la API documentada.',
    }),
    day: described(z.iso.date(), {
      en: 'Today, in the operation’s time zone.',
      es: 'Hoy, en la zona horaria de la operación.',
    }),
    calls_limit: z.int(),
    calls_used: z.int(),
    calls_left: z.int(),
    reset_seconds: described(z.int(), { en: 'Until midnight.', es: 'Hasta la medianoche.' }),
    tokens: z.array(z.strictObject({ id: z.string(), name: z.string(), calls: z.int() })),
    limits: limitsDocumentSchema,
  })
  .meta({ id: 'usage' });
export type UsageDocument = z.output<typeof usageDocumentSchema>;
