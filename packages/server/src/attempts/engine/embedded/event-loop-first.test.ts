import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { EmbeddedEngine } from '../embedded.js';
import { EventLoopFirst, NICENESS } from './event-loop-first.js';

/** proc(5): of what follows the name in brackets, the 17th. */
const NICE_AT = 16;

/** How nice each thread is, the event loop's own first. */
function niceness(): { event_loop: number; others: number[] } {
  const of = (thread: string) => {
    const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[NICE_AT]);
  };
  const threads = readdirSync('/proc/self/task').filter((thread) => thread !== String(process.pid));
  return { event_loop: of(String(process.pid)), others: threads.map(of) };
}

test.runIf(process.platform === 'linux')(
  "all threads make room for the event loop, the engine's too",
  async () => {
    const before = niceness();
    const path = await mkdtemp(join(tmpdir(), 'recuento-first-'));
    const engine = new EmbeddedEngine({
      path,
      read_sessions: 2,
      write_sessions: 1,
      waiting_reads: 10,
      read_memory_bytes: 1024 ** 3,
    });
    try {
      const sql = 'SELECT sum(cityHash64(number)) FROM numbers_mt(10000000) FORMAT TSV';
      await engine.read({ sql, fair_key: 'one', max_ms: 60_000 });
      expect(niceness().others.length).toBeGreaterThan(before.others.length);
      const first = new EventLoopFirst();
      first.stop(); // the test looks itself; the engine's own instance looks once a second
      const wanted = Math.max(NICENESS, before.event_loop);
      // A new thread may come at any time: after the next look it is as nice as the others.
      do {
        first.look();
        await setImmediate();
      } while (niceness().others.some((nice) => nice !== wanted));
      expect(niceness().event_loop).toBe(before.event_loop);
    } finally {
      await engine.close();
      await rm(path, { recursive: true, force: true });
    }
  },
);
