import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeServer, type TestEngine } from '../../../../test/servers/engines.js';
import { ask, INTO, makeTold, rowsOf } from '../../../../test/servers/told-rows.js';
import { EngineAborted, EngineTimeout, EngineUnavailable } from '../engine.js';

/** A server that is frozen or gone, and comes back. */
describeServer(({ open, server }) => {
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await open({ read_sessions: 2 });
  });
  afterEach(() => engine.close());

  const asked = { fair_key: 'test', max_ms: 60_000 };
  const SLOW = 'SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 1 FORMAT TSV';
  /** Some gigabytes. */
  const ENDLESS = {
    sql: "SELECT number, repeat('x', 1000) AS text FROM numbers(10000000)",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the engine's blanks
    line: '${number:CSV},${text:CSV}\n',
  };
  const answers = async () => expect(await ask(engine, 'SELECT 1')).toBe('1');

  async function runs(sql: string): Promise<string> {
    const bytes = await engine.read({
      sql: 'SELECT count() FROM system.processes WHERE startsWith(query, {sql:String}) FORMAT TSV',
      params: { sql },
      ...asked,
    });
    return bytes.toString().trim();
  }

  async function begun(sql: string): Promise<void> {
    await expect.poll(() => runs(sql), { timeout: 20_000 }).toBe('1');
  }

  test('frozen: reads, streams and stopped statements end within their time, and hold no session', async () => {
    await answers();
    await server().freeze();
    try {
      const caller = new AbortController();
      const short = { fair_key: 'test', max_ms: 500 };
      const late = engine.read({ sql: 'SELECT 1 FORMAT TSV', ...short });
      await expect(late).rejects.toThrow(EngineTimeout);
      const stream = engine.stream({ ...ENDLESS, ...short });
      await expect(stream.next()).rejects.toThrow(EngineTimeout);
      const stopped = engine.read({ sql: 'SELECT 2 FORMAT TSV', ...asked, signal: caller.signal });
      await setTimeout(100);
      caller.abort();
      await expect(stopped).rejects.toThrow(EngineAborted);
      // All sessions, twice.
      const all = Array.from({ length: 4 }, (_, at) =>
        engine.read({ sql: 'SELECT 3 FORMAT TSV', fair_key: String(at), max_ms: 500 }).catch(String),
      );
      expect((await Promise.all(all)).every((said) => String(said).includes('EngineTimeout'))).toBe(true);
    } finally {
      server().thaw();
    }
    await answers();
  });

  test('frozen in the middle of a stream: it ends with its time, and goes on if the server does before', async () => {
    const chunks = engine.stream({ ...ENDLESS, ...asked, max_ms: 2_000 });
    await chunks.next();
    await server().freeze();
    try {
      const all = async () => {
        for await (const _ of chunks);
      };
      await expect(all()).rejects.toThrow(EngineTimeout);
    } finally {
      server().thaw();
    }
    const sql = ENDLESS.sql.replace('10000000', '100000');
    const thawed = engine.stream({ ...ENDLESS, sql, ...asked });
    let bytes = (await thawed.next()).value?.length ?? 0;
    await server().freeze();
    const back = setTimeout(300).then(() => server().thaw());
    for await (const chunk of thawed) bytes += chunk.length;
    await back;
    // Each number, a comma, and the text between its quotes.
    expect(bytes).toBe(100_000 * (1 + 2 + 1_000 + 1) + 488_890);
  });

  test('killed in the middle of a read, of a stream and of an insert: each fails, and all works again when it is back', async () => {
    await makeTold(engine);
    const read = engine.read({ sql: SLOW, ...asked });
    const read_fails = expect(read).rejects.toThrow(EngineUnavailable);
    const chunks = engine.stream({ ...ENDLESS, ...asked, fair_key: 'other' });
    await chunks.next();
    await setTimeout(100);
    await server().kill();
    await read_fails;
    const all = async () => {
      for await (const _ of chunks);
    };
    await expect(all()).rejects.toThrow(EngineUnavailable);
    const insert = () => engine.insertRows({ ...INTO, rows: rowsOf([{ trunk: 'mine' }]) });
    await expect(insert()).rejects.toThrow(EngineUnavailable);
    await expect(engine.read({ sql: 'SELECT 1 FORMAT TSV', ...asked })).rejects.toThrow(EngineUnavailable);
    await expect(engine.change('ALTER TABLE told DELETE WHERE 1', 'test')).rejects.toThrow(EngineUnavailable);
    await server().again();
    await insert();
    await insert();
    expect(await ask(engine, 'SELECT brought, trunk FROM told FINAL')).toBe('7\tmine');
  });

  test('killed while rows come in: all of them are there, or none; sent again they are there once', async () => {
    await makeTold(engine);
    const rows = Array.from({ length: 100_000 }, (_, n) => ({ trunk: String(n) }));
    const insert = () => engine.insertRows({ ...INTO, rows: rowsOf(rows) });
    for (const after_ms of [0, 20, 60, 120]) {
      await engine.command('TRUNCATE TABLE told');
      const inserted = insert().then(
        () => 'acknowledged',
        (error: unknown) => error,
      );
      await setTimeout(after_ms);
      await server().kill();
      const said = await inserted;
      await server().again();
      const count = await ask(engine, 'SELECT count() FROM told');
      if (said === 'acknowledged') expect(count).toBe('100000');
      else {
        expect(said).toBeInstanceOf(EngineUnavailable);
        expect(['0', '100000']).toContain(count);
      }
      await insert();
      expect(await ask(engine, 'SELECT count() FROM told FINAL')).toBe('100000');
    }
  });

  test('a statement that its caller leaves or stops does not run on', async () => {
    const caller = new AbortController();
    const read = engine.read({ sql: SLOW, fair_key: 'slow', max_ms: 60_000, signal: caller.signal });
    const stopped = expect(read).rejects.toThrow(EngineAborted);
    await begun(SLOW);
    caller.abort();
    await stopped;
    expect(await runs(SLOW)).toBe('0');
    const chunks = engine.stream({ ...ENDLESS, fair_key: 'slow', max_ms: 60_000 });
    await chunks.next();
    expect(await runs(ENDLESS.sql)).toBe('1');
    await chunks.return(undefined);
    await expect.poll(() => runs(ENDLESS.sql), { timeout: 20_000 }).toBe('0');
  });

  test('frozen again and again: replies come later, and are the same byte by byte', async () => {
    const askAll = async () => {
      const replies = [
        await engine.read({ sql: 'SELECT number FROM numbers(300000) FORMAT TSV', ...asked }),
        await engine.read({ sql: 'SELECT number FROM numbers(1000) FORMAT Parquet', ...asked }),
      ];
      const sql = ENDLESS.sql.replace('10000000', '3000');
      for await (const chunk of engine.stream({ ...ENDLESS, sql, ...asked })) replies.push(chunk);
      return Buffer.concat(replies).toString('latin1');
    };
    const alone = await askAll();
    let done = false;
    const freezing = (async () => {
      while (!done) {
        await server().freeze();
        await setTimeout(30);
        server().thaw();
        await setTimeout(20);
      }
    })();
    // The time of another caller's statement runs out while the server is frozen.
    const others = Array.from({ length: 20 }, async (_, at) => {
      await setTimeout(at * 50);
      await engine.read({ sql: SLOW, fair_key: 'other', max_ms: 20 }).catch(() => undefined);
    });
    try {
      for (let round = 0; round < 5; round += 1) expect((await askAll()) === alone).toBe(true);
    } finally {
      await Promise.all(others);
      done = true;
      await freezing;
    }
  });

  test('no more connections than sessions, however much is broken off', async () => {
    const connections = () => ask(engine, "SELECT value FROM system.metrics WHERE metric = 'HTTPConnection'");
    for (let round = 0; round < 20; round += 1) {
      const caller = new AbortController();
      const reads = Array.from({ length: 4 }, (_, at) =>
        engine.read({ sql: SLOW, fair_key: String(at), max_ms: 60_000, signal: caller.signal }).catch(String),
      );
      await setTimeout(20);
      caller.abort();
      await Promise.all(reads);
    }
    // Two for reads, one for writes, one for commands, one for kills.
    await expect.poll(async () => Number(await connections()), { timeout: 20_000 }).toBeLessThanOrEqual(5);
  });
});
