import { z } from 'zod';
import { VERDICTS } from '../hygiene/verdicts.js';
import { described } from '../language.js';
import { HYGIENE_LIMITS } from '../limits.js';
import { tableRowSchema } from '../table.js';
import { VERDICTS_COLUMNS } from '../tables/verdicts-columns.js';

const count = z.int().min(0);

const telephones_taken = described(count, {
  en: 'Telephones that the rule takes.',
  es: 'Teléfonos que toma la regla.',
});

/** `POST /v1/hygiene/preview`. */
export const previewDocumentSchema = z.strictObject({
  telephones_taken,
  by_verdict: described(z.record(z.enum(VERDICTS), count), {
    en: 'How many of them have each verdict.',
    es: 'Cuántos de ellos tienen cada veredicto.',
  }),
  by_campaign: described(z.array(z.strictObject({ campaign_id: z.int().min(1), telephones_taken: count })), {
    en: `How many of them each campaign of the rule dialed; a telephone counts for each of its campaigns. The ${HYGIENE_LIMITS.trial_campaigns.toLocaleString('en')} campaigns with the most.`,
    es: `Cuántos de ellos marcó cada campaña de la regla; un teléfono cuenta en cada una de sus campañas. Las ${HYGIENE_LIMITS.trial_campaigns.toLocaleString('en')} campañas con más.`,
  }),
  sample: described(z.array(tableRowSchema(VERDICTS_COLUMNS)).max(HYGIENE_LIMITS.sample_rows), {
    en: `The first ${HYGIENE_LIMITS.sample_rows} of them, in the order of their bytes.`,
    es: `Los primeros ${HYGIENE_LIMITS.sample_rows}, en el orden de sus bytes.`,
  }),
});
export type PreviewDocument = Readonly<z.output<typeof previewDocumentSchema>>;

const dials_saved = described(count, {
  en: 'Those of the attempts after `as_of` that went to taken telephones while they were put aside.',
  es: 'Los intentos posteriores a `as_of` que fueron a teléfonos tomados mientras estaban apartados.',
});
const people_lost = described(count, {
  en: 'Those of the people reached after `as_of` whom every such attempt would have reached in quarantine.',
  es: 'Las personas alcanzadas después de `as_of` cuyos intentos logrados cayeron todos en la cuarentena.',
});
const seconds_saved = described(count, {
  en: 'Line time of the saved dials, an estimate: an attempt takes what attempts with its machine code took on average from `as_of` to `until`, as far as durations are known, and at least the time of ringing that is usual for the code.',
  es: 'Tiempo de línea de las marcaciones ahorradas, una estimación: un intento toma lo que tomaron en promedio, de `as_of` a `until`, los intentos con su código de máquina cuya duración se conoce, y al menos el tiempo de timbre usual del código.',
});

/** `POST /v1/hygiene/backtest`. */
export const backtestDocumentSchema = z.strictObject({
  as_of: z.iso.datetime(),
  until: z.iso.datetime(),
  telephones_taken,
  dials_after: described(count, {
    en: 'Attempts after `as_of`, up to `until`, of the rule’s campaigns.',
    es: 'Intentos posteriores a `as_of`, hasta `until`, de las campañas de la regla.',
  }),
  dials_saved,
  seconds_saved,
  people_reached_after: described(count, {
    en: 'Telephones that reached a person by those attempts.',
    es: 'Teléfonos que llegaron a una persona en esos intentos.',
  }),
  people_lost,
  by_verdict: described(
    z.array(
      z.strictObject({
        verdict: z.enum(VERDICTS),
        telephones_taken: count,
        dials_saved: count,
        seconds_saved: count,
        people_lost: count,
      }),
    ),
    {
      en: 'The same by the verdict that the telephones had at `as_of`.',
      es: 'Lo mismo por el veredicto que tenían los teléfonos en `as_of`.',
    },
  ),
  by_campaign: described(
    z.array(
      z.strictObject({
        campaign_id: z.int().min(1),
        telephones_taken: count,
        dials_saved: count,
        seconds_saved: count,
        people_lost: count,
      }),
    ),
    {
      en: `The same by the campaign of the attempts. A telephone counts as taken for each campaign that had dialed it, and a person as lost for each campaign whose attempts reached them: the sums may be larger than the totals. The ${HYGIENE_LIMITS.trial_campaigns.toLocaleString('en')} campaigns in which the most dials are saved.`,
      es: `Lo mismo por la campaña de los intentos. Un teléfono cuenta como tomado en cada campaña que lo había marcado, y una persona como perdida en cada campaña cuyos intentos la alcanzaron: las sumas pueden superar los totales. Las ${HYGIENE_LIMITS.trial_campaigns.toLocaleString('en')} campañas en las que se ahorran más marcaciones.`,
    },
  ),
  curve: described(
    z.array(
      z.strictObject({
        threshold: z.number(),
        telephones_taken: count,
        dials_saved: count,
        people_lost: count,
      }),
    ),
    {
      en: 'What the rule would have done with other values of its first numeric threshold (`at_least`, `days` or `below`), in ascending order; the chosen one is among them. Empty where no condition has a threshold.',
      es: 'Lo que habría hecho la regla con otros valores de su primer umbral numérico (`at_least`, `days` o `below`), en orden ascendente; el elegido está entre ellos. Vacía si ninguna condición tiene umbral.',
    },
  ),
});
export type BacktestDocument = Readonly<z.output<typeof backtestDocumentSchema>>;
