import { type ImportDocument, MACHINE_CODES, type RejectDocument } from '@recuento/contract';
import { unknownWordLines } from './import-words.js';

/** The result of an import, by count and by machine code. */
export function summaryLines(file: string, result: ImportDocument): string[] {
  const zone_from = result.time_zone_from === 'parameter' ? 'as asked' : "the operation's";
  const counts: [string, number][] = [
    ['read', result.read],
    ['stored', result.stored],
    ['unchanged', result.unchanged],
    ['joined', result.joined],
    ['skipped', result.skipped],
    ...Object.entries(result.skipped_by_reason).map(([reason, lines]): [string, number] => [
      `  ${reason}`,
      lines,
    ]),
    ['rejected', result.rejected],
  ];
  const codes = MACHINE_CODES.flatMap((code): [string, number][] => {
    const attempts = result.codes[code];
    return attempts === undefined ? [] : [[code, attempts]];
  });
  const format = result.format_reason === null ? result.format : `${result.format} (${result.format_reason})`;
  return [
    `${file}: import ${result.id}, times in ${result.time_zone} (${zone_from}), ${thousands(result.lines_per_second)} lines/s`,
    `format ${format}`,
    ...(result.latin1_lines > 0
      ? [`${thousands(result.latin1_lines)} lines are not UTF-8 and were read as Latin-1`]
      : []),
    ...(result.own_words > 0
      ? [`read with ${thousands(result.own_words)} own words, which the operation keeps for its next imports`]
      : []),
    ...table('lines', counts),
    ...(codes.length > 0 ? table('attempts by machine code', codes) : []),
    ...unknownWordLines(result),
    ...extensionLines(result),
    ...nothingDialedLines(result),
  ];
}

/** A warning if every line was taken for an inbound or internal call; otherwise empty. */
function nothingDialedLines({ skipped_by_reason, stored, unchanged, joined }: ImportDocument): string[] {
  const lines = (skipped_by_reason.inbound ?? 0) + (skipped_by_reason.internal ?? 0);
  if (lines === 0 || stored + unchanged + joined > 0) return [];
  const count = thousands(lines);
  return [
    `WARNING: nothing of it was taken for a call that was dialed out, and ${count} lines for inbound or internal ones. If these were dialed, import again with --all-dialed (asterisk-*, grandstream and freeswitch-csv)`,
    `AVISO: nada se tomó como llamada marcada hacia afuera, y ${count} líneas como entrantes o internas. Si fueron marcadas, importe otra vez con --all-dialed (asterisk-*, grandstream y freeswitch-csv)`,
  ];
}

/** A warning to read before trusting the report; empty if there is none. */
export function extensionLines({ mostly_extensions, short_telephones }: ImportDocument): string[] {
  if (!mostly_extensions) return [];
  const count = thousands(short_telephones);
  return [
    `WARNING: most telephones look like extensions (${count} lines with 2 to 6 digits). These may be no calls that were dialed out: look at the file, then take the import back with --undo and import again with --only`,
    `AVISO: la mayoría de los teléfonos parecen extensiones (${count} líneas con 2 a 6 dígitos). Puede que no sean llamadas marcadas hacia afuera: revise el archivo, retire la importación con --undo e importe otra vez con --only`,
  ];
}

/** The rejected lines with their numbers and reasons, and where to get the rest. */
export function rejectLines(
  rejects: readonly RejectDocument[],
  result: ImportDocument,
  url: string,
): string[] {
  const more = result.rejected - rejects.length;
  return [
    'rejected lines',
    ...rejects.map((reject) => `  line ${reject.line}: ${reject.reason}`),
    ...(more > 0 ? [`  and ${thousands(more)} more: GET ${url}/v1/imports/${result.id}/rejects`] : []),
  ];
}

function table(title: string, rows: readonly (readonly [string, number])[]): string[] {
  const name_width = Math.max(...rows.map(([name]) => name.length));
  const count_width = Math.max(...rows.map(([, count]) => thousands(count).length));
  return [
    title,
    ...rows.map(([name, count]) => `  ${name.padEnd(name_width)}  ${thousands(count).padStart(count_width)}`),
  ];
}

/** The same form on every machine, so that outputs can be compared. */
function thousands(count: number): string {
  return count.toLocaleString('en-US');
}
