import { afterEach, expect, test, vi } from 'vitest';
import { pullProgress } from './pull-progress.js';

const isTTY = process.stdout.isTTY;
afterEach(() => {
  process.stdout.isTTY = isTTY;
  vi.restoreAllMocks();
});

function written(tty: boolean): string[] {
  const lines: string[] = [];
  process.stdout.isTTY = tty;
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  const progress = pullProgress('file.csv', () => ({ made: 3, spent: 12, left: 988 }));
  progress.window(3, 30);
  progress.clear();
  return lines;
}

test('a terminal shows the progress, and the calls that are spent and left', () => {
  const [line = '', cleared] = written(true);
  expect(line).toContain('file.csv: 10 %, window 3 of 30, 12 calls today, 988 left');
  expect(cleared).toBe('\r\u001b[K');
});

test('a file or a pipe gets no progress line', () => {
  expect(written(false)).toEqual([]);
});
