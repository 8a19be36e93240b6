import { z } from 'zod';
import { described } from '../language.js';
import { MAX_FAULTS } from '../limits.js';

const rejectedRecordSchema = z
  .strictObject({
    index: described(z.int().min(0), { en: 'Which record, from 0.', es: 'Cuál registro, desde 0.' }),
    field: described(z.string(), {
      en: 'Its first field that is not valid; empty: the record itself.',
      es: 'Su primer campo no válido; vacío: el registro mismo.',
    }),
    reason: described(z.string(), { en: 'What is wrong with it.', es: 'Qué está mal.' }),
  })
  .meta({ id: 'rejected_record' });
export type RejectedRecord = z.output<typeof rejectedRecordSchema>;

/** The reply to an upload of attempts. */
export const uploadReplySchema = z.strictObject({
  received: described(z.int().min(0), { en: 'How many are stored.', es: 'Cuántos quedaron guardados.' }),
  rejected_total: described(z.int().min(0).optional(), {
    en: 'Only with `on_error=skip`: how many were left out because they are not valid.',
    es: 'Solo con `on_error=skip`: cuántos se dejaron fuera por no ser válidos.',
  }),
  rejected: described(z.array(rejectedRecordSchema).max(MAX_FAULTS).optional(), {
    en: `Only with \`on_error=skip\`: the first ${MAX_FAULTS} of those.`,
    es: `Solo con \`on_error=skip\`: los primeros ${MAX_FAULTS} de esos.`,
  }),
});
export type UploadReply = z.output<typeof uploadReplySchema>;
