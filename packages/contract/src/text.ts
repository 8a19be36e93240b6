/** What a text that is stored may hold: well-formed Unicode, no control characters, a bounded length. */

// C0, DEL and C1: a NUL or a line end inside a telephone or a name is always a fault at the source.
const CONTROL = /\p{Cc}/u;

/**
 * Why `value` can't be stored, or undefined when it can.
 * Length counts characters (code points), so an emoji counts once.
 */
export function textFault(value: string, max_chars: number): string | undefined {
  if (value.length === 0) return 'is empty';
  if (value.length <= max_chars && isPlain(value)) return undefined;
  if (value.length > max_chars && longerThan(value, max_chars))
    return `has more than ${max_chars} characters`;
  if (CONTROL.test(value)) return 'has a control character';
  if (!isWellFormed(value)) return 'has half of a surrogate pair';
  return undefined;
}

/** Whether it is printable ASCII only. By far the most texts are, and this check is faster than two regular expressions. */
function isPlain(value: string): boolean {
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    if (code < 0x20 || code > 0x7e) return false;
  }
  return true;
}

// String.prototype.isWellFormed came after the ES2023 library typings; this costs the same.
const LONE_SURROGATE = /\p{Surrogate}/u;

function isWellFormed(value: string): boolean {
  return !LONE_SURROGATE.test(value);
}

function longerThan(value: string, max_chars: number): boolean {
  if (value.length > 2 * max_chars) return true; // a character has at most two UTF-16 units
  let chars = 0;
  for (const _ of value) chars += 1;
  return chars > max_chars;
}
