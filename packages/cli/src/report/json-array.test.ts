import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asJsonArray } from './json-array.js';

test('lines are one array, however they are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.json({ maxDepth: 1 }).map((text) => JSON.stringify(text))),
      fc.nat(7),
      async (lines, size) => {
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        async function* pieces() {
          for (let at = 0; at < bytes.length; at += size + 1) yield bytes.subarray(at, at + size + 1);
        }
        const written: Buffer[] = [];
        for await (const piece of asJsonArray(pieces())) written.push(Buffer.from(piece));
        expect(JSON.parse(Buffer.concat(written).toString())).toEqual(lines.map((line) => JSON.parse(line)));
      },
    ),
  );
});
