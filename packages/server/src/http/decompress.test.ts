import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gunzipped } from './decompress.js';

const MIB = 1024 * 1024;

test('what was compressed comes out, in one member or several', async () => {
  const bytes = fc.uint8Array({ maxLength: 2_000 });
  await fc.assert(
    fc.asyncProperty(fc.array(bytes, { minLength: 1, maxLength: 3 }), async (members) => {
      const body = Buffer.concat(members.map((member) => gzipSync(member)));
      expect(await gunzipped(body, MIB)).toEqual(Buffer.concat(members));
    }),
  );
});

test('the limit passes, and one byte more does not', async () => {
  expect(await gunzipped(gzipSync(Buffer.alloc(1_000)), 1_000)).toHaveLength(1_000);
  await expect(gunzipped(gzipSync(Buffer.alloc(1_001)), 1_000)).rejects.toMatchObject({
    id: 'body-too-large',
  });
});

test('each piece is told before the next comes out, none beyond the ratio, and a refusal ends it', async () => {
  const body = gzipSync(Buffer.alloc(32 * MIB));
  let told = 0;
  const grow = (bytes: number) => {
    told += bytes;
    return Promise.resolve();
  };
  await expect(gunzipped(body, 32 * MIB, grow)).rejects.toMatchObject({ id: 'malformed-body' });
  expect(told).toBeGreaterThan(body.length);
  expect(told).toBeLessThanOrEqual(200 * body.length);

  const full = new Error('there is no room');
  let asked = 0;
  const refuse = () => {
    asked += 1;
    return asked === 3 ? Promise.reject(full) : Promise.resolve();
  };
  await expect(gunzipped(gzipSync(Buffer.alloc(4 * MIB)), 32 * MIB, refuse)).rejects.toBe(full);
  expect(asked).toBe(3);
});
