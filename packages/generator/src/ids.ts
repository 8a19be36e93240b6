import type { GenerateOptions } from './options.js';

/** An attempt's id is this and its number, from 1, in base 36. */
export function idPrefix(options: GenerateOptions): string {
  return `${(options.seed >>> 0).toString(36)}-`;
}

/** The number of an attempt by its id; undefined if another operation made it. */
export function numberOf(attempt_id: string, options: GenerateOptions): number | undefined {
  const prefix = idPrefix(options);
  if (!attempt_id.startsWith(prefix)) return undefined;
  const number = Number.parseInt(attempt_id.slice(prefix.length), 36);
  return number >= 1 ? number : undefined;
}
