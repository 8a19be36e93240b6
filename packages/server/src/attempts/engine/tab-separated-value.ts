import type { SqlList, SqlValue } from './engine.js';

const ESCAPED: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\0': '\\0',
};

/** A value as the engine reads one for a `{name:Type}` blank. The texts of a list are escaped once, in their quotes. */
export function tabSeparated(value: SqlValue): string {
  return isList(value) ? listText(value) : escaped(String(value));
}

/** A value as the engine reads it from a text that is not escaped. */
export function valueText(value: SqlValue): string {
  return isList(value) ? listText(value) : String(value);
}

function listText(list: SqlList): string {
  const elements = list.map((element) => (typeof element === 'string' ? quoted(element) : String(element)));
  return `[${elements.join(',')}]`;
}

function quoted(text: string): string {
  return `'${escaped(text).replaceAll("'", "\\'")}'`;
}

function escaped(text: string): string {
  return text.replace(/[\\\t\n\r\0]/g, (character) => ESCAPED[character] ?? character);
}

function isList(value: SqlValue): value is SqlList {
  return typeof value === 'object';
}
