import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeEngines } from '../../../test/servers/engines.js';
import type { Engine } from './engine.js';

/** A reply has only the output of its own statement, whatever happens to statements of others beside and before it. */

/** What the other caller does: it hangs up at some moment, has little time, sends a query that fails, or leaves its stream. */
interface Misdeed {
  readonly kind: 'hangs up' | 'runs out of time' | 'fails' | 'leaves a stream' | 'fails in a stream';
  /** Milliseconds, or the row that fails, or chunks that are read. */
  readonly at: number;
}

const misdeed: fc.Arbitrary<Misdeed> = fc.record({
  kind: fc.constantFrom('hangs up', 'runs out of time', 'fails', 'leaves a stream', 'fails in a stream'),
  at: fc.nat(60),
});

// biome-ignore lint/suspicious/noTemplateCurlyInString: the engine's blanks
const LINE = '${secret:CSV}\n';
const rowsThatFail = (at: number) =>
  `SELECT 'SECRET' AS secret, throwIf(number = ${at * 100 + 50}) FROM numbers(8000)`;
const SLOW = "SELECT 'SECRET' AS secret, sleepEachRow(0.00002) FROM numbers(8000)";
const SMALL_BLOCKS = { max_block_size: 100, max_threads: 1 };

async function misbehave(engine: Engine, { kind, at }: Misdeed): Promise<void> {
  const asked = { fair_key: 'A', max_ms: 10_000, settings: SMALL_BLOCKS };
  if (kind === 'leaves a stream' || kind === 'fails in a stream') {
    const sql =
      kind === 'fails in a stream' ? rowsThatFail(at) : "SELECT 'SECRET' AS secret FROM numbers(100000)";
    const rows = engine.stream({ ...asked, sql, line: LINE });
    for (let read = 0; read < Math.max(1, at / 10); read += 1) await rows.next();
    await rows.return(undefined);
    return;
  }
  const caller = new AbortController();
  const sql = `${kind === 'fails' ? rowsThatFail(at) : SLOW} FORMAT TSV`;
  const max_ms = kind === 'runs out of time' ? at + 1 : asked.max_ms;
  const read = engine.read({ ...asked, sql, max_ms, signal: caller.signal });
  if (kind === 'hangs up') setTimeout(at).then(() => caller.abort(), expect.fail);
  await read;
}

/** B's questions, with their answers. */
async function askAll(engine: Engine): Promise<string[]> {
  const asked = { fair_key: 'B', max_ms: 60_000 };
  const streamed = async () => {
    const chunks: Buffer[] = [];
    const sql = "SELECT 'mine' AS mine, number FROM numbers(20000)";
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the engine's blanks
    for await (const chunk of engine.stream({ ...asked, sql, line: '${mine:CSV},${number:CSV}\n' }))
      chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  const replies = [
    await engine.read({ ...asked, sql: "SELECT 'mine', number FROM numbers(3000) FORMAT TSV" }),
    await engine.read({ ...asked, sql: 'SELECT number FROM numbers(1000) FORMAT Parquet' }),
    await engine.read({ ...asked, sql: 'SELECT number FROM numbers(0) FORMAT TSV' }),
    await streamed(),
  ];
  return replies.map((reply) => reply.toString('latin1'));
}

describeEngines(({ open }) => {
  test.each([1, 2, 6])('with %i sessions', async (read_sessions) => {
    const engine = await open({ read_sessions, waiting_reads: 1_000, read_memory_bytes: 2 * 1024 ** 3 });
    const alone = await askAll(engine);
    let [compared, broken_off] = [0, 0];
    await fc.assert(
      fc.asyncProperty(fc.array(misdeed, { minLength: 2, maxLength: 8 }), async (misdeeds) => {
        const others = misdeeds.map((one) =>
          misbehave(engine, one).catch(() => {
            broken_off += 1;
          }),
        );
        const replies = await Promise.all([askAll(engine), askAll(engine)]);
        await Promise.all(others);
        for (const reply of [...replies, await askAll(engine)]) {
          expect(reply).toEqual(alone);
          compared += reply.length;
        }
      }),
      { numRuns: 15, endOnFailure: true },
    );
    await engine.close();
    expect(compared).toBe(15 * 3 * alone.length);
    expect(broken_off).toBeGreaterThan(15);
  });
});
