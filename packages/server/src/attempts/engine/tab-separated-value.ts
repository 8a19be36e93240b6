import type { SqlValue } from './engine.js';

const ESCAPED: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\0': '\\0',
};

/** A value as the engine reads one for a `{name:Type}` blank. */
export function tabSeparated(value: SqlValue): string {
  return String(value).replace(/[\\\t\n\r\0]/g, (character) => ESCAPED[character] ?? character);
}
