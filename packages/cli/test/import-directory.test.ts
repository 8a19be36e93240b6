import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bytesOf, jsonTexts, sendingsOf } from '../src/commands/import-directory.js';
import { UsageError } from '../src/usage-error.js';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'recuento-directory-'));
  for (const name of ['cdr', 'empty', 'cdr/below']) await mkdir(join(root, name));
  await writeFile(join(root, 'cdr/b.json'), '{"nr":2}');
  await writeFile(join(root, 'cdr/a.cdr.json'), '{"nr":1');
  await writeFile(join(root, 'cdr/c.json.gz'), gzipSync('{"nr":3}\n'));
  await writeFile(join(root, 'cdr/export.csv'), 'a,b\n');
  await writeFile(join(root, 'cdr/.hidden'), '{}');
  await writeFile(join(root, 'cdr/below/d.json'), '{}');
});
afterAll(() => rm(root, { recursive: true, force: true }));

const at = (name: string) => join(root, name);

test('the JSON files of a directory go as one, in the order of their names; the others one by one', async () => {
  const together = ['a.cdr.json', 'b.json', 'c.json.gz'].map((name) => at(`cdr/${name}`));
  for (const format of ['freeswitch-json', 'freeswitch-xml', 'plivo', 'twilio', 'vendor-campaign-3']) {
    expect(await sendingsOf(format, [at('cdr'), at('cdr/b.json')])).toEqual([
      { kind: 'json files', directory: at('cdr'), files: together },
      { kind: 'file', file: at('cdr/export.csv') },
      { kind: 'file', file: at('cdr/b.json') },
    ]);
  }
  expect(await sendingsOf('asterisk-csv', [at('cdr')])).toEqual(
    [...together, at('cdr/export.csv')].map((file) => ({ kind: 'file', file })),
  );
});

test('a directory without files is told; what is not there is told when it is opened', async () => {
  await expect(sendingsOf('twilio', [at('empty')])).rejects.toThrow(UsageError);
  expect(await sendingsOf('twilio', [at('nowhere')])).toEqual([{ kind: 'file', file: at('nowhere') }]);
});

test('each file begins with RS and is decompressed; progress counts the bytes that lie there', async () => {
  const [sending] = await sendingsOf('twilio', [at('cdr')]);
  if (sending?.kind !== 'json files') throw new Error('not together');
  let sent = 0;
  const chunks: Buffer[] = [];
  const texts = jsonTexts(sending.files, (bytes) => {
    sent += bytes;
  });
  for await (const chunk of texts) chunks.push(chunk);
  expect(Buffer.concat(chunks).toString()).toBe('\x1e{"nr":1\x1e{"nr":2}\x1e{"nr":3}\n');
  expect(sent).toBe(await bytesOf(sending.files));
});
