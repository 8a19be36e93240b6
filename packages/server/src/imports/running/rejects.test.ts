import { expect, test } from 'vitest';
import { Rejects } from './rejects.js';

test('a reason is kept whole, whatever bytes the quoted line has', () => {
  const rejects = new Rejects();
  rejects.add(7, 'telephone 300\u0000123 is no telephone', '300\u0000123,BUSY');
  expect(rejects.take()).toEqual([
    { line: 7, reason: 'telephone 300\uFFFD123 is no telephone', raw: '300\uFFFD123,BUSY' },
  ]);
});
