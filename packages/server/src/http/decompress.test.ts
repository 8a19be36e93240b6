import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gunzipped } from './decompress.js';

const MIB = 1024 * 1024;

test('a body in one or several gzip members is decompressed', async () => {
  const bytes = fc.uint8Array({ maxLength: 2_000 });
  await fc.assert(
    fc.asyncProperty(fc.array(bytes, { minLength: 1, maxLength: 3 }), async (members) => {
      const body = Buffer.concat(members.map((member) => gzipSync(member)));
      expect(await gunzipped(body, MIB)).toEqual(Buffer.concat(members));
    }),
  );
});

test('a body of exactly the limit passes, and one byte more does not', async () => {
  expect(await gunzipped(gzipSync(Buffer.alloc(1_000)), 1_000)).toHaveLength(1_000);
  await expect(gunzipped(gzipSync(Buffer.alloc(1_001)), 1_000)).rejects.toMatchObject({
    id: 'body-too-large',
  });
});

test('each piece is counted before the next is made, none exceeds the ratio, and a refusal ends the stream', async () => {
  const body = gzipSync(Buffer.alloc(32 * MIB));
  let counted = 0;
  const grow = (bytes: number) => {
    counted += bytes;
    return Promise.resolve();
  };
  await expect(gunzipped(body, 32 * MIB, grow)).rejects.toMatchObject({ id: 'malformed-body' });
  expect(counted).toBeGreaterThan(body.length);
  expect(counted).toBeLessThanOrEqual(200 * body.length);

  const full = new Error('there is no room');
  let asked = 0;
  const refuse = () => {
    asked += 1;
    return asked === 3 ? Promise.reject(full) : Promise.resolve();
  };
  await expect(gunzipped(gzipSync(Buffer.alloc(4 * MIB)), 32 * MIB, refuse)).rejects.toBe(full);
  expect(asked).toBe(3);
});
