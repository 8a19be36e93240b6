/**
 * Byte order of UTF-8, which is the order of code points: the order of the API. JavaScript compares UTF-16 units, which
 * differs where a character beyond U+FFFF meets one from U+E000 on.
 */
export function compareBytes(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    const one = left.charCodeAt(at);
    const other = right.charCodeAt(at);
    if (one !== other) return rank(one) - rank(other);
  }
  return left.length - right.length;
}

/** Surrogates, of which characters beyond U+FFFF are made, come after everything else. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
