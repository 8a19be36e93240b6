/** An object of a record, not validated yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a file's beginning is JSON: spaces, a byte order mark or RS, then a bracket. */
export function beginsAsJson(text: string): boolean {
  const bare = text.replaceAll('\x1e', '').replace('\ufeff', '').trimStart();
  return bare.startsWith('{') || bare.startsWith('[');
}

/** The object in a text; or, as a string, the text's fault. */
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

/** A string without surrounding spaces, or the digits of a number; '' for anything else and for an absent value. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : '';
}

/**
 * The text of a field as an API spells it (`start_time`), else as the API's libraries and command line do (`startTime`);
 * undefined where the object has neither.
 */
export function fieldTextOf(object: JsonObject, name: string): string | undefined {
  if (name in object) return textOf(object[name]);
  const camel = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return camel in object ? textOf(object[camel]) : undefined;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
