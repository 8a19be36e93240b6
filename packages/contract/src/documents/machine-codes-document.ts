import { z } from 'zod';
import { described } from '../language.js';
import { tableRowSchema } from '../table.js';
import { MACHINE_CODES_COLUMNS } from '../tables/machine-codes-columns.js';

/** A page of `GET /v1/machine-codes`. */
export const machineCodesDocumentSchema = z.strictObject({
  machine_codes: z.array(tableRowSchema(MACHINE_CODES_COLUMNS).meta({ id: 'machine_codes_row' })),
  next_cursor: described(z.string().nullable(), {
    en: 'What to send as `cursor` for the next page; `null` on the last one.',
    es: 'Lo que se debe enviar como `cursor` para la página siguiente; `null` en la última.',
  }),
});

export type MachineCodesDocument = z.output<typeof machineCodesDocumentSchema>;
