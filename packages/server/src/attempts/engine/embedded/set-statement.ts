import type { EngineSettings, SqlParams } from '../engine.js';
import { tabSeparated } from '../tab-separated-value.js';

/**
 * A `SET` with all of these settings: a statement for each would take longer than most queries.
 *
 * @param settings whose names are ours, so they need no escaping
 * @param back names of settings that get the engine's own value back
 */
export function setStatement(settings: EngineSettings, back: readonly string[] = []): string {
  const assignments = Object.entries(settings).map(([name, value]) => `${name} = ${literal(value)}`);
  return `SET ${[...assignments, ...back.map((name) => `${name} = DEFAULT`)].join(', ')}`;
}

/**
 * Settings that bind the values of a statement's `{name:Type}` blanks to the session, on which nothing else runs meanwhile. The
 * library's own way of binding is process-wide, so with it such statements would run one after another.
 *
 * The engine reads a value as its tab separated text.
 *
 * @throws if a blank has no value: the session would fill it with that of an earlier statement, which may be another operation's
 */
export function boundValues(sql: string, params: SqlParams = {}): EngineSettings {
  for (const [, name = ''] of sql.matchAll(BLANK)) {
    if (!Object.hasOwn(params, name)) throw new Error(`the statement has no value for {${name}}`);
  }
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(params)) {
    values[`param_${name}`] = tabSeparated(value);
  }
  return values;
}

const BLANK = /\{(\w+):\s*[A-Z]/g;

function literal(value: string | number): string {
  if (typeof value === 'number') return String(value);
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
