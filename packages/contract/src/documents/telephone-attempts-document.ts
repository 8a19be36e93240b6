import { z } from 'zod';
import { AMD_RESULTS } from '../attempt.js';
import { described } from '../language.js';
import { MACHINE_CODES } from '../machine-codes.js';

/** What an attempt says of the number, as verdicts take it. */
export const ATTEMPT_EVIDENCE = [
  'line_lives',
  'number_invalid',
  'number_doubtful',
  'trunk_at_fault',
  'none',
] as const;

/** An attempt of a telephone, with what is known of it. */
export const telephoneAttemptSchema = z
  .strictObject({
    attempt_id: described(z.string(), {
      en: 'Id of the attempt at its source.',
      es: 'Identificador del intento en su origen.',
    }),
    telephone: described(z.string(), {
      en: 'As it was dialed: attempts of all spellings of the line are told.',
      es: 'Tal como se marcó: se muestran los intentos de todas las grafías de la línea.',
    }),
    campaign_id: z.int().min(1),
    dialed_at: described(z.iso.datetime(), {
      en: 'When it was dialed, in UTC.',
      es: 'Cuándo se marcó, en UTC.',
    }),
    trunk: described(z.string().nullable(), {
      en: 'Trunk that it went out by; `null` if it is not told.',
      es: 'Troncal por la que salió; `null` si no se sabe.',
    }),
    result: described(z.enum(MACHINE_CODES), { en: 'The machine code.', es: 'El código de máquina.' }),
    amd: described(z.enum(AMD_RESULTS).nullable(), {
      en: 'What the answering machine detection found; `null` if nothing is told.',
      es: 'Qué encontró la detección de contestador; `null` si no se sabe.',
    }),
    sip: described(z.int().nullable(), {
      en: 'SIP final response, if told.',
      es: 'Respuesta SIP final, si se sabe.',
    }),
    cause: described(z.int().nullable(), {
      en: 'Cause of the release (Q.850), if told.',
      es: 'Causa de la liberación (Q.850), si se sabe.',
    }),
    evidence: described(z.enum(ATTEMPT_EVIDENCE), {
      en: 'What it says of the number: `line_lives`, `number_invalid` (strong), `number_doubtful` (weak), `trunk_at_fault` (of the trunk alone) or `none`.',
      es: 'Qué dice del número: `line_lives` (la línea vive), `number_invalid` (fuerte), `number_doubtful` (débil), `trunk_at_fault` (solo de la troncal) o `none`.',
    }),
    in_trunk_fault: described(z.boolean(), {
      en: 'Whether it was made in a fault of `/v1/hygiene/trunk-faults` and nothing answered: then verdicts leave it out.',
      es: 'Si se hizo en una falla de `/v1/hygiene/trunk-faults` y nada contestó: entonces los veredictos no lo cuentan.',
    }),
    customer_id: described(z.string().nullable(), {
      en: 'Id of the customer, if told.',
      es: 'Identificación del cliente, si se sabe.',
    }),
    agent_id: described(z.string().nullable(), {
      en: 'Agent who took the call, if told.',
      es: 'Agente que atendió la llamada, si se sabe.',
    }),
    duration_seconds: described(z.int().min(0).nullable(), {
      en: 'How long it took, if told.',
      es: 'Cuánto duró, si se sabe.',
    }),
  })
  .meta({ id: 'telephone_attempt' });
export type TelephoneAttemptDocument = z.output<typeof telephoneAttemptSchema>;
