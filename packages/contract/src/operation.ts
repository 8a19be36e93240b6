import { z } from 'zod';
import { text } from './attempt.js';
import { described } from './language.js';
import { FIELD_LIMITS, LIMIT_BOUNDS, type OperationLimits } from './limits.js';
import { numberingSchema } from './numbering.js';
import { serverCodeSchema } from './server-code-schema.js';
import { DEFAULT_TIME_ZONE, isTimeZone } from './time-zone.js';
import { ownWordChangesSchema, ownWordsSchema } from './words.js';

/** Operations, tokens and campaigns, as `/v1` takes them. */

export const SCOPES = ['report', 'ingest', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** The form of an operation's replies: live servers of the vendor differ from what the page shows. */
export const replyProfileSchema = z.strictObject({
  /** `number` as the page shows it, `string` as live servers have been seen to send it. */
  code: z.enum(['number', 'string']).default('number'),
  /** Status of a reply without records; programs in the field rely on 404. */
  empty_status: z.union([z.literal(404), z.literal(200)]).default(404),
});
export type ReplyProfile = z.output<typeof replyProfileSchema>;

const timeZone = described(
  z.string().refine(isTimeZone, 'is not an IANA time zone such as America/Bogota'),
  { en: 'IANA name of the time zone.', es: 'Nombre IANA de la zona horaria.' },
  'America/Bogota',
);

const bounded = ([least, most]: readonly [number, number]) => z.int().min(least).max(most).optional();

const limitsSchema = z.strictObject(
  Object.fromEntries(Object.entries(LIMIT_BOUNDS).map(([name, bounds]) => [name, bounded(bounds)])) as Record<
    keyof OperationLimits,
    ReturnType<typeof bounded>
  >,
);

const name = described(
  text(FIELD_LIMITS.text_chars),
  { en: 'Its name, for people.', es: 'Su nombre, para las personas.' },
  'Demo',
);
const licences = described(
  z.int().min(1).max(100_000), // a hundred thousand seats is beyond any operation known
  {
    en: 'Licences: each is worth 1,000 calls a day.',
    es: 'Licencias: cada una vale 1.000 consumos diarios.',
  },
  10,
);

export const newOperationSchema = z.strictObject({
  server: serverCodeSchema,
  name,
  licences: licences.default(1),
  time_zone: timeZone.default(DEFAULT_TIME_ZONE),
  reply_profile: replyProfileSchema.default({ code: 'number', empty_status: 404 }),
  limits: limitsSchema.default({}),
  words: ownWordsSchema.optional(),
  numbering: numberingSchema.nullable().optional(),
});
export type NewOperation = z.output<typeof newOperationSchema>;

export const operationPatchSchema = z.strictObject({
  name: name.optional(),
  licences: licences.optional(),
  time_zone: timeZone.optional(),
  reply_profile: z
    .strictObject({
      code: z.enum(['number', 'string']).optional(),
      empty_status: z.union([z.literal(404), z.literal(200)]).optional(),
    })
    .optional(),
  limits: limitsSchema.optional(),
  words: ownWordChangesSchema.optional(),
  numbering: numberingSchema.nullable().optional(),
});
export type OperationPatch = z.output<typeof operationPatchSchema>;

export const newTokenSchema = z.strictObject({
  /** Required with the administrator's token; with any other token it is the token's operation. */
  operation: serverCodeSchema.optional(),
  name,
  scopes: described(z.array(z.enum(SCOPES)).min(1).max(SCOPES.length), {
    en: 'What it may do. Scopes do not include each other.',
    es: 'Lo que puede hacer. Los alcances no se incluyen entre sí.',
  }),
  expires_at: described(z.iso.datetime({ offset: true }).nullable().default(null), {
    en: 'When it ends; `null` is never.',
    es: 'Cuándo termina; `null` es nunca.',
  }),
});
export type NewToken = z.output<typeof newTokenSchema>;

export const campaignSchema = z.strictObject({
  name: name.optional(),
  type: described(z.enum(['predictive', 'preview']).optional(), {
    en: 'How it dials.',
    es: 'Cómo marca.',
  }),
});
export type CampaignDetails = z.output<typeof campaignSchema>;
