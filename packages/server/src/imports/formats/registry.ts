import { asteriskCsv } from './asterisk-csv.js';
import type { ImportFormat } from './format.js';

const FORMATS: readonly ImportFormat[] = [asteriskCsv];

export const FORMAT_NAMES: readonly string[] = FORMATS.map((format) => format.name);

export function formatNamed(name: string): ImportFormat | undefined {
  return FORMATS.find((format) => format.name === name);
}
