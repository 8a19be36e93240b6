import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparePlaces, type Place, sortOf } from './place.js';
import { type FoundTelephones, firstOf, SortedTelephones } from './sorted-telephones.js';

const place = fc.record({
  value: fc.nat(4),
  telephone: fc.constantFrom('1', '12', '2', 'ñandú', '😀', '\u2028', '5 7', '"', '\\n', 'é'.repeat(64)),
});

test('a page is what comes after a place, or undefined where that is not known', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('telephone', '-telephone', 'answered', '-answered').map(sortOf),
      fc.uniqueArray(place, { maxLength: 30, selector: ({ value, telephone }) => `${value} ${telephone}` }),
      fc.option(place, { nil: undefined }),
      fc.option(place, { nil: undefined }),
      fc.integer({ min: 1, max: 12 }),
      fc.boolean(),
      (sort, places, begun, after, limit, are_to_the_end) => {
        const behind = (one: Place | undefined) => (other: Place) =>
          one === undefined || comparePlaces(sort, one, other) < 0;
        const all = (sort.column.kind === 'text' ? ofTelephones(places) : places)
          .toSorted((a, b) => comparePlaces(sort, a, b))
          .filter(behind(begun));
        const page = new SortedTelephones(sort, { after: begun, are_to_the_end, parts: [linesOf(all)] }).page(
          after,
          limit,
        );
        const wanted = all.filter(behind(after));
        const is_before = begun !== undefined && (after === undefined || behind(after)(begun));
        if (is_before || (!are_to_the_end && wanted.length <= limit)) {
          expect(page).toBeUndefined();
          return;
        }
        const rows = wanted.slice(0, limit);
        expect([...(page?.slices ?? [])].join('\n')).toBe(rows.map(({ telephone }) => telephone).join('\n'));
        expect(page?.next).toEqual(wanted.length > limit ? rows.at(-1) : undefined);
      },
    ),
    { numRuns: 2_000 },
  );
});

test.each([
  { title: 'plain', ending: 'é', most_bytes: 1024 ** 2 },
  { title: 'with something to escape', ending: '\\', most_bytes: 480 * 1024 },
  { title: 'with a quote', ending: "'", most_bytes: 480 * 1024 },
])(
  'what one statement is told is bounded, and nothing is lost where it is cut: $title',
  ({ ending, most_bytes }) => {
    const telephones = Array.from({ length: 12_000 }, (_, at) => `${'é'.repeat(50)}${at}`);
    telephones.push(`5${ending}`);
    const parts = [linesOf(telephones.map((telephone) => ({ value: 1, telephone })))];
    const found = { after: undefined, are_to_the_end: true, parts };
    const sorted = new SortedTelephones(sortOf('answered'), found);
    const slices = [...(sorted.page(undefined, 60_000)?.slices ?? [])];
    expect(slices.length).toBe(Math.ceil(Buffer.byteLength(telephones.join('\n')) / most_bytes));
    expect(Math.max(...slices.map((slice) => Buffer.byteLength(slice)))).toBeLessThanOrEqual(most_bytes);
    expect(slices.join('\n')).toBe(telephones.join('\n'));
  },
);

test('the telephones of the largest page fit into one statement', () => {
  const telephones = Array.from({ length: 60_000 }, (_, at) => String(573001000000 + at));
  const parts = [linesOf(telephones.map((telephone) => ({ value: 12, telephone })))];
  const sorted = new SortedTelephones(sortOf('answered'), { after: undefined, are_to_the_end: true, parts });
  expect([...(sorted.page(undefined, 60_000)?.slices ?? [])]).toEqual([telephones.join('\n')]);
});

test('a slice is made when it is asked for, and the next one not before', () => {
  const lines = linesOf(
    Array.from({ length: 60_000 }, (_, at) => ({ value: 1, telephone: `57300${1e14 + at}` })),
  );
  const sorted = new SortedTelephones(sortOf('answered'), {
    after: undefined,
    are_to_the_end: true,
    parts: [lines],
  });
  const slices = sorted.page(undefined, 60_000)?.slices[Symbol.iterator]();
  expect(slices?.next().value).toMatch(/^57300/);
  lines.fill('0'); // shows in what is read later
  expect(slices?.next().value).toMatch(/^0+$/);
});

test('of more telephones than may be kept the first ones are, whole and in memory of their own', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(place, { maxLength: 30, selector: ({ telephone }) => telephone }),
      fc.nat(600),
      fc.nat(40),
      fc.integer({ min: 1, max: 12 }),
      fc.boolean(),
      (places, max_bytes, slack, limit, are_to_the_end) => {
        const sort = sortOf('answered');
        const sorted = places.toSorted((a, b) => comparePlaces(sort, a, b));
        const lines = linesOf(sorted);
        const more = Buffer.allocUnsafeSlow(lines.length + slack);
        lines.copy(more);
        const all = { after: undefined, are_to_the_end, parts: [more.subarray(0, lines.length)] };
        const first = firstOf(all, max_bytes);
        const [kept = lines] = first.parts;
        expect(kept.buffer.byteLength).toBeLessThanOrEqual(max_bytes);
        const count = kept.length === 0 ? 0 : kept.toString().split('\n').length;
        expect(kept.toString()).toBe(linesOf(sorted.slice(0, count)).toString());
        // One more would not have fitted.
        if (count < sorted.length)
          expect(linesOf(sorted.slice(0, count + 1)).length).toBeGreaterThan(max_bytes);
        expect(first.are_to_the_end).toBe(are_to_the_end && count === sorted.length);
        const pageIn = (found: FoundTelephones) => {
          const page = new SortedTelephones(sort, found).page(undefined, limit);
          return page && { ...page, slices: [...page.slices] };
        };
        const page = pageIn(first);
        if (page) expect(page).toEqual(pageIn(all));
        else expect(count).toBeLessThanOrEqual(limit);
      },
    ),
  );
});

/** One place for each telephone, as in a sort by telephone. */
function ofTelephones(places: readonly Place[]): Place[] {
  return [...new Set(places.map(({ telephone }) => telephone))].map((telephone) => ({ value: 0, telephone }));
}

function linesOf(places: readonly Place[]): Buffer {
  return Buffer.from(places.map(({ value, telephone }) => `${value}\t${telephone}`).join('\n'));
}
