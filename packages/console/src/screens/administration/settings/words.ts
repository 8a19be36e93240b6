import type { Text } from '@recuento/contract';
import type { Fault, SettingGroup, SettingName } from './settings.js';

/** How settings are called, and what they are for. */
export const SETTING_WORDS: Readonly<Record<SettingName, { readonly label: Text; readonly hint?: Text }>> = {
  name: { label: { en: 'Name', es: 'Nombre' } },
  licences: {
    label: { en: 'Licences', es: 'Licencias' },
    hint: { en: 'More licences, more calls a day.', es: 'Más licencias, más consumos diarios.' },
  },
  time_zone: {
    label: { en: 'Time zone', es: 'Zona horaria' },
    hint: { en: 'Where people dial: America/Bogota.', es: 'Donde se marca: America/Bogota.' },
  },
  code: {
    label: { en: 'code in replies', es: 'code en las respuestas' },
    hint: {
      en: 'The vendor’s page shows a number; its servers have been seen to send a text.',
      es: 'La página del proveedor muestra un número; se ha visto a sus servidores enviar un texto.',
    },
  },
  empty_status: {
    label: { en: 'A report without rows', es: 'Un informe sin filas' },
    hint: { en: 'The vendor answers 404.', es: 'El proveedor responde 404.' },
  },
  country: {
    label: { en: 'Country', es: 'País' },
    hint: {
      en: 'Of numbers without a country code: CO. Empty: no two telephones are one line.',
      es: 'El de los números sin indicativo: CO. Vacío: no hay dos teléfonos que sean una línea.',
    },
  },
  dial_prefixes: {
    label: { en: 'Dial prefixes', es: 'Prefijos de marcación' },
    hint: {
      en: 'What dialers put before a number, separated by commas: 9, 00',
      es: 'Lo que los marcadores ponen antes del número, separado por comas: 9, 00',
    },
  },
  max_rows: { label: { en: 'Rows of a reply', es: 'Filas de una respuesta' } },
  max_records: { label: { en: 'Records of an upload', es: 'Registros de una carga' } },
  max_window_days: { label: { en: 'Days that a call may ask for', es: 'Días que puede pedir una llamada' } },
  max_reply_bytes: { label: { en: 'Size of a reply, in MiB', es: 'Tamaño de una respuesta, en MiB' } },
  max_call_ms: { label: { en: 'Time of a call, in seconds', es: 'Tiempo de una llamada, en segundos' } },
  max_simultaneous: {
    label: { en: 'Calls of a token at the same time', es: 'Llamadas de un token al mismo tiempo' },
  },
  calls_per_licence: {
    label: { en: 'Calls a day for each licence', es: 'Consumos diarios por licencia' },
  },
};

export const GROUP_WORDS: Readonly<Record<SettingGroup, { readonly title: Text; readonly about: Text }>> = {
  general: {
    title: { en: 'General', es: 'General' },
    about: {
      en: 'Days, hours and windows are read by the clock of its time zone.',
      es: 'Los días, las horas y las ventanas se leen con el reloj de su zona horaria.',
    },
  },
  replies: {
    title: { en: 'Reply profile', es: 'Perfil de respuesta' },
    about: {
      en: 'The form of replies that the operation’s programs expect.',
      es: 'La forma de las respuestas que esperan los programas de la operación.',
    },
  },
  telephones: {
    title: { en: 'How telephones are written', es: 'Cómo se escriben los teléfonos' },
    about: {
      en: 'With it, 3001234567, 573001234567 and 9573001234567 are one line with one verdict.',
      es: 'Con esto, 3001234567, 573001234567 y 9573001234567 son una sola línea con un solo veredicto.',
    },
  },
  limits: {
    title: { en: 'Limits of the documented API', es: 'Límites de la API documentada' },
    about: {
      en: 'As the vendor’s page states them, unless they were changed.',
      es: 'Como los dice la página del proveedor, salvo que se hayan cambiado.',
    },
  },
};

/** What a change of some settings brings about. Others hold from the next call on, and that is all. */
export const CONSEQUENCES: Readonly<Partial<Record<SettingName, Text>>> = {
  time_zone: {
    en: 'From the next call on, days and windows are read by the new clock, and the day’s calls are counted by it. Stored attempts keep their instants.',
    es: 'Desde la próxima llamada, los días y las ventanas se leen con el nuevo reloj, y con él se cuentan los consumos del día. Los intentos guardados conservan su instante.',
  },
  code: {
    en: 'Programs that compare code with the other form take every reply for an error.',
    es: 'Los programas que comparan code con la otra forma toman cada respuesta por un error.',
  },
  empty_status: {
    en: 'Programs that expect the other status misread reports without rows.',
    es: 'Los programas que esperan el otro estado leen mal los informes sin filas.',
  },
  country: {
    en: 'Spellings are brought to lines anew, so verdicts can change. Attempts stay as they are.',
    es: 'Las grafías se llevan de nuevo a líneas, así que los veredictos pueden cambiar. Los intentos quedan como están.',
  },
  dial_prefixes: {
    en: 'Spellings are brought to lines anew, so verdicts can change. Attempts stay as they are.',
    es: 'Las grafías se llevan de nuevo a líneas, así que los veredictos pueden cambiar. Los intentos quedan como están.',
  },
};

/** `{least}` and `{most}` are the bounds. */
export const FAULT_WORDS: Readonly<Record<Fault, Text>> = {
  empty: {
    en: 'It needs a name of at most 1,024 characters.',
    es: 'Necesita un nombre de a lo sumo 1.024 caracteres.',
  },
  bounds: { en: 'From {least} to {most}.', es: 'De {least} a {most}.' },
  zone: {
    en: 'There is no such time zone. Write it as America/Bogota.',
    es: 'Esa zona horaria no existe. Escríbala como America/Bogota.',
  },
  country: { en: 'Two letters, such as CO.', es: 'Dos letras, como CO.' },
  prefixes: {
    en: 'Each is 1 to 8 digits, * or #.',
    es: 'Cada uno tiene de 1 a 8 dígitos, * o #.',
  },
};
