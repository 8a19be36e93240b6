import { asteriskCsv } from './asterisk-csv.js';
import { asteriskCustom } from './asterisk-custom.js';
import { asteriskSql } from './asterisk-sql.js';
import { csv } from './csv.js';
import type { ImportFormat } from './format.js';

export const FORMATS: readonly ImportFormat[] = [asteriskCsv, asteriskCustom, asteriskSql, csv];

export const FORMAT_NAMES: readonly string[] = FORMATS.map((format) => format.name);

export function formatNamed(name: string): ImportFormat | undefined {
  return FORMATS.find((format) => format.name === name);
}
