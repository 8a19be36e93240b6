import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { describeEngines } from '../../../test/servers/engines.js';
import { type Engine, EngineAborted, EngineTimeout } from './engine.js';

const asked = { fair_key: 'test', max_ms: 60_000 };

/** Lines of a thousand characters: some 10 GB of them. */
const ENDLESS = {
  sql: "SELECT number, repeat('x', 1000) AS text FROM numbers(10000000)",
  line: lineOf('number', 'text'),
};

/** A row as `JSONEachRow` writes it. */
function lineOf(...columns: readonly string[]): string {
  return `{${columns.map((name) => `"${name}":\${${name}:JSON}`).join(',')}}\n`;
}

/** Replies of any length, of which one chunk at a time is in memory. */
describeEngines(({ open }) => {
  let engine: Engine;
  /** One session for each of two keys: if a stream kept its session, the next statement would notice. */
  beforeAll(async () => {
    engine = await open({ read_sessions: 2 });
  });
  afterAll(() => engine.close());
  // Whatever happened to a stream, its query does not run on.
  afterEach(async () => {
    await expect.poll(rowsRead, { timeout: 60_000 }).toBe(undefined);
  });

  /** Rows that the streaming query has read so far; undefined when none runs. */
  async function rowsRead(): Promise<number | undefined> {
    const bytes = await engine.read({
      sql: "SELECT read_rows FROM system.processes WHERE current_database = currentDatabase() AND query LIKE '%numbers(1%' AND query NOT LIKE '%processes%' FORMAT TSV",
      fair_key: 'watch',
      max_ms: 10_000,
    });
    return bytes.length === 0 ? undefined : Number(bytes.toString());
  }

  test('has the bytes of a read, in chunks of whole rows', async () => {
    const sql = 'SELECT number, toString(number) AS text FROM numbers(100000 * 3)';
    const chunks: Buffer[] = [];
    for await (const chunk of engine.stream({ sql, line: lineOf('number', 'text'), ...asked }))
      chunks.push(chunk);
    expect(chunks.length).toBeGreaterThan(10);
    for (const chunk of chunks) expect(chunk.at(-1)).toBe(0x0a);
    const whole = await engine.read({ sql: `${sql} FORMAT JSONEachRow`, ...asked });
    expect(Buffer.concat(chunks).equals(whole)).toBe(true);
  });

  test('a reader that pauses holds the engine up: ten gigabytes take no memory', async () => {
    const before = process.memoryUsage().rss;
    const chunks = engine.stream({ ...ENDLESS, ...asked });
    let rows = 0;
    for (let at = 0; rows <= 100_000; at += 1) {
      const { value } = await chunks.next();
      rows += value?.toString('latin1').split('\n').length ?? 0;
      // Time for the engine to run ahead, if it did.
      if (at % 100 < 5) await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await rowsRead()).toBeLessThan(rows + 1_000_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(1024 ** 3);
    await chunks.return(undefined);
  });

  test('its caller may stop it, also while it waits for a chunk', async () => {
    const caller = new AbortController();
    // Never yields: no number passes its filter.
    const sql = 'SELECT number FROM numbers(1000000000000) WHERE sipHash64(number) = 1';
    const chunks = engine.stream({ sql, line: lineOf('number'), ...asked, signal: caller.signal });
    const first = chunks.next();
    setTimeout(() => caller.abort(), 100);
    await expect(first).rejects.toThrow(EngineAborted);
  });

  test('its caller may stop it between two chunks, and before the first', async () => {
    const caller = new AbortController();
    const chunks = engine.stream({ ...ENDLESS, ...asked, signal: caller.signal });
    expect((await chunks.next()).done).toBe(false);
    caller.abort();
    await expect(chunks.next()).rejects.toThrow(EngineAborted);
    const gone = engine.stream({
      ...ENDLESS,
      ...asked,
      signal: AbortSignal.abort(new EngineAborted('gone')),
    });
    await expect(gone.next()).rejects.toThrow('gone');
  });

  test('ends with its time, however fast it is read', async () => {
    const chunks = engine.stream({ ...ENDLESS, ...asked, max_ms: 300 });
    const all = async () => {
      for await (const _ of chunks);
    };
    await expect(all()).rejects.toThrow(EngineTimeout);
  });

  test('a query that fails in its middle fails the stream, and does not end it', async () => {
    const sql =
      "SELECT number, throwIf(number = 900000, 'here') AS zero FROM numbers(1000000) SETTINGS max_threads = 1";
    let chunks = 0;
    const all = async () => {
      for await (const _ of engine.stream({ sql, line: lineOf('number'), ...asked })) chunks += 1;
    };
    await expect(all()).rejects.toThrow('here');
    expect(chunks).toBeGreaterThan(10);
  });

  test('values come in unchanged, and the settings of a stream do not hold for the next read', async () => {
    const hostile = fc.array(
      fc.constantFrom("'", '\\', '"', '\t', '\n', '\0', '{x:String}', ';', '--', 'ñ'),
      {
        maxLength: 12,
      },
    );
    const sql = "SELECT {value:String} AS value, getSetting('max_block_size') AS rows";
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the engine's blanks
    const line = '[${value:JSON},${rows:JSON}]\n';
    await fc.assert(
      fc.asyncProperty(hostile, async (parts) => {
        const params = { value: parts.join('') };
        const chunks: Buffer[] = [];
        for await (const chunk of engine.stream({ sql, line, params, ...asked })) chunks.push(chunk);
        expect(JSON.parse(Buffer.concat(chunks).toString())).toEqual([params.value, 8192]);
        const read = await engine.read({ sql: `${sql} FORMAT JSONCompactEachRow`, params, ...asked });
        expect(JSON.parse(read.toString())).toEqual([params.value, 65409]);
      }),
      { numRuns: 50 },
    );
  });
});
