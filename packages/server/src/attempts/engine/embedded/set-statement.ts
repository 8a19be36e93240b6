import type { EngineSettings, SqlParams } from '../engine.js';
import { tabSeparated } from '../tab-separated-value.js';

/**
 * `SET` with all of these at once: a statement for each would take longer than most queries.
 *
 * @param settings their names are ours
 */
export function setStatement(settings: EngineSettings): string {
  const told = Object.entries(settings).map(([name, value]) => `${name} = ${literal(value)}`);
  return `SET ${told.join(', ')}`;
}

/**
 * The values of a statement's `{name:Type}` blanks, bound to the session: nothing else runs on it meanwhile. The library's
 * own way of binding is process-wide, so it runs such statements one after another.
 *
 * The engine reads a value as its tab separated text.
 */
export function boundValues(params: SqlParams = {}): EngineSettings {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(params)) {
    values[`param_${name}`] = tabSeparated(value);
  }
  return values;
}

function literal(value: string | number): string {
  if (typeof value === 'number') return String(value);
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
