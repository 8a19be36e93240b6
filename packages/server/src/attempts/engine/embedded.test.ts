import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EmbeddedEngine } from './embedded.js';

let path: string;
let engine: EmbeddedEngine;
beforeAll(async () => {
  path = await mkdtemp(join(tmpdir(), 'recuento-engine-'));
  engine = new EmbeddedEngine({
    path,
    read_sessions: 4,
    write_sessions: 1,
    waiting_reads: 100,
    read_memory_bytes: 1024 ** 3,
  });
});
afterAll(async () => {
  await engine.close();
  await rm(path, { recursive: true, force: true });
});

/** Each value has a key of its own, so that all sessions are used at once. */
async function echoed(value: string | number, type: string, key: number): Promise<unknown> {
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

test('whatever a value holds, it comes in as it is, in every session at the same time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(hostile, { minLength: 4, maxLength: 4 }), async (values) => {
      expect(await Promise.all(values.map((value, key) => echoed(value, 'String', key)))).toEqual(values);
    }),
    { numRuns: 150 },
  );
});

test('a list of ids as long as there may be, and numbers', async () => {
  const ids = "\\'".repeat(128 * 1024);
  expect(await echoed(ids, 'String', 1)).toBe(ids);
  expect(await echoed(4_294_967_295, 'UInt32', 1)).toBe(4_294_967_295);
});
