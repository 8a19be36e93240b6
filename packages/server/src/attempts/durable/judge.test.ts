import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMadeOf, partNameOf } from './part-name.js';
import { judge } from './set-unsynced-aside.js';

function partsOf(...directories: string[]) {
  return directories.map((directory) => {
    const name = partNameOf(directory);
    if (!name) throw new Error(directory);
    return { directory, name };
  });
}

test.each<[string, string[], string[], boolean, Partial<ReturnType<typeof judge>>]>([
  [
    'an insert that no checkpoint saw',
    ['202601_1_1_0', '202601_2_2_0'],
    ['202601_1_1_0'],
    false,
    { unsynced: ['202601_2_2_0'] },
  ],
  [
    'a merge that no checkpoint saw',
    ['202601_1_1_0', '202601_1_2_1'],
    ['202601_1_1_0'],
    false,
    { unsynced: ['202601_1_2_1'] },
  ],
  [
    'a merge whose source parts are gone',
    ['202601_1_2_1'],
    ['202601_1_1_0'],
    false,
    { kept: ['202601_1_2_1'], missing: [] },
  ],
  [
    'a part that was merged and is not yet deleted',
    ['202601_1_1_0', '202601_1_2_1'],
    ['202601_1_2_1'],
    false,
    { unsynced: [], trusted: ['202601_1_2_1'] },
  ],
  ['an insert of a change of the schema', ['202601_1_1_0'], [], true, { kept: ['202601_1_1_0'] }],
  [
    'a merge beside a change of the schema',
    ['202601_1_1_0', '202601_1_2_1'],
    ['202601_1_1_0'],
    true,
    { unsynced: ['202601_1_2_1'] },
  ],
  [
    'a mutation that no checkpoint saw',
    ['202601_1_1_0', '202601_1_1_0_7'],
    ['202601_1_1_0'],
    true,
    { unsynced: ['202601_1_1_0_7'] },
  ],
  [
    'a part that is gone',
    ['202602_1_1_0'],
    ['202601_1_1_0', '202602_1_1_0'],
    false,
    { missing: ['202601_1_1_0'] },
  ],
])('%s', (_what, there, listed, is_starting, expected) => {
  expect(judge(partsOf(...there), new Set(listed), is_starting)).toMatchObject(expected);
});

test.each([
  'tmp_insert_202601_1_1_0',
  'delete_tmp_202601_1_1_0',
  'detached',
  'tmp_merge_202601_1_2_1',
  'format_version.txt',
])('%s is no part', (name) => expect(partNameOf(name)).toBeUndefined());

/** Inserts, merges of neighbours, checkpoints, and deletions of parts that a checkpoint made unnecessary, in any order. */
const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant('insert' as const) },
    { weight: 3, arbitrary: fc.record({ from: fc.nat(9), count: fc.integer({ min: 2, max: 4 }) }) },
    { weight: 1, arbitrary: fc.constant('checkpoint' as const) },
    { weight: 1, arbitrary: fc.constant('delete' as const) },
  ),
  { maxLength: 60 },
);

test('however parts are inserted, merged and deleted, the parts left and the journal together have every insert', () => {
  fc.assert(
    fc.property(steps, (all) => {
      let [inserted, in_journal]: [number, number[]] = [0, []];
      let active: string[] = [];
      let listed: string[] = [];
      /** Inactive parts. They may be deleted only if they were inactive at a checkpoint. */
      let [old, deletable]: [string[], string[]] = [[], []];
      const level = (part: string) => partNameOf(part)?.level ?? 0;
      for (const step of all) {
        if (step === 'insert') {
          inserted += 1;
          in_journal.push(inserted);
          active.push(`202601_${inserted}_${inserted}_0`);
        } else if (step === 'checkpoint') {
          [listed, in_journal, deletable] = [[...active], [], [...old]];
        } else if (step === 'delete') {
          old = old.filter((part) => !deletable.includes(part));
        } else {
          const merged = active.slice(step.from, step.from + step.count);
          const [first, last] = [partNameOf(merged[0] ?? ''), partNameOf(merged.at(-1) ?? '')];
          if (merged.length < 2 || !first || !last) continue;
          const made = `202601_${first.min}_${last.max}_${Math.max(...merged.map(level)) + 1}`;
          active = active.flatMap((part) =>
            part === merged[0] ? [made] : merged.includes(part) ? [] : [part],
          );
          old.push(...merged);
        }
      }
      const judged = judge(partsOf(...active, ...old), new Set(listed), false);
      const left = [...active, ...old].filter((part) => !judged.unsynced.includes(part));
      const there = new Set(in_journal);
      for (const part of left) {
        const { min, max } = partNameOf(part) ?? { min: 1, max: 0 };
        for (let block = min; block <= max; block += 1) there.add(block);
      }
      expect(there.size).toBe(inserted);
      expect([judged.missing, judged.kept]).toEqual([[], []]);
      // And the engine reads only parts that a checkpoint brought to the disk.
      const trusted = new Set(listed);
      const names = partsOf(...left);
      const is_read = (part: (typeof names)[number]) => !names.some(({ name }) => isMadeOf(name, part.name));
      for (const part of names.filter(is_read)) expect(trusted).toContain(part.directory);
    }),
    { numRuns: 500 },
  );
});
