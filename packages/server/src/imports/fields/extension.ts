/** Extensions have so many digits. Nearly everywhere, the shortest telephone that an operation dials has more. */
const EXTENSION_DIGITS = { min: 2, max: 6 };

/** Whether a text can be an internal extension, queue or ring group: 2 to 6 digits and nothing else. */
export function isExtension(text: string): boolean {
  if (text.length < EXTENSION_DIGITS.min || text.length > EXTENSION_DIGITS.max) return false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x30 || code > 0x39) return false;
  }
  return true;
}

/** Whether a text has more digits than any extension. */
export function isLongNumber(text: string): boolean {
  let digits = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) digits += 1;
  }
  return digits > EXTENSION_DIGITS.max;
}
