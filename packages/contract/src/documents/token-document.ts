import { z } from 'zod';
import { described } from '../language.js';
import { SCOPES } from '../operation.js';

const fields = {
  id: z.string(),
  operation: described(z.string(), {
    en: 'Server code of its operation.',
    es: 'Código de servidor de su operación.',
  }),
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime().nullable(),
};

/** A token without its secret. */
export const tokenDocumentSchema = z.strictObject(fields).meta({ id: 'token' });
export type TokenDocument = z.output<typeof tokenDocumentSchema>;

/** The reply that creates a token: the only one that shows its secret. */
export const newTokenDocumentSchema = z
  .strictObject({
    ...fields,
    token: described(z.string(), {
      en: 'The secret. It is shown only this once.',
      es: 'El secreto. Se muestra solo esta vez.',
    }),
  })
  .meta({ id: 'new_token' });
