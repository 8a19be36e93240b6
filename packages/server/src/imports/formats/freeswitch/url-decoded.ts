/** Characters that FreeSWITCH's URL encoding keeps, and its escapes. Any other character shows that a value is not encoded. */
const ENCODED = /^(?:[A-Za-z0-9\-_.~!*'()/,$+=:;@&]|%[0-9A-Fa-f]{2})*$/;

/**
 * Decodes a value if it is URL-encoded: it has escapes, and only characters that an encoder keeps. So `100% sure` stays
 * unchanged, as does `%zz`, and anything that does not decode to UTF-8.
 */
export function urlDecoded(value: string): string {
  if (!value.includes('%') || !ENCODED.test(value)) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
