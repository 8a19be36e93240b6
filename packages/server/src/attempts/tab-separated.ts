/**
 * Values as the engine's `TabSeparated` takes them, for tables with few rows. Stored texts hold no control characters,
 * so the backslash is the one character that the format gives a meaning, and inside lists the quote.
 */
export function tabSeparated(rows: Iterable<readonly string[]>): Buffer {
  let text = '';
  for (const row of rows) text += `${row.join('\t')}\n`;
  return Buffer.from(text);
}

export function textValue(text: string): string {
  return text.replaceAll('\\', '\\\\');
}

export function listValue(texts: readonly string[]): string {
  return `[${texts.map(quoted).join(',')}]`;
}

export function mapValue(entries: readonly (readonly [string, string])[]): string {
  return `{${entries.map(([name, text]) => `${quoted(name)}:${quoted(text)}`).join(',')}}`;
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
