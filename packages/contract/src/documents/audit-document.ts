import { z } from 'zod';
import { described } from '../language.js';

/** Something that was done to an operation's data. `at` is RFC 3339 in UTC. */
export const auditDocumentSchema = z
  .strictObject({
    id: z.string(),
    at: z.iso.datetime(),
    by: described(z.string(), {
      en: 'Id of the token, or `admin`.',
      es: 'Identificador del token, o `admin`.',
    }),
    action: described(z.string(), {
      en: '`import.undo`: what an import brought was taken back. `hygiene.quarantine`, `hygiene.restore`: telephones were put aside, or back.',
      es: '`import.undo`: se retiró lo que trajo una importación. `hygiene.quarantine`, `hygiene.restore`: se apartaron teléfonos, o se devolvieron.',
    }),
    subject: described(z.string(), {
      en: 'The id of the import that was taken back, or of the act of list hygiene.',
      es: 'El identificador de la importación que se retiró, o del acto de higiene de listas.',
    }),
  })
  .meta({ id: 'audit_entry' });
export type AuditDocument = Readonly<z.output<typeof auditDocumentSchema>>;
