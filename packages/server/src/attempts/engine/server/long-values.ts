import type { EngineSettings, SqlParams, SqlValue } from '../engine.js';
import { tabSeparated, valueText } from '../tab-separated-value.js';

/**
 * Longest value in a request's address, in bytes; the address needs up to three for each. A server takes 128 KiB for each value and a
 * MiB in all. Proxies before it often take 8 KiB in all. A statement has some ten values, most of them numbers.
 */
const IN_ADDRESS_MAX = 512;

/** A blank in a statement. */
const BLANK = /\{(\w+):([^{}]+)\}/g;

/**
 * A statement with its values: short ones beside it as `param_…`, and longer ones as literals in place of their blanks. There is no
 * other place for those: the server's limits apply to parts of a form as well.
 *
 * @param sql ours, without values in it, so everything that looks like a blank is one
 */
export function withValues(
  sql: string,
  params: SqlParams = {},
): { readonly sql: string; readonly bound: EngineSettings } {
  const bound: Record<string, string> = {};
  const written = new Map<string, SqlValue>();
  for (const [name, value] of Object.entries(params)) {
    const text = tabSeparated(value);
    if (Buffer.byteLength(text) > IN_ADDRESS_MAX) written.set(name, value);
    else bound[`param_${name}`] = text;
  }
  if (written.size === 0) return { sql, bound };
  // In one pass, so that a blank inside a value stays part of the value.
  const filled = sql.replace(BLANK, (blank, name: string, type: string) => {
    const value = written.get(name);
    return value === undefined ? blank : `CAST(${quoted(valueText(value))} AS ${type})`;
  });
  return { sql: filled, bound };
}

function quoted(text: string): string {
  return `'${text.replace(/['\\\0]/g, (character) => (character === '\0' ? '\\0' : `\\${character}`))}'`;
}
