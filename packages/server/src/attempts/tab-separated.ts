import { type GiveTurn, Turns } from '../admission/turns.js';

/** Rows that are written out before others get their turn: some milliseconds, and hardly more than a row beyond. */
const ROWS_A_TURN = { items: 1_000, bytes: 256 * 1024 };

/**
 * Values as the engine's `TabSeparated` takes them, for tables with few rows. Stored texts hold no control characters,
 * so the backslash is the one character that the format gives a meaning, and inside lists the quote.
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
    // What a row comes to is known once it is made: it counts for the next one's turn.
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
