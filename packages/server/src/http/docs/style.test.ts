import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('the style of the documentation loads nothing', () => {
  const css = readFileSync(new URL('style.css', import.meta.url), 'utf8');
  expect(css).not.toMatch(/url\(|@import|https?:/);
});
