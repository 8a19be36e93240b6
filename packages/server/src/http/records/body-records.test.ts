import { setImmediate } from 'node:timers/promises';
import { RecuentoError } from '@recuento/contract';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { LONG_READS_A_TURN } from '../../admission/turns.js';
import { RECORD_MAX_BYTES, type RecordForm, Records } from './body-records.js';
import { LineCutter } from './line-cutter.js';
import { RecordCutter } from './record-cutter.js';

const NO_LIMIT = 1_000_000;
/** Longer than the records that are read without a check of their bounds. */
const PADDING = ' '.repeat(5_000);

interface Reading {
  readonly records: unknown[];
  readonly faults: [number, string][];
}

async function read(body: string | Buffer, form: RecordForm = 'array', limit = NO_LIMIT): Promise<Reading> {
  const records: unknown[] = [];
  const faults: [number, string][] = [];
  const all = await Records.of(Buffer.from(body), form, limit, setImmediate);
  await all.each({
    read: (record, index) => {
      expect(index).toBe(records.length + faults.length);
      records.push(record);
      return 'long';
    },
    pass: (reason, index) => faults.push([index, reason]),
  });
  expect(all.count).toBe(records.length + faults.length);
  return { records, faults };
}

async function refusal(reading: Promise<unknown>): Promise<string> {
  const error = await reading.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof RecuentoError)) throw error ?? new Error('it was read');
  return `${error.id}: ${error.message}`;
}

/** Texts that look like structure, and characters of every length in UTF-8. */
const text = fc.oneof(
  fc.constantFrom(
    '"',
    '\\',
    '\\"',
    '[',
    ']',
    '{',
    '}',
    ',',
    '},{',
    '\n',
    '\\u0022',
    'ñ',
    '☎',
    '😀',
    '\ufeff',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const value = fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' });
const record = fc.oneof(
  { weight: 3, arbitrary: fc.dictionary(text, fc.oneof(text, value)) },
  { weight: 1, arbitrary: value },
);
const space = fc.string({ unit: fc.constantFrom(' ', '\t', '\r', '\n'), maxLength: 4 });
const indent = fc.constantFrom(undefined, 1, '\t', '\r\n');

/** An array as text, with spaces where JSON allows them. */
const arrayText = fc
  .tuple(fc.array(fc.tuple(record, indent, space, space), { maxLength: 8 }), space, space)
  .map(([records, before, after]) => {
    const inner = records.map(
      ([one, indent, left, right]) => left + JSON.stringify(one, undefined, indent) + right,
    );
    return `${before}[${inner.join(',') || before}]${after}`;
  });

describe('against JSON.parse of the whole', () => {
  test('an array is read as it is, however it is spaced', async () => {
    await fc.assert(
      fc.asyncProperty(arrayText, async (body) => {
        expect((await read(body)).records).toEqual(JSON.parse(body));
      }),
      { numRuns: 500 },
    );
  });

  test('lines are read as they are, blank ones between them', async () => {
    const line = fc.oneof(
      { weight: 4, arbitrary: record.map((one) => JSON.stringify(one)) },
      fc.constantFrom('', ' ', '\t\r'),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 8 }),
        fc.constantFrom('\n', '\r\n'),
        async (lines, end) => {
          const expected = lines.filter((one) => one.trim() !== '').map((one) => JSON.parse(one));
          expect((await read(lines.join(end), 'lines')).records).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  /** A text in which something was inserted, cut or replaced. It may still be JSON. */
  const damaged = fc
    .tuple(
      arrayText,
      fc.nat(),
      fc.nat(3),
      fc.oneof(text, fc.constantFrom(',,', '[]', '}', '1 2', 'null', '')),
    )
    .map(([body, at, gone, put]) => {
      const from = at % (body.length + 1);
      return body.slice(0, from) + put + body.slice(from + gone);
    });

  test('what is broken is refused exactly where JSON.parse refuses it', async () => {
    await fc.assert(
      fc.asyncProperty(damaged, async (body) => {
        const parsed = parseArray(Buffer.from(body).toString());
        if (parsed) expect((await read(body)).records).toEqual(parsed);
        else expect(await refusal(read(body))).toMatch(/^malformed-body: .* IT IS NOT /);
      }),
      { numRuns: 2_000 },
    );
  });

  test('bytes of any kind are read or refused, in both forms, and nothing else happens', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc
        .array(fc.constantFrom(...Buffer.from('[]{}",:\\\n 1n\xff')), { maxLength: 40 })
        .map((all) => Uint8Array.from(all)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.constantFrom<RecordForm>('array', 'lines'), async (body, form) => {
        const read_or_refused = await read(Buffer.from(body), form).catch((error: unknown) => error);
        if (read_or_refused instanceof Error) expect(read_or_refused).toMatchObject({ id: 'malformed-body' });
      }),
      { numRuns: 2_000 },
    );
  });
});

function parseArray(body: string): unknown[] | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

test('a body is cut in the same places whatever its steps are', () => {
  fc.assert(
    fc.property(
      arrayText,
      fc.constantFrom('array', 'one', 'lines'),
      fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      (body, form, steps) => {
        const cut = (next: () => number) => {
          const bounds = { bytes: 20_000, depth: 2, values: 3 };
          const bytes = Buffer.from(body);
          const cutter =
            form === 'lines'
              ? new LineCutter(bytes, NO_LIMIT, bounds)
              : new RecordCutter(bytes, form, NO_LIMIT, bounds);
          while (cutter.step(next()));
          const { starts, ends, beyond, count } = cutter;
          return { starts, ends, beyond, count };
        };
        let at = 0;
        const whole = cut(() => body.length * 4 + 1);
        expect(cut(() => steps[at++ % steps.length] ?? 1)).toEqual(whole);
      },
    ),
  );
});

describe('bounds at their edges', () => {
  test('as many records as the limit pass; one more is refused with how many there are, unread', async () => {
    for (const form of ['array', 'lines'] as const) {
      const body = (count: number) =>
        form === 'array' ? `[${Array(count).fill('{}')}]` : Array(count).fill('{}').join('\n');
      expect((await read(body(3), form, 3)).records).toHaveLength(3);
      expect(await refusal(read(body(4), form, 3))).toMatch(/too-many-records: .* 4 .* 3:/);
      expect(await refusal(read(body(40_000), form, 3))).toMatch(/too-many-records: .* 40000 .* 3:/);
    }
    expect(await refusal(read('[no,JSON,at,all]', 'array', 3))).toContain('too-many-records: ');
  });

  test('16 levels pass, and one more is a fault of its record alone', async () => {
    const deep = (levels: number) => `{${PADDING}"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
    for (const [form, join] of [
      ['array', (all: string[]) => `[${all}]`],
      ['lines', (all: string[]) => all.join('\n')],
    ] as const) {
      const { records, faults } = await read(join(['{}', deep(16), deep(17), '{}']), form);
      expect(records).toEqual([{}, JSON.parse(deep(16)), {}]);
      expect(faults).toEqual([[2, 'is nested deeper than 16 levels']]);
    }
  });

  test('1,000 values pass, and one more is a fault of its record alone', async () => {
    const many = (values: number) => `{${PADDING}"a":[${Array(values).fill(1)}]}`;
    const { records, faults } = await read(`[${many(1_000)},${many(1_001)},1]`);
    expect(records).toEqual([JSON.parse(many(1_000)), 1]);
    expect(faults).toEqual([[1, 'has more than 1000 values']]);
  });

  test('512 KiB pass, and one byte more is a fault of its record alone; spaces around it do not count', async () => {
    const long = (bytes: number) => `{"a":"${'x'.repeat(bytes - 8)}"}`;
    const spaces = ' '.repeat(RECORD_MAX_BYTES);
    const { records, faults } = await read(
      `[${spaces}${long(RECORD_MAX_BYTES)}${spaces},${long(RECORD_MAX_BYTES + 1)}]`,
    );
    expect(records).toEqual([JSON.parse(long(RECORD_MAX_BYTES))]);
    expect(faults).toEqual([[1, 'has more than 524288 bytes']]);
  });

  test('a record that exceeds a bound and is not an object is reported as not an object', async () => {
    const { faults } = await read(
      `[${'['.repeat(5_000)}${']'.repeat(5_000)},"${'x'.repeat(RECORD_MAX_BYTES)}"]`,
    );
    expect(faults).toEqual([
      [0, 'is not an object'],
      [1, 'is not an object'],
    ]);
  });
});

test('the number of a broken line is reported, counting blank lines', async () => {
  expect(await refusal(read('{}\n\n \n{\n{}', 'lines'))).toContain('LINE 4 IS NOT JSON');
  expect(await refusal(read('{"a":"\n"}', 'lines'))).toContain('LINE 1 IS NOT JSON');
  expect(await refusal(read('{}\n1,2\n[3\n4]', 'lines'))).toContain('LINE 2 IS NOT JSON');
});

type Way = 'short' | 'long';

describe('turns', () => {
  /** The records that were read between two turns, and the turns that were given before the first record. */
  async function shares(
    body: Buffer,
    form: RecordForm = 'array',
    wayOf: (index: number) => Way = () => 'long',
  ) {
    let turns = 0;
    const give_turn = () => {
      turns += 1;
      return Promise.resolve();
    };
    const records = await Records.of(body, form, NO_LIMIT, give_turn);
    const to_cut = turns;
    const read = new Map<number, number>();
    const handled = () => read.set(turns, (read.get(turns) ?? 0) + 1);
    const readOne = (_record: unknown, index: number) => {
      handled();
      return wayOf(index);
    };
    await records.each({ read: readOne, pass: handled });
    return { to_cut, read: [...read.values()], turns };
  }

  test('are given before a body is begun and each 256 KiB that are looked through, whatever is in them', async () => {
    const bytes = 2 * 1024 * 1024;
    const bodies: [Buffer, RecordForm][] = [
      [Buffer.from(`[${' '.repeat(bytes - 2)}]`), 'array'],
      [Buffer.from(`["${'x'.repeat(bytes - 4)}"]`), 'array'],
      [Buffer.from(`["${'\\"'.repeat(bytes / 2 - 2)}"]`), 'array'],
      [Buffer.from(`${'['.repeat(bytes / 2)}${']'.repeat(bytes / 2)}`), 'array'],
      [Buffer.from('\n'.repeat(bytes)), 'lines'],
    ];
    for (const [body, form] of bodies) expect((await shares(body, form)).to_cut).toBe(8);
  });

  test.each(['array', 'lines'] as const)(
    'are given each 1,000 records, and each 100 that take long: %s',
    async (form) => {
      const body = Buffer.from(
        form === 'array' ? `[${Array(2_050).fill('{}')}]` : Array(2_050).fill('{}').join('\n'),
      );
      expect((await shares(body, form, () => 'short')).read).toEqual([1_000, 1_000, 50]);
      // (At a thousand both are full.)
      expect((await shares(body, form)).read).toEqual([...Array(20).fill(100), 50]);
      // Every tenth takes long: the hundredth of them is record 991.
      const tenth = await shares(body, form, (index) => (index % 10 === 0 ? 'long' : 'short'));
      expect(tenth.read).toEqual([991, 9, 991, 9, 50]);
    },
  );

  test('are given each 100 lines that are tried and are no JSON', async () => {
    const tried: number[] = [];
    const parse = vi.spyOn(JSON, 'parse');
    const give_turn = () => {
      tried.push(parse.mock.calls.length);
      parse.mockClear();
      return Promise.resolve();
    };
    const records = await Records.of(Buffer.from('x\n'.repeat(2_050)), 'lines', NO_LIMIT, give_turn);
    const broken: number[] = [];
    await records.each({ read: () => 'short', pass: () => undefined, broken: (index) => broken.push(index) });
    parse.mockRestore();
    expect(broken).toEqual(Array.from({ length: 2_050 }, (_, index) => index));
    // A line is tried before it is known to be one too many.
    expect(Math.max(...tried)).toBeLessThanOrEqual(LONG_READS_A_TURN + 1);
  });

  test('are given once for a small body, and once more before anything is made of a larger one', async () => {
    expect((await shares(Buffer.from(`[${Array(100).fill('{}')}]`))).turns).toBe(1);
    expect((await shares(Buffer.from(`[${Array(101).fill('{}')}]`), 'array', () => 'short')).turns).toBe(2);
  });

  test('are given each 256 KiB of records', async () => {
    // With its comma, 64 KiB.
    const record = `"${'x'.repeat(64 * 1024 - 3)}"`;
    expect((await shares(Buffer.from(`[${Array(10).fill(record)}]`))).read).toEqual([4, 4, 2]);
    const gap = ' '.repeat(300 * 1024);
    // Bytes between two records count with the later one.
    expect((await shares(Buffer.from(`[1${gap},${gap}2,3]`))).read).toEqual([1, 1, 1]);
    expect((await shares(Buffer.from(`1\n${gap}\n2\n3`), 'lines')).read).toEqual([1, 1, 1]);
    const long = `"${'x'.repeat(300 * 1024)}"`;
    expect((await shares(Buffer.from(`[${Array(3).fill(long)}]`))).read).toEqual([1, 1, 1]);
  });
});
