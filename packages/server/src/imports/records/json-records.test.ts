import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RECORD_MAX_BYTES, readJsonRecords, VALUES_MAX } from './json-records.js';

interface Cut {
  readonly records: { readonly text: string; readonly fault: string | undefined }[];
}

async function cut(chunks: Iterable<Uint8Array>, list_key?: string): Promise<Cut['records']> {
  async function* stream() {
    yield* chunks;
  }
  const records: Cut['records'] = [];
  for await (const { first, texts, faults } of readJsonRecords(stream(), list_key)) {
    expect(first).toBe(records.length + 1);
    texts.forEach((text, at) => {
      records.push({ text, fault: faults.get(at) });
    });
  }
  return records;
}

function* inPieces(bytes: Buffer, sizes: readonly number[]): Generator<Buffer> {
  let at = 0;
  for (let nr = 0; at < bytes.length; nr += 1) {
    const size = sizes[nr % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

/** The records of a text: parsed values, and for the others their fault, or `bad JSON` where they have none. */
async function recordsOf(text: string, list_key?: string): Promise<unknown[]> {
  const records = await cut([Buffer.from(text)], list_key);
  for (const size of [1, 2, 7]) {
    expect(await cut(inPieces(Buffer.from(text), [size]), list_key)).toEqual(records);
  }
  return records.map(({ text: record, fault }) => {
    if (fault !== undefined) return `!${fault}`;
    try {
      return JSON.parse(record);
    } catch {
      return '!bad JSON';
    }
  });
}

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    'calls',
    'data',
    '{',
    '}',
    '[',
    ']',
    '"',
    '\\',
    '\\"',
    ',',
    ':',
    '\n{',
    '{"calls":[',
    'ñ€😀',
  ),
);
const plain = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    nasty,
    fc.integer(),
    fc.constantFrom(null, true, false, -0.5e-7),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  // No key is the list's: a record with such a list inside would be what surrounds a list.
  object: fc.dictionary(
    nasty.filter((key) => key !== 'calls'),
    tie('value'),
    { maxKeys: 3 },
  ),
}));

const record = plain.object;
const spaces = fc.constantFrom(undefined, 1, 2, '\t');
/** A document, and the records in it. */
const document = fc.oneof(
  fc.record({ records: fc.tuple(record), shape: fc.constant('single' as const), space: spaces }),
  fc.record({
    records: fc.array(record, { maxLength: 4 }),
    shape: fc.constant('array' as const),
    space: spaces,
  }),
  fc.record({
    records: fc.array(record, { maxLength: 4 }),
    shape: fc.constantFrom('page' as const, 'nested' as const),
    space: spaces,
    before: record,
    after: record,
  }),
);

function written(one: typeof document extends fc.Arbitrary<infer T> ? T : never): string {
  const { records, shape, space } = one;
  switch (shape) {
    case 'single':
      return JSON.stringify(records[0], null, space);
    case 'array':
      return JSON.stringify(records, null, space);
    case 'page':
      return JSON.stringify({ before: one.before, calls: records, after: one.after }, null, space);
    case 'nested':
      return JSON.stringify({ page: { x: 1, calls: records }, again: { calls: records } }, null, space);
  }
}

test('random documents, cut anywhere, give the records that JSON.parse gives', async () => {
  const documents = fc.array(fc.tuple(document, fc.constantFrom('', '\n', '\r\n', ' ', '\x1e', '\n\x1e')), {
    maxLength: 5,
  });
  const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(documents, sizes, async (all, pieces) => {
      const text = all.map(([one, end]) => written(one) + end).join('');
      const expected = all.flatMap(([one]) =>
        one.shape === 'nested' ? [...one.records, ...one.records] : one.records,
      );
      const records = await cut(inPieces(Buffer.from(text), pieces), 'calls');
      expect(records.map(({ fault }) => fault)).toEqual(expected.map(() => undefined));
      expect(records.map((one) => JSON.parse(one.text))).toEqual(JSON.parse(JSON.stringify(expected)));
    }),
    { numRuns: 1_000 },
  );
});

test('any bytes at all are cut alike, however they come', async () => {
  const unit = fc.constantFrom(...'{}[]",:\\\n\r\x1e a1ñ', '"calls":[', '\ufeff');
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit, maxLength: 60 }),
      fc.integer({ min: 1, max: 9 }),
      async (text, size) => {
        const bytes = Buffer.from(text);
        expect(await cut(inPieces(bytes, [size]), 'calls')).toEqual(await cut([bytes], 'calls'));
      },
    ),
    { numRuns: 2_000 },
  );
});

test('a whole NDJSON record after a broken one is always found', async () => {
  await fc.assert(
    fc.asyncProperty(record, fc.nat(), async (one, at) => {
      const text = JSON.stringify(one);
      const broken = text.slice(0, 1 + (at % text.length));
      if (broken === text) return;
      const records = await cut([Buffer.from(`{"a":"b",${broken.slice(1)}\n{"found":true}\n{"last":1}\n`)]);
      expect(records.at(-1)).toEqual({ text: '{"last":1}', fault: undefined });
    }),
    { numRuns: 500 },
  );
});

const FOUND = { b: 2 };

test.each([
  ['a word that is none', '{"a":tru}\n{"b":2}', ['!bad JSON', FOUND]],
  ['no closing brace', '{"a":1\n{"b":2}', ['!it is cut off: another record begins inside it', FOUND]],
  ['no closing quote', '{"a":"x}\n{"b":2}', ['!a string does not end on its line', FOUND]],
  ['no closing quote, over lines', '{\n "a": "x\n}\n{"b":2}', ['!a string does not end on its line', FOUND]],
  ['brackets that do not match', '{"a":[1,2}\n{"b":2}', ['!its brackets do not match', FOUND]],
  ['brackets in a list', '[{"a":[1}, {"b":2}]', ['!its brackets do not match', FOUND]],
  [
    'a broken string in a list',
    '[\n {\n  "a": "x\n },\n {"b":2}\n]',
    ['!a string does not end on its line', FOUND],
  ],
  ['no JSON before', 'Error: 500\n{"b":2}', ['!it is not JSON', FOUND]],
  ['no JSON after', '{"b":2}\n<html>', [FOUND, '!it is not JSON']],
  ['a stray bracket', '{"b":2}}\n{"b":2}', [FOUND, '!it is not JSON', FOUND]],
  [
    'values that are no objects',
    '[1, "x,]{", null, [1], {"b":2}]',
    [...Array(4).fill('!it is no JSON object'), FOUND],
  ],
  ['cut off in a record', '[{"b":2},{"c":', [FOUND, '!it is cut off']],
  ['cut off in a string', '{"b":2}{"c":"', [FOUND, '!it is cut off']],
  ['cut off between records', '[{"b":2},', [FOUND, '!its document is cut off']],
  ['cut off after the list', '{"calls":[{"b":2}],"x', [FOUND, '!its document is cut off']],
  ['cut off, another file after it', '[{"b":2},{"c":"\x1e[{"b":2}]', [FOUND, '!it is cut off', FOUND]],
  [
    'cut off in lines, another behind its last byte',
    '{\n  "a": "x{\n  "c": {"b": 2}\n}{"b":2}',
    ['!a string does not end on its line', FOUND],
  ],
  [
    'cut off, another right behind',
    '{"a":{"c":1}{"b":2}',
    ['!it is cut off: another record begins inside it', FOUND],
  ],
  [
    'broken around the list',
    '{"calls":[{"b":2}],"x":[1}\n{"b":2}',
    [FOUND, '!what surrounds its records is broken: its brackets do not match', FOUND],
  ],
  ['too many commas, and too few', '[,{"b":2},,{"b":2}{"b":2},]', [FOUND, FOUND, FOUND]],
  ['a list key that names no list', '{"calls":null,"b":2}', [{ calls: null, b: 2 }]],
  ['a list key as a value', '{"b":"calls","c":[1]}', [{ b: 'calls', c: [1] }]],
  ['an empty page', '{"calls":[],"b":2}', []],
  ['byte order marks', '\ufeff{"b":2}\n\ufeff{"b":2}', [FOUND, FOUND]],
  ['nothing', ' \n\x1e\n', []],
])('%s', async (_name, text, records) => {
  expect(await recordsOf(text, 'calls')).toEqual(records);
});

test('a key is a list key for the formats that have one', async () => {
  expect(await recordsOf('{"calls":[{"b":2}]}')).toEqual([{ calls: [FOUND] }]);
  expect(await recordsOf('{"data":[{"b":2}]}', 'calls')).toEqual([{ data: [FOUND] }]);
});

test('the longest record passes, one byte more is rejected, and what follows is read', async () => {
  const padded = (bytes: number) => `{"a":"${'x'.repeat(bytes - 8)}"}`;
  for (const size of [1_000, 65_536, 10_000_000]) {
    const text = `[${padded(RECORD_MAX_BYTES)},${padded(RECORD_MAX_BYTES + 1)},{"b":2}]`;
    const records = await cut(inPieces(Buffer.from(text), [size]));
    expect(records.map(({ text, fault }) => [text.length, fault])).toEqual([
      [RECORD_MAX_BYTES, undefined],
      [4_096, `it is longer than ${RECORD_MAX_BYTES} bytes`],
      [7, undefined],
    ]);
  }
});

test('a record with the most values passes, one more is rejected, and commas elsewhere are no values of it', async () => {
  const valued = (values: number) => `{"a":[${Array(values).fill('",,"')}]}`;
  const around = `{"before":[${Array(2 * VALUES_MAX).fill(1)}],"calls":[`;
  const text = `${around}{"b":2}${','.repeat(2 * VALUES_MAX)}${valued(VALUES_MAX)},${valued(VALUES_MAX + 1)},{"b":2}]}`;
  for (const size of [1_000, 10_000_000]) {
    const records = await cut(inPieces(Buffer.from(text), [size]), 'calls');
    expect(records.map(({ fault }) => fault)).toEqual([
      undefined,
      undefined,
      `it has more than ${VALUES_MAX} values`,
      undefined,
    ]);
  }
});

test('memory does not grow with text outside records: 300 MB in a string, around a list, in brackets', async () => {
  const mega = Buffer.alloc(1024 * 1024, 'x');
  function* hostile() {
    yield Buffer.from('{"a":"');
    for (let nr = 0; nr < 100; nr += 1) yield mega;
    yield Buffer.from('","calls":[{"b":2}],"c":"');
    for (let nr = 0; nr < 100; nr += 1) yield mega;
    yield Buffer.from('"}');
    for (let nr = 0; nr < 100; nr += 1) yield Buffer.alloc(1024 * 1024, '[');
  }
  const before = process.memoryUsage().rss;
  const records = await cut(hostile(), 'calls');
  expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  expect(records[0]).toEqual({ text: '{"b":2}', fault: undefined });
});
