import { type ErrorId, RecuentoError } from '@recuento/contract';

/** How the bytes of a file become text. */
export type Unwrapping = 'none' | 'gzip' | 'utf-16le' | 'utf-16be';

/**
 * Bytes that are examined to recognise a file: enough for the first statement of a dump, or for the names of a workbook's
 * parts. As a file may come slowly, it is examined as soon as the bytes of a signature are there.
 */
export const LOOK_BYTES = { max: 1_024, wait_for: 16 };

/**
 * What a file is by its first bytes, whatever its name. If it is not text, the error names its kind and what to do.
 *
 * @throws RecuentoError file-is-packed, file-is-workbook, file-is-web-page, file-is-sql, file-is-no-text
 */
export function unwrappingOf(begin: Buffer): Unwrapping {
  if (startsWith(begin, 0x1f, 0x8b, 0x08)) return 'gzip';
  const wide = utf16Of(begin);
  if (wide !== undefined) return wide;
  const refused = refusalOf(begin, begin.toString('latin1'));
  if (refused === undefined) return 'none';
  const [id, kind] = refused;
  throw new RecuentoError(id, kind === undefined ? {} : { values: { kind } });
}

/** By a byte order mark; without one, by a zero in nearly every second byte. */
function utf16Of(begin: Buffer): Unwrapping | undefined {
  if (startsWith(begin, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(begin, 0xfe, 0xff)) return 'utf-16be';
  const pairs = Math.floor(begin.length / 2);
  if (pairs < PAIRS_MIN) return undefined;
  let [first, second] = [0, 0];
  for (let at = 0; at < 2 * pairs; at += 2) {
    if (begin[at] === 0) first += 1;
    if (begin[at + 1] === 0) second += 1;
  }
  if (second > pairs / 2 && first < second / 10) return 'utf-16le';
  return first > pairs / 2 && second < first / 10 ? 'utf-16be' : undefined;
}

/** Fewer characters prove nothing. */
const PAIRS_MIN = 8;

type Refusal = readonly [id: ErrorId, kind?: string];

function refusalOf(begin: Buffer, text: string): Refusal | undefined {
  if (startsWith(begin, 0x50, 0x4b, 0x03, 0x04) || startsWith(begin, 0x50, 0x4b, 0x05, 0x06)) {
    if (text.includes('[Content_Types].xml') || text.includes('xl/')) return ['file-is-workbook', 'XLSX'];
    return text.includes('opendocument') ? ['file-is-workbook', 'ODS'] : ['file-is-packed', 'ZIP'];
  }
  if (BZIP2.test(text)) return ['file-is-packed', 'BZIP2'];
  if (text.startsWith(TAR, TAR_AT)) return ['file-is-packed', 'TAR'];
  const known = SIGNATURES.find(([signature]) => text.startsWith(signature));
  if (known) return known[1];
  const shown = text.replace(/^(?:\xef\xbb\xbf)?\s*/, '');
  if (WORKBOOK_XML.test(shown)) return ['file-is-workbook', 'XML'];
  if (WEB_PAGE.test(shown)) return ['file-is-web-page'];
  return SQL.test(shown.replace(COMMENTS, '')) || DUMP.test(shown) ? ['file-is-sql'] : undefined;
}

const SIGNATURES: readonly (readonly [signature: string, Refusal])[] = [
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', ['file-is-workbook', 'XLS']],
  ['7z\xbc\xaf\x27\x1c', ['file-is-packed', '7Z']],
  ['Rar!\x1a\x07', ['file-is-packed', 'RAR']],
  ['\xfd7zXZ\0', ['file-is-packed', 'XZ']],
  ['\x28\xb5\x2f\xfd', ['file-is-packed', 'ZSTD']],
  ['\x04\x22\x4d\x18', ['file-is-packed', 'LZ4']],
  ['%PDF-', ['file-is-no-text', 'PDF']],
  ['SQLite format 3\0', ['file-is-no-text', 'SQLITE']],
  ['PAR1\x15', ['file-is-no-text', 'PARQUET']],
  ['PGDMP', ['file-is-no-text', 'PG_DUMP']],
  ['\x89PNG', ['file-is-no-text', 'PNG']],
  ['\xff\xd8\xff', ['file-is-no-text', 'JPEG']],
  ['RIFF', ['file-is-no-text', 'WAV']],
];

/**
 * It follows the name and the numbers of the archive's first file (POSIX.1, ustar), which are text. Each file in the
 * archive has such a block.
 */
const TAR = 'ustar';
const TAR_AT = 257;
/** Longer than the three letters `BZh`, with which a title could begin too. */
const BZIP2 = /^BZh[1-9]1AY/;
const WORKBOOK_XML = /^<\?xml[^>]*>\s*(?:<\?mso-application[^>]*>\s*)?<(?:ss:)?Workbook\b/i;
const WEB_PAGE =
  /^(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)?<(?:!doctype\s+html|html|head|body|meta|style|table|div|center|font|script)\b/i;
/** SQL comments before the first statement. */
const COMMENTS = /^(?:(?:--|#)[^\n]*\n\s*|\/\*(?:[^*]|\*(?!\/))*\*\/;?\s*)+/;
const SQL =
  /^(?:(?:CREATE|DROP|LOCK|ALTER)\s+(?:TABLE|TABLES|DATABASE|SCHEMA)\b|INSERT\s+(?:IGNORE\s+)?INTO\s|REPLACE\s+INTO\s|SET\s+[@\w.]+\s*(?:=|TO\s)|USE\s+[`"\w]+;|BEGIN(?:\s+TRANSACTION)?;|START\s+TRANSACTION|PRAGMA\s+\w+|COPY\s+[\w."]+\s*\()/i;
/** How dumps name themselves. */
const DUMP =
  /^(?:--[ -]*\r?\n)*--[ -]*(?:MySQL|MariaDB|PostgreSQL database|phpMyAdmin SQL|Adminer [\d.]+ MySQL|HeidiSQL)\b[^\n]*(?:dump|\d)/i;

function startsWith(bytes: Buffer, ...begin: readonly number[]): boolean {
  return begin.every((byte, at) => bytes[at] === byte);
}
