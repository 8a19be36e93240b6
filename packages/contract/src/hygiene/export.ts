import type { Text } from '../language.js';
import { DEFAULT_LIMITS } from '../limits.js';

/** Forms in which `GET /v1/hygiene/export` hands telephones to a dialer. */
export const EXPORT_FORMATS = [
  'csv',
  'customer_ids',
  'add_dnc',
  'vicidial',
  'vicidial_api',
  'asterisk_astdb',
  'asterisk_sql',
] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Those that come page by page: each page is one body of a call of the documented API. */
export type PagedExportFormat = 'customer_ids' | 'add_dnc';

export function isPagedExport(format: ExportFormat): format is PagedExportFormat {
  return format === 'customer_ids' || format === 'add_dnc';
}

/** As much as the calls that take them accept by default. */
export const EXPORT_PAGE_ROWS_MAX = DEFAULT_LIMITS.max_records;

/** Days for which `add_dnc` shall block a telephone that no quarantine has a time for: as the shipped rule `balanced`. */
export const EXPORT_DAYS_BLOCK = 90;

/** Says how many telephones, or ids, a format could not have. */
export const LEFT_OUT_HEADER = 'Recuento-Left-Out';

/** What each format is for, and what it cannot have. */
export const EXPORT_FORMAT_WORDS: Readonly<Record<ExportFormat, Text>> = {
  csv: {
    en: 'for people: telephone, reason or verdict, since when and until when it is put aside. It leaves nothing out',
    es: 'para personas: teléfono, motivo o veredicto, desde cuándo y hasta cuándo está apartado. No deja nada fuera',
  },
  customer_ids: {
    en: 'for `remove_record`: the ids of those customers of one campaign, added with `add_record`, all of whose telephones are in the list, with commas between them. Ids with a comma, a quote or a backslash are left out',
    es: 'para `remove_record`: los identificadores de los clientes de una campaña, agregados con `add_record`, cuyos teléfonos están todos en la lista, separados por comas. Se dejan fuera los que llevan coma, comillas o barra invertida',
  },
  add_dnc: {
    en: 'the body of `add_dnc`, for the rest of the quarantine in days. It leaves nothing out',
    es: 'el cuerpo de `add_dnc`, por lo que queda de la cuarentena en días. No deja nada fuera',
  },
  vicidial: {
    en: 'for the DNC list of Vicidial, one telephone a line: 1 to 18 digits, as its column has room for',
    es: 'para la lista DNC de Vicidial, un teléfono por línea: de 1 a 18 dígitos, que es lo que cabe en su columna',
  },
  vicidial_api: {
    en: 'the calls of `non_agent_api.php` (`add_dnc_phone`), one a line: 6 to 18 digits. Put your own into `{server}`, `{user}`, `{pass}` and `{campaign_id}` (`SYSTEM_INTERNAL` is the list of all campaigns)',
    es: 'los consumos de `non_agent_api.php` (`add_dnc_phone`), uno por línea: de 6 a 18 dígitos. Ponga los suyos en `{server}`, `{user}`, `{pass}` y `{campaign_id}` (`SYSTEM_INTERNAL` es la lista de todas las campañas)',
  },
  asterisk_astdb: {
    en: 'lines for the command line of Asterisk, which replace the family `recuento` of its database: digits, `+`, `*` and `#`',
    es: 'líneas para la consola de Asterisk, que reemplazan la familia `recuento` de su base de datos: dígitos, `+`, `*` y `#`',
  },
  asterisk_sql: {
    en: 'SQL that replaces the table `recuento_do_not_dial` in one transaction: digits, `+`, `*` and `#`',
    es: 'SQL que reemplaza la tabla `recuento_do_not_dial` en una transacción: dígitos, `+`, `*` y `#`',
  },
};
