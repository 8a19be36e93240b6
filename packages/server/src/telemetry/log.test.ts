import { expect, test } from 'vitest';
import { createLog } from './log.js';

test('a token never reaches the log, wherever headers are logged', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => lines.push(line) });
  const headers = {
    'wolkvox-token': 'rct_secret',
    authorization: 'Bearer rct_secret',
    cookie: 's=rct_secret',
    host: 'x',
  };
  log.info({ req: { headers } }, 'one');
  log.info({ headers }, 'two');
  expect(lines).toHaveLength(2);
  expect(lines.join('')).not.toContain('rct_secret');
  expect(lines.join('')).toContain('[redacted]');
});
