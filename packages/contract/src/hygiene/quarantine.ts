import { z } from 'zod';
import { text } from '../attempt.js';
import { parseInstant } from '../instant.js';
import { described } from '../language.js';
import { DEFAULT_LIMITS, FIELD_LIMITS } from '../limits.js';
import { requiredTextOrNumber } from '../text-or-number.js';
import { rule_or_id } from './trial.js';

/** What an act of list hygiene did to a telephone. */
export const QUARANTINE_ACTIONS = ['quarantine', 'restore', 'retest'] as const;

/** A telephone of a list, as it was dialed. A number counts as its digits. */
export const listedTelephone = requiredTextOrNumber(FIELD_LIMITS.telephone_chars);

const telephones = described(
  z.array(listedTelephone).min(1, 'is empty').meta({ maxItems: DEFAULT_LIMITS.max_records }),
  {
    en: `Telephones as they were dialed, ${DEFAULT_LIMITS.max_records.toLocaleString('en')} at most.`,
    es: `Teléfonos tal como se marcaron, a lo sumo ${DEFAULT_LIMITS.max_records.toLocaleString('es')}.`,
  },
  ['573001234567'],
);

const reason = text(FIELD_LIMITS.text_chars);

const UNTIL_FORM = 'is not RFC 3339 with an offset, as 2026-12-31T00:00:00-05:00';

/** Seconds since 1970; null is until somebody restores the telephones. */
const until = described(
  z
    .string(UNTIL_FORM)
    .transform((value, context) => {
      const seconds = parseInstant(value);
      if (seconds !== undefined && seconds <= FIELD_LIMITS.dialed_at_max_s) return seconds;
      context.addIssue({ code: 'custom', message: seconds === undefined ? UNTIL_FORM : 'is after 2100' });
      return z.NEVER;
    })
    .meta({ type: 'string', format: 'date-time' })
    .nullable()
    .optional(),
  {
    en: 'When they are due for a re-test: RFC 3339 with an offset, in the future. `null`: not before somebody restores them. If it is left out, as many days as the rule says, or `null` for a list.',
    es: 'Cuándo les toca una nueva prueba: RFC 3339 con desfase, en el futuro. `null`: no antes de que alguien los devuelva. Si falta, tantos días como diga la regla, o `null` para una lista.',
  },
  '2100-01-01T00:00:00-05:00',
);

/** `POST /v1/hygiene/quarantine`. */
export const quarantineSchema = z
  .strictObject({
    telephones: telephones.optional(),
    ...rule_or_id,
    reason: described(
      reason,
      { en: 'Why, for those who read the history.', es: 'Por qué, para quien lea la historia.' },
      'disconnected, says the carrier',
    ),
    until,
  })
  .refine(
    ({ telephones: listed, rule, rule_id }) =>
      [listed, rule, rule_id].filter((one) => one !== undefined).length === 1,
    { message: 'is needed, or rule, or rule_id: one of the three', path: ['telephones'] },
  );

/** The id of an act: a number, also as a text. */
const actId = described(
  z
    .union([z.int(), z.string().regex(/^\d{1,10}$/)], { error: 'is not the id of a quarantine' })
    .transform(Number)
    .refine((id) => id >= 0 && id < 2 ** 31, 'is not the id of a quarantine'),
  {
    en: 'The id of a quarantine: what it still puts aside is as it would be without it.',
    es: 'El identificador de una cuarentena: lo que aún mantiene aparte queda como estaría sin ella.',
  },
  '17',
);

/** `POST /v1/hygiene/restore`. */
export const restoreSchema = z
  .strictObject({
    telephones: telephones.optional(),
    id: actId.optional(),
    reason: described(
      reason.default('restored'),
      { en: 'Why, for those who read the history.', es: 'Por qué, para quien lea la historia.' },
      'the carrier was wrong',
    ),
  })
  .refine(({ telephones: listed, id }) => (listed === undefined) !== (id === undefined), {
    message: 'is needed, or id: one of the two',
    path: ['telephones'],
  });
