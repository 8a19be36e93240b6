import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeEngines } from '../../../test/servers/engines.js';
import type { Engine, SqlValue } from './engine.js';

/** Each value has a key of its own, so that all sessions are used at once. */
async function echoed(engine: Engine, value: SqlValue, type: string, key: number): Promise<unknown> {
  const bytes = await engine.read({
    sql: `SELECT {value:${type}} AS value FORMAT JSONCompactEachRow`,
    params: { value },
    fair_key: String(key),
    max_ms: 30_000,
  });
  const [row]: unknown[] = JSON.parse(bytes.toString());
  return row;
}

const hostile = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        "'",
        "''",
        '\\',
        "\\'",
        '"',
        '`',
        '\t',
        '\n',
        '\r',
        '\0',
        '{x:String}',
        ';',
        '--',
        '/*',
        '\\N',
        'a',
        'ñ',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
  fc.constant("'; DROP TABLE attempts; --"),
);

describeEngines(({ open }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
  });
  afterAll(() => engine.close());

  test('whatever a value contains, it comes in unchanged, in every session at the same time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { minLength: 4, maxLength: 4 }), async (values) => {
        expect(await Promise.all(values.map((value, key) => echoed(engine, value, 'String', key)))).toEqual(
          values,
        );
      }),
      { numRuns: 150 },
    );
  });

  test('whatever a list contains, it comes in unchanged, short or long', async () => {
    const texts = fc.array(hostile, { maxLength: 8 });
    const sizes = fc.constantFrom(1, 1, 200);
    await fc.assert(
      fc.asyncProperty(texts, sizes, async (list, times) => {
        const whole = Array.from({ length: times }, () => list).flat();
        expect(await echoed(engine, whole, 'Array(String)', 1)).toEqual(whole);
      }),
      { numRuns: 100 },
    );
    const numbers = Array.from({ length: 1_000 }, (_, index) => BigInt(index) << 50n);
    const many = await engine.read({
      sql: 'SELECT arraySum({all:Array(UInt64)}), arraySum({shares:Array(Float64)}), {none:Array(UInt8)} FORMAT TSV',
      params: { all: numbers, shares: [0.25, 1e-7, 2], none: [] },
      fair_key: 'numbers',
      max_ms: 30_000,
    });
    const sum = numbers.reduce((all, number) => all + number, 0n) % 2n ** 64n;
    expect(many.toString()).toBe(`${sum}\t2.2500001\t[]\n`);
  });

  test('the longest list of ids, and numbers', async () => {
    const ids = "\\'".repeat(128 * 1024);
    expect(await echoed(engine, ids, 'String', 1)).toBe(ids);
    expect(await echoed(engine, 4_294_967_295, 'UInt32', 1)).toBe(4_294_967_295);
  });

  test('a value at any length, beside others, in more than one place', async () => {
    for (const length of [511, 512, 513, 131_072, 131_073, 480 * 1024, 1024 ** 2]) {
      // The values look like a blank, an end, an escape.
      const value = "{other:String}'\\\\\t\0ñ;--{value:String}\r\n".repeat(length).slice(0, length);
      const bytes = await engine.read({
        sql: 'SELECT {value:String} = {value:String}, {other:String}, {value:String} AS value FORMAT JSONCompactEachRow',
        params: { value, other: "it's" },
        fair_key: 'long',
        max_ms: 30_000,
      });
      expect(JSON.parse(bytes.toString())).toEqual([1, "it's", value]);
    }
  });

  test('a blank has no value of an earlier statement', async () => {
    const asked = { sql: 'SELECT {kept:String} FORMAT TSV', fair_key: 'kept', max_ms: 30_000 };
    // On every session there is.
    const before = Array.from({ length: 8 }, () => engine.read({ ...asked, params: { kept: 'theirs' } }));
    expect((await Promise.all(before)).map(String)).toEqual(before.map(() => 'theirs\n'));
    await expect(engine.read(asked)).rejects.toThrow();
    expect((await engine.read({ ...asked, params: { kept: 'own' } })).toString()).toBe('own\n');
  });

  test('a setting of one read is not that of the next', async () => {
    const name = 'short_circuit_function_evaluation';
    const asked = { sql: `SELECT getSetting('${name}') FORMAT TSV`, fair_key: 'set', max_ms: 30_000 };
    const told = async (settings: Readonly<Record<string, string>>) => {
      // On every session there is.
      const reads = Array.from({ length: 8 }, () => engine.read({ ...asked, settings }));
      return new Set((await Promise.all(reads)).map(String));
    };
    const own = await told({});
    expect(await told({ [name]: 'disable' })).toEqual(new Set(['disable\n']));
    expect(await told({})).toEqual(own);
    expect(own).not.toContain('disable\n');
  });

  test('a statement may have any length up to the limit', async () => {
    const text = 'x'.repeat(2 * 1024 ** 2 - 100);
    const sql = `SELECT length('${text}') FORMAT TSV`;
    const bytes = await engine.read({ sql, fair_key: 'long', max_ms: 30_000 });
    expect(bytes.toString()).toBe(`${text.length}\n`);
  });

  test('a reply of any length comes whole, and a failure after megabytes is a failure', async () => {
    const rows =
      'SELECT number, repeat(toString(number % 10), 990) FROM numbers(20000) SETTINGS max_threads = 1';
    const asked = { fair_key: 'long', max_ms: 30_000 };
    const whole = await engine.read({ sql: `${rows} FORMAT TSV`, ...asked });
    const lines = whole.toString('latin1').split('\n');
    expect(lines.length).toBe(20_001);
    for (const [at, line] of lines.slice(0, -1).entries()) {
      if (line !== `${at}\t${String(at % 10).repeat(990)}`) throw new Error(`line ${at}`);
    }
    const failing = rows.replace('number,', "number + throwIf(number = 19999, 'here'),");
    await expect(engine.read({ sql: `${failing} FORMAT TSV`, ...asked })).rejects.toThrow('here');
  });
});
