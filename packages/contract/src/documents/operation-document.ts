import { z } from 'zod';
import { described } from '../language.js';
import { LIMIT_BOUNDS, type OperationLimits } from '../limits.js';
import { numberingSchema } from '../numbering.js';
import { ownWordsDocumentSchema } from '../words.js';

const LIMIT_NAMES = Object.keys(LIMIT_BOUNDS) as readonly (keyof OperationLimits)[];

/** All limits of an operation; a limit that was not set has its default. */
export const limitsDocumentSchema = z
  .strictObject(
    Object.fromEntries(LIMIT_NAMES.map((name) => [name, z.int()])) as Record<keyof OperationLimits, z.ZodInt>,
  )
  .meta({ id: 'limits' });

/** An operation, as `/v1/operations` shows it. */
export const operationDocumentSchema = z
  .strictObject({
    server: described(z.string(), { en: 'Its server code.', es: 'Su código de servidor.' }, '0042'),
    name: z.string(),
    licences: described(z.int(), {
      en: 'Each is worth 1,000 calls a day.',
      es: 'Cada una vale 1.000 consumos diarios.',
    }),
    time_zone: z.string(),
    reply_profile: z.strictObject({
      code: z.enum(['number', 'string']),
      empty_status: z.union([z.literal(404), z.literal(200)]),
    }),
    limits: limitsDocumentSchema,
    words: ownWordsDocumentSchema,
    numbering: numberingSchema.nullable(),
  })
  .meta({ id: 'operation' });
export type OperationDocument = z.output<typeof operationDocumentSchema>;
