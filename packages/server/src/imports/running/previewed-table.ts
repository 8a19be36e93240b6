import { IMPORT_PREVIEW_LIMITS, type PreviewedTable } from '@recuento/contract';
import { isNameable, needsDateOrder, seenTable } from '../detecting/proposal.js';

const { columns: COLUMNS_MAX, values: VALUES_MAX, text_chars: TEXT_CHARS } = IMPORT_PREVIEW_LIMITS;

/** The columns of a file with what the first rows have in them; undefined where its lines have none. */
export function previewedTable(lines: readonly string[]): PreviewedTable | undefined {
  const table = seenTable(lines);
  if (table === undefined) return undefined;
  const { columns, has_header, rows, fields } = table;
  return {
    has_header,
    columns: columns.names.slice(0, COLUMNS_MAX).map((name, index) => ({
      number: index + 1,
      name: has_header ? shown(name.trim()) : null,
      is_nameable: has_header && canBeNamed(name.trim()) && isNameable(columns, index),
      values: rows.slice(0, VALUES_MAX).map((row) => shown((row[index] ?? '').trim())),
    })),
    proposed: Object.fromEntries([...fields].map(([field, index]) => [field, index + 1])),
    needs_date_order: needsDateOrder(table),
  };
}

/** `map` would take a number for that of a column, and what is not shown whole cannot be copied. */
function canBeNamed(name: string): boolean {
  return name.length <= TEXT_CHARS && !/^#?\d+$/.test(name);
}

/** Whole characters, as many as are shown. */
function shown(text: string): string {
  if (text.length <= TEXT_CHARS) return text;
  const cut = text.slice(0, TEXT_CHARS - 1);
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
