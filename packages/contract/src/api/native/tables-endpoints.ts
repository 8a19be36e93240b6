import type { Text } from '../../language.js';
import { TABLE_LIMITS } from '../../limits.js';
import { TABLE_MEDIA_TYPES } from '../../table.js';
import type { Bodies } from '../endpoint.js';

/** The files that a table can be had as: bytes, which no schema describes. */
export const TABLE_FILES: Bodies = Object.fromEntries(
  Object.values(TABLE_MEDIA_TYPES).map((media) => [media, undefined]),
);

/** How both tables work. */
export const TABLE_HOW: readonly Text[] = [
  {
    en: `Both ends of the window are inclusive, to the second; ${TABLE_LIMITS.max_window_days} days at most.`,
    es: `Ambos extremos de la ventana se incluyen, al segundo; a lo sumo ${TABLE_LIMITS.max_window_days} días.`,
  },
  {
    en: `Headings of \`csv\` and \`xlsx\` are Spanish or English, as \`Accept-Language\` says, or the names of the API with \`headings=names\`; other formats have those.`,
    es: `Los encabezados de \`csv\` y \`xlsx\` están en español o inglés, según \`Accept-Language\`, o son los nombres de la API con \`headings=names\`; los demás formatos llevan esos.`,
  },
  {
    en: `\`xlsx\` holds ${TABLE_LIMITS.xlsx_rows_max.toLocaleString('en')} rows at most, \`parquet\` ${TABLE_LIMITS.parquet_rows_max.toLocaleString('en')}; \`csv\` and \`ndjson\` are streamed.`,
    es: `\`xlsx\` contiene a lo sumo ${TABLE_LIMITS.xlsx_rows_max.toLocaleString('en')} filas, \`parquet\` ${TABLE_LIMITS.parquet_rows_max.toLocaleString('en')}; \`csv\` y \`ndjson\` se transmiten por partes.`,
  },
  {
    en: 'An operation has one streamed file at a time; the next one waits for it. What fails after the first byte ends the connection: a file that arrives whole is whole.',
    es: 'Una operación tiene un archivo transmitido por partes a la vez; el siguiente lo espera. Lo que falla después del primer byte corta la conexión: un archivo que llega completo está completo.',
  },
  {
    en: 'A call takes no slot and counts in no quota of the documented API.',
    es: 'La llamada no ocupa cupo ni cuenta en los consumos de la API documentada.',
  },
];
