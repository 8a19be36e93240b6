import type { EngineSettings, SqlParams, SqlValue } from '../engine.js';
import { tabSeparated } from '../tab-separated-value.js';

/**
 * Bytes of a value in an address, which writes each of them as up to three. A server takes 128 KiB of each value and a MiB of
 * all; proxies before it often take 8 KiB of all. A statement has some ten values, most of them numbers.
 */
const IN_ADDRESS_MAX = 512;

/** A blank of a statement. */
const BLANK = /\{(\w+):([^{}]+)\}/g;

/**
 * A statement with its values: short ones beside it as `param_…`, and each longer one as a literal in its blank's place, as there
 * is no other place for it: the server's limits hold for parts of a form as well.
 *
 * @param sql ours, without a value in it; what looks like a blank is one
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
  // One pass: what a value holds is no blank.
  const filled = sql.replace(BLANK, (blank, name: string, type: string) => {
    const value = written.get(name);
    return value === undefined ? blank : `CAST(${quoted(String(value))} AS ${type})`;
  });
  return { sql: filled, bound };
}

function quoted(text: string): string {
  return `'${text.replace(/['\\\0]/g, (character) => (character === '\0' ? '\\0' : `\\${character}`))}'`;
}
