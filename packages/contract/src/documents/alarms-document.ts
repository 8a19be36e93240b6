import { z } from 'zod';
import { ALARM_KINDS } from '../hygiene/alarms.js';
import { described } from '../language.js';

const instant = z.iso.datetime();

/** An alarm, as `GET /v1/alarms` and `GET /v1/alarms/{id}` send it. */
export const alarmDocumentSchema = z
  .strictObject({
    id: described(z.string(), {
      en: 'Made of what, where and since when: an alarm that goes on keeps it.',
      es: 'Hecho de qué, dónde y desde cuándo: una alarma que sigue lo conserva.',
    }),
    kind: described(z.enum(ALARM_KINDS), {
      en: '`outage`: attempts fail before anything rings. `congestion`: no free lines. `wrong_number_format`: the network calls almost all numbers invalid. `machines_jump`: machines take far more calls than usual. `answers_halved`: people answer about half as often as usual, or less. `no_attempts`: none arrive though it is a time at which the operation, or the campaign, dials.',
      es: '`outage`: los intentos fallan antes de timbrar. `congestion`: no hay líneas libres. `wrong_number_format`: la red da por inválidos casi todos los números. `machines_jump`: las máquinas toman muchas más llamadas de lo usual. `answers_halved`: las personas contestan más o menos la mitad de lo usual, o menos. `no_attempts`: no llega ninguno aunque es hora en que la operación, o la campaña, marca.',
    }),
    trunk: described(z.string().nullable(), {
      en: 'The trunk; `null`: not of one trunk.',
      es: 'La troncal; `null`: no es de una troncal.',
    }),
    campaign_id: described(z.int().nullable(), {
      en: 'The campaign; `null`: not of one campaign. Both `null`: of the whole operation.',
      es: 'La campaña; `null`: no es de una campaña. Ambas `null`: de toda la operación.',
    }),
    start: described(instant, { en: 'When it began, in UTC.', es: 'Cuándo empezó, en UTC.' }),
    end: described(instant.nullable(), {
      en: 'When it was over, in UTC; `null` while it goes on.',
      es: 'Cuándo terminó, en UTC; `null` mientras sigue.',
    }),
    told_at: described(instant, {
      en: 'From when on its attempts proved it, in UTC.',
      es: 'Desde cuándo sus intentos la probaban, en UTC.',
    }),
    usual: described(z.number().min(0), {
      en: 'What is usual: a share of the attempts, 0 to 1; with `no_attempts`, attempts an hour.',
      es: 'Lo usual: una parte de los intentos, de 0 a 1; con `no_attempts`, intentos por hora.',
    }),
    seen: described(z.number().min(0), {
      en: 'What was seen, in the same unit.',
      es: 'Lo que se vio, en la misma unidad.',
    }),
    attempts: described(z.int().min(0), {
      en: 'Attempts behind it, of which `seen` is the share: with `machines_jump` and `answers_halved` those that a trunk carried, which is all but congestion and failures of the trunk; 0 with `no_attempts`.',
      es: 'Los intentos que la sustentan, de los que `seen` es la parte: con `machines_jump` y `answers_halved`, los que cursó una troncal, es decir todos menos congestión y fallas de la troncal; 0 con `no_attempts`.',
    }),
    query: described(z.string(), {
      en: 'A call that shows what was dialed then, from a week before on.',
      es: 'Una llamada que muestra lo que se marcó entonces, desde una semana antes.',
    }),
    text: described(z.strictObject({ subject: z.string(), body: z.string() }), {
      en: 'The same for people, ready for an e-mail, in the language of `Accept-Language`.',
      es: 'Lo mismo para personas, listo para un correo, en el idioma de `Accept-Language`.',
    }),
  })
  .meta({ id: 'alarm' });

/** A page of `GET /v1/alarms`. */
export const alarmsDocumentSchema = z.strictObject({
  alarms: z.array(alarmDocumentSchema),
  next_cursor: described(z.string().nullable(), {
    en: 'What to send as `cursor` for the next page; `null` on the last one.',
    es: 'Lo que se debe enviar como `cursor` para la página siguiente; `null` en la última.',
  }),
});

export type AlarmDocument = z.output<typeof alarmDocumentSchema>;
export type AlarmsDocument = z.output<typeof alarmsDocumentSchema>;
