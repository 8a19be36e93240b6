import { z } from 'zod';
import { described, type Text } from '../../language.js';
import { codeOf, noError } from './envelope.js';

/** The documented reply of what was done with records: 202. Every value of `data` is a string. */
export function doneSchema<Counts extends z.ZodRawShape>(msg: RegExp, counts: Counts) {
  return z.strictObject({
    code: codeOf(202),
    error: noError,
    msg: described(z.string().regex(msg), { en: 'What was done.', es: 'Qué se hizo.' }),
    data: described(z.tuple([z.strictObject(counts)]), {
      en: 'What was done, in numbers.',
      es: 'Qué se hizo, en números.',
    }),
  });
}

/** Why a call about records changes nothing else. */
export const RECORDS_HOW: readonly Text[] = [
  {
    en: 'No attempt and no customer is deleted, and no report changes: its telephones are part of the quarantine (`/v1/hygiene/quarantine`), whose history says who did it.',
    es: 'No se borra ningún intento ni cliente, y ningún reporte cambia: sus teléfonos son parte de la cuarentena (`/v1/hygiene/quarantine`), cuya historia dice quién lo hizo.',
  },
  {
    en: 'It counts as a call of the day. The header `wolkvox-token` carries the token. The body is a JSON object of at most 1 MiB, whatever its Content-Type says; it may be compressed, with `Content-Encoding: gzip`.',
    es: 'Cuenta como un consumo del día. El encabezado `wolkvox-token` lleva el token. El cuerpo es un objeto JSON de a lo sumo 1 MiB, sin importar lo que diga Content-Type; puede venir comprimido, con `Content-Encoding: gzip`.',
  },
];
