import { type GiveTurn, Turns } from '../admission/turns.js';

/** Rows that are written out before others get their turn: some milliseconds, and at most about one row more. */
const ROWS_A_TURN = { items: 1_000, bytes: 256 * 1024 };

/**
 * Rows in the engine's `TabSeparated`, for tables with few rows. Stored texts have no control characters, so only the backslash
 * must be escaped, and inside lists and maps the quote.
 */
export async function tabSeparated<Entry>(
  entries: readonly Entry[],
  rowOf: (entry: Entry) => readonly string[],
  give_turn: GiveTurn,
): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const turns = new Turns(ROWS_A_TURN, give_turn);
  let text = '';
  let row_bytes = 0;
  for (const entry of entries) {
    // A row's size is known only once it is made, so it counts when the next row asks for its turn.
    if (turns.isOver(row_bytes)) {
      pieces.push(Buffer.from(text));
      text = '';
      await turns.give();
    }
    const row = `${rowOf(entry).join('\t')}\n`;
    row_bytes = row.length;
    text += row;
  }
  pieces.push(Buffer.from(text));
  return Buffer.concat(pieces);
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
