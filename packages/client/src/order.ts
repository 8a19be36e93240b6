/**
 * Compares texts in the byte order of UTF-8, which is the order of code points and of the API. JavaScript compares UTF-16
 * units. The result differs when a character beyond U+FFFF is compared with one from U+E000 on.
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

/** Characters beyond U+FFFF consist of surrogates, so surrogates come after everything else. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
