import type { ExportFormat, PagedExportFormat } from '@recuento/contract';
import { ASTERISK_ASTDB } from './asterisk-astdb.js';
import { ASTERISK_SQL } from './asterisk-sql.js';
import type { LineFormat } from './line-format.js';
import { VICIDIAL } from './vicidial.js';
import { VICIDIAL_API } from './vicidial-api.js';

/** The formats in which each telephone has a line; a table for people has a file of its own (`csv.ts`). */
export const LINE_FORMATS: Readonly<Record<Exclude<ExportFormat, PagedExportFormat | 'csv'>, LineFormat>> = {
  vicidial: VICIDIAL,
  vicidial_api: VICIDIAL_API,
  asterisk_astdb: ASTERISK_ASTDB,
  asterisk_sql: ASTERISK_SQL,
};
