import type { PreviewedTable } from '@recuento/contract';
import { type ColumnChoice, isField } from './column-choice.js';

/**
 * Columns that somebody chose, kept in the browser for the next file with the same headings. (Result words are kept by the service, with
 * the operation.)
 */
const PLACE = 'recuento-columns';
/** Kinds of files. A site has a handful; the oldest go. */
const KEPT_MAX = 50;

export interface Kept {
  readonly choice: ColumnChoice;
  readonly date_order: string;
}

interface Entry {
  readonly key: string;
  readonly fields: readonly (readonly [string, number])[];
  readonly date_order: string;
}

type Store = Pick<Storage, 'getItem' | 'setItem'>;

export function keptColumns(
  server: string,
  table: PreviewedTable,
  store: Store = localStorage,
): Kept | undefined {
  const key = keyOf(server, table);
  const found = entries(store).find((entry) => entry.key === key);
  if (!found) return undefined;
  const choice = found.fields.flatMap(([field, number]) =>
    isField(field) && number <= table.columns.length ? [[field, number] as const] : [],
  );
  return { choice: new Map(choice), date_order: found.date_order };
}

export function keepColumns(
  server: string,
  table: PreviewedTable,
  { choice, date_order }: Kept,
  store: Store = localStorage,
): void {
  const key = keyOf(server, table);
  const others = entries(store).filter((entry) => entry.key !== key);
  const all: readonly Entry[] = [{ key, fields: [...choice], date_order }, ...others];
  try {
    store.setItem(PLACE, JSON.stringify(all.slice(0, KEPT_MAX)));
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

/** By the operation and the headings; a file without headings by how many columns it has. */
function keyOf(server: string, { has_header, columns }: PreviewedTable): string {
  const headings = has_header ? columns.map(({ name }) => name ?? '') : [String(columns.length)];
  return `${server} ${has_header} ${hashOf(headings.map((name) => name.toLowerCase()).join('\n'))}`;
}

/** FNV-1a of 64 bits: headings may be long, and what they hide is shown before it is used. */
function hashOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let at = 0; at < text.length; at += 1) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(at))) * 0x100000001b3n);
  }
  return hash.toString(36);
}

function entries(store: Store): readonly Entry[] {
  try {
    const kept: unknown = JSON.parse(store.getItem(PLACE) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(kept: unknown): kept is Entry {
  if (typeof kept !== 'object' || kept === null) return false;
  const { key, fields, date_order }: { key?: unknown; fields?: unknown; date_order?: unknown } = kept;
  return (
    typeof key === 'string' &&
    typeof date_order === 'string' &&
    Array.isArray(fields) &&
    fields.every(
      (pair) => Array.isArray(pair) && typeof pair[0] === 'string' && Number.isSafeInteger(pair[1]),
    )
  );
}
