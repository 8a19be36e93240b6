import { z } from 'zod';
import { parseInstant } from './instant.js';
import { described } from './language.js';
import { FIELD_LIMITS } from './limits.js';
import { MACHINE_CODES, type MachineCode, parseMachineCode } from './machine-codes.js';
import { textFault } from './text.js';

/** What an answering machine detection can find. */
export const AMD_RESULTS = ['machine', 'human', 'not_sure', 'hangup'] as const;
export type AmdResult = (typeof AMD_RESULTS)[number];

/** Fields of the customer's record that an attempt may carry; `campaign_3` and `campaign_7` show them. */
export const RECORD_FIELDS = [
  'customer_name',
  'customer_last_name',
  'id_type',
  'file_name',
  'opt1',
  'opt2',
  'opt3',
  'opt4',
  'opt5',
  'opt6',
  'opt7',
  'opt8',
  'opt9',
  'opt10',
  'opt11',
  'opt12',
] as const;
export type RecordField = (typeof RECORD_FIELDS)[number];

/** A string within its length, without control characters or lone surrogates. */
export function text(max_chars: number) {
  return plain(z.string({ error: notA('string') }), max_chars);
}

/** The same for a telephone or an id: blanks around it mean nothing and are dropped. */
function trimmedText(max_chars: number) {
  return plain(z.string({ error: notA('string') }).trim(), max_chars);
}

function plain(string: z.ZodString, max_chars: number) {
  return string
    .superRefine((value, ctx) => {
      const fault = textFault(value, max_chars);
      if (fault) ctx.addIssue({ code: 'custom', message: fault });
    })
    .meta({ minLength: 1, maxLength: max_chars });
}

function integer(min: number, max: number) {
  const message = `is not a whole number from ${min} to ${max}`;
  return z.int({ error: message }).min(min, { error: message }).max(max, { error: message });
}

function notA(type: string) {
  return (issue: { input?: unknown }) => (issue.input === undefined ? 'is missing' : `is not a ${type}`);
}

const campaignId = integer(1, FIELD_LIMITS.campaign_id_max);

const dialedAt = z
  .string({ error: notA('string') })
  .meta({ format: 'date-time' })
  .transform((value, ctx): number => {
    const seconds = parseInstant(value);
    if (seconds === undefined) {
      ctx.addIssue({ code: 'custom', message: 'is not an RFC 3339 date-time with an offset or Z' });
      return z.NEVER;
    }
    if (seconds < FIELD_LIMITS.dialed_at_min_s || seconds > FIELD_LIMITS.dialed_at_max_s) {
      ctx.addIssue({ code: 'custom', message: 'is not between the years 2000 and 2100' });
      return z.NEVER;
    }
    return seconds;
  });

const result = z.string({ error: notA('string') }).transform((value, ctx): MachineCode => {
  const code = parseMachineCode(value);
  if (code) return code;
  ctx.addIssue({ code: 'custom', message: `is none of ${MACHINE_CODES.join(', ')}` });
  return z.NEVER;
});

const recordText = text(FIELD_LIMITS.text_chars).optional();
const idText = trimmedText(FIELD_LIMITS.text_chars).optional();
const recordFields = Object.fromEntries(
  RECORD_FIELDS.map((name) => [
    name,
    described(recordText, { en: 'Field of the customer’s record.', es: 'Campo del registro del cliente.' }),
  ]),
) as Record<RecordField, typeof recordText>;

/**
 * One dial of one telephone, as `POST /v1/attempts` takes it.
 *
 * Its identity is operation, campaign_id, telephone, dialed_at (to the second) and attempt_id; a later delivery
 * of the same identity replaces the earlier one.
 */
export const attemptSchema = z.strictObject(
  {
    attempt_id: described(
      trimmedText(FIELD_LIMITS.attempt_id_chars),
      { en: 'Id of the attempt at its source.', es: 'Identificador del intento en su origen.' },
      'c-1',
    ),
    campaign_id: described(campaignId, { en: 'Number of the campaign.', es: 'Número de la campaña.' }, 1001),
    telephone: described(
      trimmedText(FIELD_LIMITS.telephone_chars),
      {
        en: 'The telephone as it was dialed. Only blanks around it are dropped.',
        es: 'El teléfono tal como se marcó. Solo se descartan los espacios alrededor.',
      },
      '573001234567',
    ),
    dialed_at: described(
      dialedAt,
      {
        en: 'RFC 3339 with an offset or `Z`, from 2000 to 2100. Fractions of a second are cut off.',
        es: 'RFC 3339 con desfase o `Z`, de 2000 a 2100. Las fracciones de segundo se descartan.',
      },
      '2026-11-03T09:15:00-05:00',
    ),
    result: described(
      result,
      {
        en: `How it ended: ${MACHINE_CODES.join(', ')}, or an own word of the operation for one of them. Case, spaces, hyphens and underscores do not matter.`,
        es: `Cómo terminó: ${MACHINE_CODES.join(', ')}, o una palabra propia de la operación para uno de ellos. No importan mayúsculas, espacios, guiones ni guiones bajos.`,
      },
      'no_answer',
    ),
    customer_id: described(idText, { en: 'Id of the customer.', es: 'Identificación del cliente.' }),
    trunk: described(recordText, {
      en: 'Trunk that the attempt went out by.',
      es: 'Troncal por la que salió.',
    }),
    sip: described(integer(100, 699).optional(), {
      en: 'SIP final response (RFC 3261, section 21).',
      es: 'Respuesta SIP final (RFC 3261, sección 21).',
    }),
    // Q.850 gives a cause seven bits.
    cause: described(integer(0, 127).optional(), {
      en: 'Cause of the release (ITU-T Q.850).',
      es: 'Causa de la liberación (ITU-T Q.850).',
    }),
    amd: described(z.enum(AMD_RESULTS, { error: `is none of ${AMD_RESULTS.join(', ')}` }).optional(), {
      en: 'What the answering machine detection found.',
      es: 'Qué encontró la detección de contestador.',
    }),
    duration_seconds: described(integer(0, FIELD_LIMITS.duration_max_s).optional(), {
      en: 'How long the attempt took.',
      es: 'Cuánto duró el intento.',
    }),
    agent_id: described(idText, { en: 'Agent who took the call.', es: 'Agente que atendió la llamada.' }),
    ...recordFields,
  },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? 'is not a field of an attempt' : 'is not an object',
  },
);

/** A parsed attempt: `dialed_at` is in seconds since 1970 UTC, `result` is a machine code. */
export type Attempt = z.output<typeof attemptSchema>;
