import { z } from 'zod';
import { described } from '../language.js';
import { limitsDocumentSchema } from './operation-document.js';

/** Calls of the documented API today. */
export const usageDocumentSchema = z
  .strictObject({
    operation: z.string(),
    time_zone: described(z.string(), {
      en: 'The time zone of the operation. The day, and every wall time of the documented API, is in it.',
      es: 'La zona horaria de la operación. En ella están el día y toda hora local de la API documentada.',
    }),
    day: described(z.iso.date(), {
      en: 'Today, in the operation’s time zone.',
      es: 'Hoy, en la zona horaria de la operación.',
    }),
    calls_limit: z.int(),
    calls_used: z.int(),
    calls_left: z.int(),
    reset_seconds: described(z.int(), { en: 'Seconds until midnight.', es: 'Segundos hasta la medianoche.' }),
    tokens: z.array(z.strictObject({ id: z.string(), name: z.string(), calls: z.int() })),
    limits: limitsDocumentSchema,
  })
  .meta({ id: 'usage' });
export type UsageDocument = z.output<typeof usageDocumentSchema>;
