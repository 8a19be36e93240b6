import { z } from 'zod';
import { described } from '../language.js';

const share = z.number().min(0).max(1);
const attempts = z.int().min(0);

/** `GET /v1/hygiene/calibration`. */
export const calibrationDocumentSchema = z.strictObject({
  brier: described(share.nullable(), {
    en: 'Brier score: the mean squared distance between the probability and what happened, 0 or 1. Null if nothing was dialed in the week.',
    es: 'Puntaje de Brier: la media del cuadrado de la distancia entre la probabilidad y lo que pasó, 0 o 1. Nulo si en la semana no se marcó nada.',
  }),
  brier_base: described(share.nullable(), {
    en: 'The same if every attempt had the rate of its campaign. The probabilities are worth what `brier` is below this.',
    es: 'Lo mismo si cada intento tuviera la tasa de su campaña. Las probabilidades valen lo que `brier` está por debajo.',
  }),
  bins: described(
    z.array(
      z
        .strictObject({
          from: share,
          to: share,
          attempts: described(attempts, {
            en: 'Attempts of the week whose probability was at least `from` and below `to`.',
            es: 'Intentos de la semana cuya probabilidad fue al menos `from` y menor que `to`.',
          }),
          predicted: described(share, {
            en: 'The mean of their probabilities.',
            es: 'La media de sus probabilidades.',
          }),
          reached: described(share, {
            en: 'The share of them that reached a person.',
            es: 'La parte de ellos que alcanzó a una persona.',
          }),
        })
        .meta({ id: 'calibration_bin' }),
    ),
    {
      en: 'The reliability table. Bins without attempts are left out.',
      es: 'La tabla de confiabilidad. Los tramos sin intentos se omiten.',
    },
  ),
  trained_until: described(z.iso.datetime(), {
    en: 'A week before the moment that was asked about. The probabilities know the attempts up to here, and each attempt of the week is judged by those before it.',
    es: 'Una semana antes del momento por el que se preguntó. Las probabilidades conocen los intentos hasta aquí, y cada intento de la semana se juzga por los anteriores a él.',
  }),
});

/** `GET /v1/hygiene/best-hours`. */
export const bestHoursDocumentSchema = z.strictObject({
  hours: z.array(
    z
      .strictObject({
        weekday: described(z.int().min(1).max(7), {
          en: '1 is Monday, 7 is Sunday, as a clock of the operation shows it.',
          es: '1 es lunes, 7 es domingo, como lo muestra un reloj de la operación.',
        }),
        hour: described(z.int().min(0).max(23), {
          en: 'The hour that begins then.',
          es: 'La hora que empieza entonces.',
        }),
        attempts: described(attempts, {
          en: 'Attempts that were dialed in this hour, of those that are asked about.',
          es: 'Intentos que se marcaron en esta hora, de los que se pregunta.',
        }),
        probability: described(share, {
          en: 'That an attempt in this hour reaches a person; of several telephones, the mean.',
          es: 'Que un intento en esta hora alcance a una persona; de varios teléfonos, la media.',
        }),
      })
      .meta({ id: 'best_hour' }),
  ),
});

export type CalibrationDocument = z.output<typeof calibrationDocumentSchema>;
export type BestHoursDocument = z.output<typeof bestHoursDocumentSchema>;
