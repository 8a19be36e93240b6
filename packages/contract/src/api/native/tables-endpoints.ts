import type { Text } from '../../language.js';
import { TABLE_LIMITS } from '../../limits.js';
import { TABLE_MEDIA_TYPES } from '../../table.js';
import type { Bodies } from '../endpoint.js';

/** The file formats of a table. No schema describes their bytes. */
export const TABLE_FILES: Bodies = Object.fromEntries(
  Object.values(TABLE_MEDIA_TYPES).map((media) => [media, undefined]),
);

/** How both tables of `/v1` work. */
export const TABLE_HOW: readonly Text[] = [
  {
    en: `Both ends of the window are inclusive, to the second; ${TABLE_LIMITS.max_window_days} days at most.`,
    es: `Ambos extremos de la ventana se incluyen, al segundo; a lo sumo ${TABLE_LIMITS.max_window_days} días.`,
  },
  {
    en: `Headings of \`csv\` and \`xlsx\` are Spanish or English, as \`Accept-Language\` says, or the names of the API with \`headings=names\`. Other formats always have the names of the API.`,
    es: `Los encabezados de \`csv\` y \`xlsx\` están en español o inglés, según \`Accept-Language\`, o son los nombres de la API con \`headings=names\`. Los demás formatos siempre llevan los nombres de la API.`,
  },
  {
    en: `\`xlsx\` holds ${TABLE_LIMITS.xlsx_rows_max.toLocaleString('en')} rows at most, \`parquet\` ${TABLE_LIMITS.parquet_rows_max.toLocaleString('en')}; \`csv\` and \`ndjson\` are streamed.`,
    es: `\`xlsx\` contiene a lo sumo ${TABLE_LIMITS.xlsx_rows_max.toLocaleString('en')} filas, \`parquet\` ${TABLE_LIMITS.parquet_rows_max.toLocaleString('en')}; \`csv\` y \`ndjson\` se transmiten por partes.`,
  },
  {
    en: 'An operation has one streamed file at a time; the next one waits. If something fails after the first byte, the connection ends: a download that ends normally is complete.',
    es: 'Una operación tiene un archivo transmitido por partes a la vez; el siguiente espera. Si algo falla después del primer byte, la conexión se corta: una descarga que termina con normalidad está completa.',
  },
  {
    en: 'These calls take no slot and do not count against the quota of the documented API.',
    es: 'Estas llamadas no ocupan cupo ni cuentan en la cuota de la API documentada.',
  },
];
