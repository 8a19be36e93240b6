/** An object of a record, of which nothing is known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a file's beginning is JSON: space, a byte order mark or RS, then a bracket. */
export function beginsAsJson(text: string): boolean {
  const bare = text.replaceAll('\x1e', '').replace('\ufeff', '').trimStart();
  return bare.startsWith('{') || bare.startsWith('[');
}

/** The object that a text is, or, as a string, what is wrong with it. */
export function parseObject(text: string): JsonObject | string {
  try {
    const value: unknown = JSON.parse(text);
    return objectOf(value) ?? 'it is no JSON object';
  } catch {
    return 'it is not JSON';
  }
}

export function objectOf(value: unknown): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

/** A string without the spaces around it, or a number as its digits; '' for anything else and for what is absent. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : '';
}

/**
 * The text of a field as an API spells it (`start_time`), else as its libraries and its command line do (`startTime`); undefined
 * where the object has neither.
 */
export function fieldTextOf(object: JsonObject, name: string): string | undefined {
  if (name in object) return textOf(object[name]);
  const camel = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return camel in object ? textOf(object[camel]) : undefined;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
