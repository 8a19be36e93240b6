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
      en: '`import.undo`: what an import brought was taken back. `hygiene.quarantine`, `hygiene.restore`: telephones were put aside, or back. `webhook.create`, `webhook.delete`: a webhook was created or deleted.',
      es: '`import.undo`: se retiró lo que trajo una importación. `hygiene.quarantine`, `hygiene.restore`: se apartaron teléfonos, o se devolvieron. `webhook.create`, `webhook.delete`: se creó o se eliminó un webhook.',
    }),
    subject: described(z.string(), {
      en: 'The id of the import, of the act of list hygiene, or of the webhook.',
      es: 'El identificador de la importación, del acto de higiene de listas, o del webhook.',
    }),
  })
  .meta({ id: 'audit_entry' });
export type AuditDocument = Readonly<z.output<typeof auditDocumentSchema>>;
