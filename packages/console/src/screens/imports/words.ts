import type { ImportFormatName, ImportState, Text } from '@recuento/contract';

/** What several parts of the screen say. */

export const STATES: Readonly<Record<ImportState, Text>> = {
  running: { en: 'Running', es: 'En curso' },
  done: { en: 'Done', es: 'Terminada' },
  failed: { en: 'Broken off', es: 'Se cortó' },
  interrupted: { en: 'Interrupted', es: 'Interrumpida' },
  undoing: { en: 'Being undone', es: 'Deshaciéndose' },
  undone: { en: 'Undone', es: 'Deshecha' },
};

/** Formats as people know the programs that write them. */
export const FORMAT_NAMES: Readonly<Record<ImportFormatName, Text>> = {
  'asterisk-csv': { en: 'Asterisk, cdr-csv', es: 'Asterisk, cdr-csv' },
  'asterisk-custom': { en: 'Asterisk, cdr-custom', es: 'Asterisk, cdr-custom' },
  'asterisk-sql': { en: 'Asterisk, CDR table', es: 'Asterisk, tabla CDR' },
  csv: { en: 'Table with columns chosen by hand', es: 'Tabla con columnas elegidas a mano' },
  'freeswitch-csv': { en: 'FreeSWITCH, cdr-csv', es: 'FreeSWITCH, cdr-csv' },
  'freeswitch-json': { en: 'FreeSWITCH, JSON', es: 'FreeSWITCH, JSON' },
  'freeswitch-xml': { en: 'FreeSWITCH, XML', es: 'FreeSWITCH, XML' },
  fusionpbx: { en: 'FusionPBX', es: 'FusionPBX' },
  grandstream: { en: 'Grandstream UCM', es: 'Grandstream UCM' },
  plivo: { en: 'Plivo', es: 'Plivo' },
  twilio: { en: 'Twilio', es: 'Twilio' },
  'vendor-campaign-3': { en: 'Report campaign_3', es: 'Reporte campaign_3' },
  'vicidial-export': { en: 'Vicidial, call export', es: 'Vicidial, exportación de llamadas' },
  'vicidial-log': { en: 'Vicidial, vicidial_log', es: 'Vicidial, vicidial_log' },
};

const BY_FORMAT: ReadonlyMap<string, Text> = new Map(Object.entries(FORMAT_NAMES));

export function formatName(format: string): Text {
  return BY_FORMAT.get(format) ?? { en: format, es: format };
}

/** Why a line is no attempt. */
const SKIPPED: ReadonlyMap<string, Text> = new Map(
  Object.entries({
    header: { en: 'Headings', es: 'Encabezados' },
    blank_line: { en: 'Blank lines', es: 'Líneas en blanco' },
    no_telephone: { en: 'No telephone was dialed', es: 'No se marcó ningún teléfono' },
    not_final: { en: 'Not ended yet', es: 'Aún sin terminar' },
    not_an_attempt: { en: 'Not an attempt', es: 'No es un intento' },
    not_dialed: { en: 'Not dialed', es: 'No se marcó' },
    inbound: { en: 'Calls that came in', es: 'Llamadas entrantes' },
    internal: { en: 'Internal calls', es: 'Llamadas internas' },
    filtered: { en: 'Left out by the condition on rows', es: 'Fuera de la condición sobre las filas' },
    other_campaign: { en: 'Of another campaign', es: 'De otra campaña' },
    carrier_row_alone: {
      en: 'Carrier rows without a call',
      es: 'Filas del operador sin llamada',
    },
  }),
);

export function skipReason(reason: string): Text {
  return SKIPPED.get(reason) ?? { en: reason, es: reason };
}
