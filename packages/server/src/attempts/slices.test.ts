import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AttemptRows } from './attempt-rows.js';
import { slicesOf } from './slices.js';

const MONTH = /^(?:[^\t]*\t){5}(\d+)\t/;

function monthOf(row: string): string {
  return new Date(Number(MONTH.exec(row)?.[1]) * 1_000).toISOString().slice(0, 7);
}

function rowsAt(times_s: readonly number[]): Buffer {
  const rows = new AttemptRows();
  const untold = { duration_seconds: undefined, sip: undefined, cause: undefined } as const;
  for (const [n, dialed_at_s] of times_s.entries())
    rows.add(1, 1, {
      ...{ attempt_id: String(n), telephone: '573001234567', dialed_at_s, code: 'busy', amd: '' },
      ...{ trunk: '', agent_id: '', evidence: 'none', ...untold },
    });
  rows.stamp(10 ** 15);
  return rows.bytes;
}

const FIRST_S = Date.UTC(2000, 0, 1) / 1_000;
const LAST_S = Date.UTC(2100, 11, 31) / 1_000;

test('slices have all rows once, a month in one of them and in its order, and no more months than they may', async () => {
  const times = fc.array(fc.integer({ min: FIRST_S, max: LAST_S }), { maxLength: 300 });
  await fc.assert(
    fc.asyncProperty(times, fc.integer({ min: 1, max: 70 }), async (times_s, max_months) => {
      const bytes = rowsAt(times_s);
      const lines = bytes.toString().split('\n').slice(0, -1);
      const found: string[][] = [];
      for await (const slice of slicesOf(bytes, max_months, setImmediate))
        found.push(slice.toString().split('\n').slice(0, -1));
      const months = found.map((slice) => new Set(slice.map(monthOf)));
      for (const each of months) expect(each.size).toBeLessThanOrEqual(max_months);
      expect(months.flatMap((each) => [...each])).toHaveLength(new Set(lines.map(monthOf)).size);
      expect(found).toHaveLength(Math.ceil(new Set(lines.map(monthOf)).size / max_months));
      const byMonth = (all: readonly string[]) =>
        all.toSorted((a, b) => (monthOf(a) < monthOf(b) ? -1 : Number(monthOf(a) > monthOf(b))));
      expect(byMonth(found.flat())).toEqual(byMonth(lines));
    }),
  );
});
