import { z } from 'zod';
import { described } from './language.js';
import { FIELD_LIMITS } from './limits.js';
import { requiredTextOrNumber } from './text-or-number.js';

const DAYS_FORM = `is not a whole number from 1 to ${FIELD_LIMITS.days_block_max}`;

const days = z
  .union([z.number(), z.string().regex(/^\d{1,10}$/, DAYS_FORM)], { error: DAYS_FORM })
  .transform(Number)
  .refine(
    (value) => Number.isInteger(value) && value >= 1 && value <= FIELD_LIMITS.days_block_max,
    DAYS_FORM,
  );

/** A telephone that must not be dialed for some days, as `add_dnc` takes it. Other fields are ignored. */
export const doNotCallSchema = z.object(
  {
    telephone: described(
      requiredTextOrNumber(FIELD_LIMITS.telephone_chars),
      {
        en: `As it is dialed: 1 to ${FIELD_LIMITS.telephone_chars} characters. A number counts as its digits.`,
        es: `Tal como se marca: de 1 a ${FIELD_LIMITS.telephone_chars} caracteres. Un número cuenta como sus dígitos.`,
      },
      '573001234567',
    ),
    days_block: described(
      days,
      {
        en: `For how many days from now, of 24 hours each: 1 to ${FIELD_LIMITS.days_block_max}.`,
        es: `Por cuántos días desde ahora, de 24 horas cada uno: de 1 a ${FIELD_LIMITS.days_block_max}.`,
      },
      30,
    ),
  },
  { error: 'is not an object' },
);
export type DoNotCall = z.output<typeof doNotCallSchema>;
