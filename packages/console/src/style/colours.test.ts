import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const CSS = readFileSync(new URL('colours.css', import.meta.url), 'utf8');
const [light = '', dark = ''] = [...CSS.matchAll(/:root \{([^}]*)\}/g)].map(([, block]) => block);

// WCAG 2.2: 4.5 for text (1.4.3), 3 for what shows the focus (1.4.11).
test.each([
  ['text', 'page', 4.5],
  ['text', 'raised', 4.5],
  ['quiet', 'page', 4.5],
  ['quiet', 'raised', 4.5],
  ['accent', 'page', 4.5],
  ['accent', 'raised', 4.5],
  ['good', 'page', 4.5],
  ['good', 'raised', 4.5],
  ['bad', 'page', 4.5],
  ['bad', 'raised', 4.5],
  ['mark', 'page', 3],
  ['focus', 'page', 3],
  ['focus', 'raised', 3],
])('%s stands out from %s, by day and by night', (front, back, least) => {
  for (const block of [light, dark]) {
    const [one, other] = [luminance(colour(block, front)), luminance(colour(block, back))].sort(
      (a, b) => b - a,
    );
    expect((Number(one) + 0.05) / (Number(other) + 0.05)).toBeGreaterThanOrEqual(least);
  }
});

function colour(block: string, name: string): string {
  const [, hex = ''] = new RegExp(`--${name}: #([0-9a-f]{6});`).exec(block) ?? [];
  expect(hex, name).toHaveLength(6);
  return hex;
}

/** Relative luminance of sRGB (WCAG 2.2, "relative luminance"). */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
