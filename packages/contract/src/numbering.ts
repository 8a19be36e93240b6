import { z } from 'zod';
import { described } from './language.js';

/** Dial prefixes of an operation: a dialer has one for each way out, and ways out are few. */
export const DIAL_PREFIXES_MAX = 8;
/** The longest that is known is a carrier's code with an access code before it. */
const DIAL_PREFIX_CHARS_MAX = 8;

/**
 * How an operation's telephones are written, so that spellings of one line can be told to be that. Nothing is merged where nothing
 * is declared.
 */
export const numberingSchema = described(
  z.strictObject({
    country: described(
      z.string().regex(/^[A-Z]{2}$/, 'is not a country code of two capital letters such as CO'),
      {
        en: 'The country whose numbers are written without a country code, by ISO 3166-1.',
        es: 'El país cuyos números se escriben sin indicativo de país, según ISO 3166-1.',
      },
      'CO',
    ),
    dial_prefixes: described(
      z
        .array(
          z
            .string()
            .regex(/^[0-9*#]+$/, 'has other characters than digits, * and #')
            .max(DIAL_PREFIX_CHARS_MAX),
        )
        .max(DIAL_PREFIXES_MAX)
        .refine((prefixes) => new Set(prefixes).size === prefixes.length, 'has a prefix twice')
        .default([]),
      {
        en: 'What dialers put before a number, such as `9`, `00` or a code of a carrier.',
        es: 'Lo que los marcadores ponen antes de un número, como `9`, `00` o el código de un operador.',
      },
      ['9'],
    ),
  }),
  {
    en: 'How telephones are written. With it, spellings of one line (`3001234567`, `573001234567`, `+573001234567`, `9573001234567`) have one verdict; without it (`null`), no two telephones are one line.',
    es: 'Cómo se escriben los teléfonos. Con esto, las grafías de una misma línea (`3001234567`, `573001234567`, `+573001234567`, `9573001234567`) tienen un solo veredicto; sin esto (`null`), no hay dos teléfonos que sean una misma línea.',
  },
);
export type Numbering = z.output<typeof numberingSchema>;
