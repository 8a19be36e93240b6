import { expect, test } from 'vitest';
import { NETWORK_CHARS, SAID } from './lines.js';
import { readLines } from './read-lines.js';

const give_turn = async () => undefined;
const read = (text: string, sources: readonly string[] = ['', 'tsip-1']) =>
  readLines(Buffer.from(text), sources, give_turn);

test('telephones with their attempts', async () => {
  const lines = await read('573001\t10 20 30\t1 0 1\t0 1 2\n573002\t5\t1\t3\n');
  expect([...lines.starts]).toEqual([0, 3, 4]);
  expect([...lines.minutes]).toEqual([10, 20, 30, 5]);
  expect([...lines.sources]).toEqual([1, 0, 1, 1]);
  expect([...lines.said]).toEqual([SAID.life, SAID.invalid, SAID.quiet, SAID.doubtful]);
  expect(lines.source_names).toEqual(['', 'tsip-1']);
});

/** The networks of each line, from the widest. */
async function networks(...telephones: string[]): Promise<string[][]> {
  const lines = await read(telephones.map((telephone) => `${telephone}\t1\t0\t0\n`).join(''));
  return telephones.map((_, line) =>
    NETWORK_CHARS.map((_chars, depth) => {
      const number = lines.networks[line * NETWORK_CHARS.length + depth] ?? 0;
      const parent = lines.network_parents[number] ?? 0;
      expect(parent).toBeLessThan(number);
      expect((lines.network_names[number] ?? '').startsWith(lines.network_names[parent] ?? '')).toBe(true);
      return lines.network_names[number] ?? '';
    }),
  );
}

test('networks are the first characters, as the engine counts and writes them', async () => {
  expect(await networks('5730012345', '5730099', '12', '+5730012')).toEqual([
    ['573', '5730', '57300', '573001', '5730012'],
    ['573', '5730', '57300', '573009', '5730099'],
    ['12', '12', '12', '12', '12'],
    ['+57', '+573', '+5730', '+57300', '+573001'],
  ]);
  // A backslash comes twice; what needs two units of UTF-16 is one character.
  expect(await networks('a\\\\b😀cdef', '\\\\\\\\345')).toEqual([
    ['a\\b', 'a\\b😀', 'a\\b😀c', 'a\\b😀cd', 'a\\b😀cde'],
    ['\\\\3', '\\\\34', '\\\\345', '\\\\345', '\\\\345'],
  ]);
});

test('no attempts at all', async () => {
  const lines = await read('');
  expect([...lines.starts]).toEqual([0]);
  expect(lines.minutes).toHaveLength(0);
  expect(lines.network_names).toEqual(['']);
});

test('more than there is room for at first, in turns', async () => {
  let turns = 0;
  const minutes = Array.from({ length: 40 }, (_, minute) => minute).join(' ');
  const text = Array.from({ length: 3_000 }, (_, line) => {
    const list = Array(40)
      .fill(line % 3)
      .join(' ');
    return `57${3_000_000 + line}\t${minutes}\t${list}\t${list}\n`;
  }).join('');
  const lines = await readLines(Buffer.from(text), ['', 'a', 'b'], async () => {
    turns += 1;
  });
  expect(turns).toBeGreaterThanOrEqual(Math.floor(text.length / 110_000));
  expect(lines.starts).toHaveLength(3_001);
  expect(lines.minutes).toHaveLength(120_000);
  for (const line of [0, 1, 2_998, 2_999]) {
    const from = lines.starts[line] ?? 0;
    expect([...lines.minutes.subarray(from, from + 40)].join(' ')).toBe(minutes);
    expect(new Set(lines.sources.subarray(from, from + 40))).toEqual(new Set([line % 3]));
    expect(new Set(lines.said.subarray(from, from + 40))).toEqual(new Set([line % 3]));
  }
});
