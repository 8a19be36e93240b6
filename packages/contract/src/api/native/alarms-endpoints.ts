import { z } from 'zod';
import { alarmDocumentSchema, alarmsDocumentSchema } from '../../documents/alarms-document.js';
import { ALARM_DAYS_MAX } from '../../hygiene/alarms.js';
import { described, type Text } from '../../language.js';
import { alarmQuery, alarmsQuery } from '../../queries/alarms-query.js';
import { operationQuery } from '../../queries/list-query.js';
import type { Endpoint } from '../endpoint.js';

const BENEFIT: Text = {
  en: 'Says within minutes that a trunk fails, a list got a wrong prefix, or nothing is dialed.',
  es: 'Avisa en minutos que una troncal falla, que una lista quedó con un prefijo equivocado o que no se está marcando.',
};

const USUAL: Text = {
  en: 'What is usual comes from the 28 days before: for a place (trunk, campaign, operation) and, where it hangs on people, for the hour and the weekday. Nothing is told before there are 200 attempts; of machines and answers, before three days; of silence, before three comparable hours.',
  es: 'Lo usual sale de los 28 días anteriores: por lugar (troncal, campaña, operación) y, si depende de personas, por hora y día de la semana. No se avisa nada antes de 200 intentos; de máquinas y respuestas, antes de tres días; de silencio, antes de tres horas comparables.',
};

const LOOKS_BACK: Text = {
  en: 'Only attempts before the moment are looked at. Attempts that arrive late are counted when they were dialed, so they may change or take back an alarm.',
  es: 'Solo se miran los intentos anteriores al momento. Los que llegan tarde cuentan cuando se marcaron, así que pueden cambiar o retirar una alarma.',
};

const SILENCE: Text = {
  en: 'Silence is told after half an hour at the earliest. Who uploads attempts once in some hours gets this alarm until they come.',
  es: 'El silencio se avisa a la media hora como pronto. Quien sube intentos cada varias horas recibe esta alarma hasta que llegan.',
};

const LONGEST: Text = {
  en: 'An alarm goes on for a week at most: what lasts longer is what is usual now. It is over too where nothing was dialed for a day.',
  es: 'Una alarma sigue a lo sumo una semana: lo que dura más es ya lo usual. También termina donde no se marcó nada en un día.',
};

export const ALARM_ENDPOINTS: readonly Endpoint[] = [
  {
    id: 'alarms',
    api_kind: 'native',
    method: 'GET',
    path: '/v1/alarms',
    title: { en: 'Alarms', es: 'Alarmas' },
    description: {
      en: 'What is unusual now, and was lately, with the attempts behind it.',
      es: 'Lo que es inusual ahora, y lo fue hace poco, con los intentos que lo sustentan.',
    },
    benefit: BENEFIT,
    how: [USUAL, LOOKS_BACK, SILENCE, LONGEST],
    scopes: ['report', 'administrator'],
    query: z.object({ ...alarmsQuery.shape, ...operationQuery.shape }),
    replies: {
      200: {
        description: {
          en: 'A page of the alarms, in the order in which they began.',
          es: 'Una página de las alarmas, en el orden en que empezaron.',
        },
        bodies: { 'application/json': alarmsDocumentSchema },
      },
    },
    errors: ['unknown-resource', 'report-timeout'],
  },
  {
    id: 'alarm',
    api_kind: 'native',
    method: 'GET',
    path: '/v1/alarms/{id}',
    title: { en: 'One alarm', es: 'Una alarma' },
    description: {
      en: 'An alarm as it is known now, with a text that is ready for an e-mail.',
      es: 'Una alarma como se conoce ahora, con un texto listo para un correo.',
    },
    benefit: BENEFIT,
    how: [LOOKS_BACK],
    scopes: ['report', 'administrator'],
    path_parameters: z.object({
      id: described(
        z.string(),
        {
          en: `The \`id\` of an alarm of the last ${ALARM_DAYS_MAX} days.`,
          es: `El \`id\` de una alarma de los últimos ${ALARM_DAYS_MAX} días.`,
        },
        '6523e8f0-0123456789abcdef',
      ),
    }),
    query: z.object({ ...alarmQuery.shape, ...operationQuery.shape }),
    replies: {
      200: {
        description: { en: 'The alarm.', es: 'La alarma.' },
        bodies: { 'application/json': alarmDocumentSchema },
      },
    },
    errors: ['unknown-resource', 'report-timeout'],
  },
];
