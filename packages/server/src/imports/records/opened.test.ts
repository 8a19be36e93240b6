import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GROWTH_MAX, openText, withinGrowth } from './opened.js';
import { sourceOf } from './source.js';

const TEXT = 'téléfono,fecha,😀\n573001234567,2026-03-02 09:15:10,x\n'.repeat(400);

async function textOf(bytes: Buffer, sizes: readonly number[] = [bytes.length]): Promise<string> {
  async function* stream() {
    for (let at = 0, nr = 0; at < bytes.length; nr += 1) {
      const size = Math.max(1, sizes[nr % sizes.length] ?? 1);
      yield bytes.subarray(at, at + size);
      at += size;
    }
  }
  const { chunks } = await openText(stream());
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts)
    .toString()
    .replace(/^\ufeff/, '');
}

const big_endian = (text: string) => Buffer.from(text, 'utf16le').swap16();

const WAYS: readonly [string, Buffer][] = [
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${TEXT}`)],
  ['UTF-16 LE with a byte order mark', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
  ['UTF-16 BE with a byte order mark', big_endian(`\ufeff${TEXT}`)],
  ['UTF-16 LE without one', Buffer.from(TEXT, 'utf16le')],
  ['UTF-16 BE without one', big_endian(TEXT)],
  ['gzip', gzipSync(TEXT)],
  [
    'two files of gzip after each other',
    Buffer.concat([gzipSync(TEXT.slice(0, 900)), gzipSync(TEXT.slice(900))]),
  ],
  ['gzip of UTF-16', gzipSync(Buffer.from(`\ufeff${TEXT}`, 'utf16le'))],
  ['gzip of gzip', gzipSync(gzipSync(TEXT))],
];

test.each(WAYS)('%s is read, in whatever pieces it comes', async (_, bytes) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 5 }),
      async (sizes) => {
        expect(await textOf(bytes, sizes)).toBe(TEXT);
      },
    ),
    { numRuns: 10 },
  );
});

test.each([
  '',
  'a',
  'a,b',
  '\0\u0001\u0002',
  '-- \na,b',
  'set,use,drop',
  'insert,into\n1,2',
  'PAR1,PAR2\n',
  'BZhong\na,b',
])('%j is text as it stands', async (text) => {
  expect(await textOf(Buffer.from(text))).toBe(text);
});

const ZIP = 'PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0';
test.each<[string, string, string]>([
  ['file-is-packed', 'ZIP', `${ZIP}calls.csv`],
  ['file-is-packed', '7Z', '7z\xbc\xaf\x27\x1c\0'],
  ['file-is-packed', 'BZIP2', 'BZh91AY'],
  ['file-is-packed', 'ZSTD', '\x28\xb5\x2f\xfd'],
  ['file-is-packed', 'XZ', '\xfd7zXZ\0'],
  ['file-is-workbook', 'XLSX', `${ZIP}[Content_Types].xml`],
  ['file-is-workbook', 'ODS', `${ZIP}mimetypeapplication/vnd.oasis.opendocument.spreadsheet`],
  ['file-is-workbook', 'XLS', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  [
    'file-is-workbook',
    'XML',
    '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="x">',
  ],
  ['file-is-web-page', 'HTML', '<!DOCTYPE html><html>'],
  ['file-is-web-page', 'HTML', '\n  <table border=1><tr><td>Telefono'],
  ['file-is-sql', 'SQL', '-- MySQL dump 10.13\n--\n'],
  ['file-is-sql', 'SQL', '-- MariaDB dump 10.19'],
  ['file-is-sql', 'SQL', '--\n-- PostgreSQL database dump\n--\n'],
  ['file-is-sql', 'SQL', '-- phpMyAdmin SQL Dump\n-- version 5.2'],
  ['file-is-sql', 'SQL', '/*!40101 SET NAMES utf8 */;\nDROP TABLE IF EXISTS `cdr`;'],
  ['file-is-sql', 'SQL', "INSERT INTO `cdr` VALUES ('a');"],
  ['file-is-sql', 'SQL', 'CREATE TABLE cdr (\n'],
  ['file-is-no-text', 'PDF', '%PDF-1.7'],
  ['file-is-no-text', 'PARQUET', 'PAR1\x15\x04\x15'],
  ['file-is-no-text', 'SQLITE', 'SQLite format 3\0'],
])('%s: %s (%j)', async (id, kind, begin) => {
  for (const bytes of [Buffer.from(begin, 'latin1'), gzipSync(Buffer.from(begin, 'latin1'))]) {
    await expect(textOf(bytes, [200])).rejects.toMatchObject({ id, message: expect.stringContaining(kind) });
  }
});

test('a TAR archive is recognised by its first block', async () => {
  const archive = Buffer.from(`${'Master.csv'.padEnd(257, '\0')}ustar\x0000`.padEnd(512, '\0'));
  for (const bytes of [archive, gzipSync(archive)]) {
    const error = { id: 'file-is-packed', message: expect.stringContaining('TAR') };
    await expect(textOf(bytes)).rejects.toMatchObject(error);
  }
});

test('gzip that is cut short is reported in the words of zlib', async () => {
  await expect(textOf(gzipSync(TEXT).subarray(0, 60))).rejects.toMatchObject({ code: 'Z_BUF_ERROR' });
});

test('a file may be packed as tightly as DEFLATE can, and not more tightly by being packed twice', async () => {
  const tooMuch = () => new Error('too much');
  const zeros = Buffer.alloc(4 * GROWTH_MAX.free_bytes, '\n');
  const once = gzipSync(zeros);
  for (const [sent, fits] of [
    [once, true],
    [gzipSync(once), false],
  ] as const) {
    for (const is_declared of [false, true]) {
      const source = sourceOf(Readable.from([sent]), is_declared);
      const { chunks } = await openText(source.chunks);
      let bytes = 0;
      const reading = (async () => {
        for await (const chunk of withinGrowth(chunks, source.bytes, tooMuch)) bytes += chunk.length;
      })();
      if (fits) await reading;
      else await expect(reading).rejects.toThrow('too much');
      if (fits) expect(bytes).toBe(zeros.length);
      else expect(bytes).toBeLessThanOrEqual(GROWTH_MAX.free_bytes + sent.length * GROWTH_MAX.times);
    }
  }
});
