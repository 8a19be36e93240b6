import { z } from 'zod';
import { FAULT_KINDS } from '../hygiene/faults.js';
import { VERDICTS } from '../hygiene/verdicts.js';
import { described } from '../language.js';
import { tableRowSchema } from '../table.js';
import { VERDICTS_COLUMNS } from '../tables/verdicts-columns.js';

const instant = z.iso.datetime();

const as_of = described(instant, {
  en: 'The moment, in UTC: only attempts at or before it were looked at.',
  es: 'El momento, en UTC: solo se miraron los intentos hasta entonces.',
});

const next_cursor = described(z.string().nullable(), {
  en: 'What to send as `cursor` for the next page; `null` on the last one.',
  es: 'Lo que se debe enviar como `cursor` para la página siguiente; `null` en la última.',
});

/** A page of `GET /v1/hygiene/verdicts`. */
export const verdictsDocumentSchema = z.strictObject({
  as_of,
  verdicts: z.array(tableRowSchema(VERDICTS_COLUMNS).meta({ id: 'verdicts_row' })),
  next_cursor,
});

/** `GET /v1/hygiene/shares`. */
export const verdictSharesDocumentSchema = z.strictObject({
  as_of,
  telephones: described(z.int().min(0), { en: 'All telephones.', es: 'Todos los teléfonos.' }),
  shares: described(
    z.strictObject(Object.fromEntries(VERDICTS.map((verdict) => [verdict, z.int().min(0)]))),
    {
      en: 'How many telephones have each verdict.',
      es: 'Cuántos teléfonos tienen cada veredicto.',
    },
  ),
});

const faultSchema = z
  .strictObject({
    trunk: described(z.string().nullable(), {
      en: 'The trunk; `null` where all trunks of the campaign had the fault.',
      es: 'La troncal; `null` si la falla fue de todas las troncales de la campaña.',
    }),
    campaign_id: described(z.int().nullable(), {
      en: 'The campaign; `null` where all campaigns of the trunk had the fault.',
      es: 'La campaña; `null` si la falla fue de todas las campañas de la troncal.',
    }),
    kind: described(z.enum(FAULT_KINDS), {
      en: '`outage`: nothing got through. `congestion`: no free lines. `wrong_number_format`: the network took none of the numbers, as with a wrong prefix.',
      es: '`outage`: no pasó nada. `congestion`: no había líneas libres. `wrong_number_format`: la red no aceptó ningún número, como con un prefijo equivocado.',
    }),
    start: described(instant, { en: 'When it began, in UTC.', es: 'Cuándo empezó, en UTC.' }),
    end: described(instant, { en: 'When it was over, in UTC.', es: 'Cuándo terminó, en UTC.' }),
    attempts: described(z.int().min(0), {
      en: 'Attempts that ended so.',
      es: 'Intentos que terminaron así.',
    }),
  })
  .meta({ id: 'trunk_fault' });

/** `GET /v1/hygiene/trunk-faults`. */
export const trunkFaultsDocumentSchema = z.strictObject({ faults: z.array(faultSchema), next_cursor });

const trunkSchema = z
  .strictObject({
    trunk: described(z.string().nullable(), {
      en: 'The trunk; `null`: attempts of the campaign that tell no trunk.',
      es: 'La troncal; `null`: intentos de la campaña que no dicen su troncal.',
    }),
    campaign_id: described(z.int().nullable(), {
      en: 'The campaign, where the trunk is not told; else `null`.',
      es: 'La campaña, si no se sabe la troncal; si no, `null`.',
    }),
    attempts: described(z.int().min(0), { en: 'Attempts in the window.', es: 'Intentos en la ventana.' }),
    says_invalid_of_living: described(z.number().min(0).max(1), {
      en: 'Of the calls to living lines that nobody takes, the share of which it says that the number does not exist.',
      es: 'De las llamadas a líneas vivas que nadie contesta, la parte de la que dice que el número no existe.',
    }),
    likelihood_ratio: described(z.number().min(0), {
      en: 'How many times as often it says so of dead lines: what its word is worth as evidence.',
      es: 'Cuántas veces más lo dice de líneas muertas: lo que vale su palabra como prueba.',
    }),
    trusted: described(z.boolean(), {
      en: 'Whether two words of it, on two days, prove that a number is invalid.',
      es: 'Si dos veces que lo diga, en dos días, prueban que un número es inválido.',
    }),
  })
  .meta({ id: 'trunk_trust' });

/** `GET /v1/hygiene/trunks`. */
export const trunksDocumentSchema = z.strictObject({ trunks: z.array(trunkSchema) });

export type VerdictsDocument = z.output<typeof verdictsDocumentSchema>;
export type VerdictSharesDocument = z.output<typeof verdictSharesDocumentSchema>;
export type TrunkFaultsDocument = z.output<typeof trunkFaultsDocumentSchema>;
export type TrunksDocument = z.output<typeof trunksDocumentSchema>;
