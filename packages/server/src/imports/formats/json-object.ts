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

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
