import { z } from 'zod';
import { CUSTOMER_FIELDS, customerSchema } from './customer.js';
import { described } from './language.js';
import { DEFAULT_LIMITS, FIELD_LIMITS } from './limits.js';
import { requiredFreeTextOrNumber, requiredTextOrNumber } from './text-or-number.js';

/** An id of a customer, as `add_record` takes it. */
export const customerId = requiredTextOrNumber(FIELD_LIMITS.text_chars);

const RECORDS = DEFAULT_LIMITS.max_records.toLocaleString('en');

/** Whose records `remove_record` removes. Each id is read with `customerId`, as they come in one text. */
export const removeRecordSchema = z.object(
  {
    customer_id: described(
      z.union([z.string(), z.number(), z.array(z.unknown())], {
        error: ({ input }) =>
          input === undefined || input === null
            ? 'is missing'
            : 'is not a text of ids with commas between them',
      }),
      {
        en: `Ids of customers with commas between them, ${RECORDS} at most; or a list of ids, where one has a comma in it.`,
        es: `Identificaciones de clientes separadas por comas, a lo sumo ${RECORDS}; o una lista de identificaciones, si alguna lleva una coma.`,
      },
      '1020304050',
    ),
  },
  { error: 'is not an object' },
);

/** How a machine code is named beside the fields of `add_record`. */
export const RESULT_FIELD = 'result';

/** Fields by which `recall_records` finds records. */
export const RECALL_FIELDS = [...CUSTOMER_FIELDS, RESULT_FIELD] as const;
export type RecallField = (typeof RECALL_FIELDS)[number];

const KNOWN: ReadonlySet<string> = new Set(RECALL_FIELDS);
const isKnown = (name: string): name is RecallField => KNOWN.has(name);

/** Which records `recall_records` sets to be dialed again. Other fields are ignored. */
export const recallRecordsSchema = z.object(
  {
    field: described(
      z
        .string({
          error: ({ input }) => (input === undefined || input === null ? 'is missing' : 'is not a string'),
        })
        .transform((name, ctx): RecallField => {
          const known = name.trim().toLowerCase();
          if (isKnown(known)) return known;
          const message = `is none of ${RECALL_FIELDS.join(', ')}`;
          ctx.addIssue({ code: 'custom', message: known === '' ? 'is missing' : message });
          return z.NEVER;
        }),
      {
        en: `A field of \`add_record\` (${Object.keys(customerSchema.shape).slice(0, 4).join(', ')}, …), or \`${RESULT_FIELD}\`.`,
        es: `Un campo de \`add_record\` (${Object.keys(customerSchema.shape).slice(0, 4).join(', ')}, …), o \`${RESULT_FIELD}\`.`,
      },
      'customer_id',
    ),
    value: described(
      requiredFreeTextOrNumber(FIELD_LIMITS.text_chars),
      {
        en: 'Its value, whole; blanks around it do not count. A number counts as its digits.',
        es: 'Su valor, completo; los espacios alrededor no cuentan. Un número cuenta como sus dígitos.',
      },
      '1020304050',
    ),
  },
  { error: 'is not an object' },
);
