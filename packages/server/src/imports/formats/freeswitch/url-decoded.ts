/** What FreeSWITCH's URL encoding leaves as it is, and its escapes. Anything else shows that a value is not encoded. */
const ENCODED = /^(?:[A-Za-z0-9\-_.~!*'()/,$+=:;@&]|%[0-9A-Fa-f]{2})*$/;

/**
 * A value that may be URL-encoded, decoded where it is: it has escapes, and nothing but what an encoder leaves. So
 * `100% sure` stays as it is, as does `%zz`, and whatever does not decode to UTF-8.
 */
export function urlDecoded(value: string): string {
  if (!value.includes('%') || !ENCODED.test(value)) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
