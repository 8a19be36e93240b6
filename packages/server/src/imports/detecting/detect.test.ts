import { expect, test } from 'vitest';
import { FORMATS } from '../formats/registry.js';
import { detect, HEAD_MAX_BYTES } from './detect.js';

test('each format looks at the beginning in a turn of its own', async () => {
  let turns = 0;
  const give_turn = async () => {
    turns += 1;
  };
  async function* commas() {
    yield Buffer.alloc(HEAD_MAX_BYTES, ',');
  }
  await expect(detect(commas(), give_turn)).rejects.toThrow('no format is recognised in it');
  expect(turns).toBe(FORMATS.length - 1);
});
