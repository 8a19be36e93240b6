import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DOCUMENT_MAX_BYTES, readXmlRecords } from './xml-records.js';

type Found = readonly [text: string, fault: string | undefined];

async function cut(pieces: readonly Uint8Array[]): Promise<Found[]> {
  async function* chunks() {
    yield* pieces;
  }
  const found: Found[] = [];
  for await (const { first, texts, faults } of readXmlRecords(chunks())) {
    expect(first).toBe(found.length + 1);
    texts.forEach((text, at) => {
      found.push([text, faults.get(at)]);
    });
  }
  return found;
}
const cutText = (text: string) => cut([Buffer.from(text)]);

const A = '<cdr core-uuid="a">\n <x>é</x>\n</cdr>';
const B = '<cdr><y/></cdr>';

test.each([
  ['one', A],
  ['one with a declaration', `<?xml version="1.0"?>\n${A}\n`],
  ['a byte order mark', `\ufeff${A}`],
])('%s', async (_, text) => {
  expect(await cutText(text)).toEqual([[A, undefined]]);
});

test.each([
  ['one a line', `${B}\n${B}\r\n\n${B}`],
  ['without anything between', B.repeat(3)],
  ['files one after another', `<?xml version="1.0"?>\n${B}\n`.repeat(3)],
  ['files of a directory', `\x1e<?xml version="1.0"?>${B}`.repeat(3)],
  ['in a tag around all', `<cdrs>\n${B}${B}\n${B}</cdrs>`],
])('%s: three', async (_, text) => {
  expect(await cutText(text)).toEqual(Array(3).fill([B, undefined]));
});

test('a document that breaks off costs itself alone', async () => {
  const broken = '<cdr><x>1</x>\n';
  const inside = 'it is cut off: another one begins inside it';
  expect(await cutText(broken + B)).toEqual([
    [broken, inside],
    [B, undefined],
  ]);
  expect(await cutText(`${broken}<?xml version="1.0"?>${B}`)).toEqual([
    [broken, inside],
    [B, undefined],
  ]);
  expect(await cutText(`\x1e${broken}\x1e${B}`)).toEqual([
    [broken, 'it is cut off'],
    [B, undefined],
  ]);
  expect(await cutText(B + broken)).toEqual([
    [B, undefined],
    [broken, 'it is cut off'],
  ]);
});

test('text between documents is reported, line by line', async () => {
  expect(await cutText(`hello\n${B} there\n<cdrx>573001234567</cdrx>\n${B}</cdr> x`)).toEqual([
    ['hello', 'it is no document of a call'],
    [B, undefined],
    [' there', 'it is no document of a call'],
    ['<cdrx>573001234567</cdrx>', 'it is no document of a call'],
    [B, undefined],
    ['</cdr> x', 'it is no document of a call'],
  ]);
});

test('Latin-1 is read as such, by the document', async () => {
  expect(await cut([Buffer.from(A, 'latin1'), Buffer.from(A)])).toEqual([
    [A, undefined],
    [A, undefined],
  ]);
});

test('a document up to the limit, and one beyond it, which costs itself alone', async () => {
  const of = (bytes: number) => `<cdr>${'x'.repeat(bytes - 11)}</cdr>`;
  const [whole, long, next] = await cutText(of(DOCUMENT_MAX_BYTES) + of(DOCUMENT_MAX_BYTES + 1) + B);
  expect(whole).toEqual([of(DOCUMENT_MAX_BYTES), undefined]);
  expect(long).toEqual([of(DOCUMENT_MAX_BYTES).slice(0, 4_096), 'it is longer than 262144 bytes']);
  expect(next).toEqual([B, undefined]);
});

const PARTS = [
  '<cdr>',
  '<cdr a="1">',
  '</cdr>',
  '<?xml v?>',
  '>',
  '\n',
  '\r\n',
  '\x1e',
  ' ',
  '<',
  'x',
  'é',
  B,
];

test('however it comes in pieces, it is the same, and no text is lost', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...PARTS, '<?xml '), { maxLength: 30 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 9 }),
      async (parts, sizes) => {
        const bytes = Buffer.from(parts.join(''));
        const pieces: Buffer[] = [];
        for (let at = 0; at < bytes.length; at += pieces.at(-1)?.length ?? 1) {
          pieces.push(bytes.subarray(at, at + (sizes[pieces.length % sizes.length] ?? 1)));
        }
        const found = await cut([bytes]);
        expect(await cut(pieces)).toEqual(found);
        if (parts.includes('<?xml ')) return; // what an unfinished declaration swallows is none
        const count = (text: string) => text.split('é').length;
        expect(count(found.map(([text]) => text).join(''))).toBe(count(parts.join('')));
      },
    ),
    { numRuns: 500 },
  );
});
