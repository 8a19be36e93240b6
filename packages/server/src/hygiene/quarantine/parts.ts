import type { GiveTurn } from '../../admission/turns.js';
import { Turns } from '../../admission/turns.js';
import { lineOf, type NumberPlan } from '../spellings/number-plan.js';

/**
 * Bytes of one statement's list, before they are escaped: a statement may have 2 MiB (`MAX_QUERY_SIZE`), and escaping may double them
 * twice.
 */
export const LIST_MAX_BYTES = 192 * 1024;
/** What is written out before others get their turn. */
const A_TURN = { items: 1_000, bytes: 64 * 1024 };

/**
 * Cuts a list into parts that a statement can hold. Each telephone is in one part, once: where it comes twice, the later one holds.
 * All spellings of a line are in the same part, as each of them stands for all.
 *
 * @param plan how telephones are brought to lines
 * @param bytesOf what an element takes in its statement
 */
export async function inParts<Listed extends { readonly telephone: string }>(
  list: Iterable<Listed>,
  plan: NumberPlan | undefined,
  bytesOf: (one: Listed) => number,
  give_turn: GiveTurn,
): Promise<Listed[][]> {
  const turns = new Turns(A_TURN, give_turn);
  const parts: Listed[][] = [];
  let part: Listed[] = [];
  let bytes = 0;
  for (const spellings of (await byLine(list, plan, turns)).values()) {
    const of_line = [...spellings.values()];
    const size = of_line.reduce((sum, one) => sum + bytesOf(one), 0);
    if (turns.isOver(size)) await turns.give();
    if (part.length > 0 && bytes + size > LIST_MAX_BYTES) {
      parts.push(part);
      part = [];
      bytes = 0;
    }
    part.push(...of_line);
    bytes += size;
  }
  if (part.length > 0) parts.push(part);
  return parts;
}

async function byLine<Listed extends { readonly telephone: string }>(
  list: Iterable<Listed>,
  plan: NumberPlan | undefined,
  turns: Turns,
): Promise<Map<string, Map<string, Listed>>> {
  const toLine = lineOf(plan);
  const lines = new Map<string, Map<string, Listed>>();
  for (const one of list) {
    if (turns.isOver(one.telephone.length)) await turns.give();
    const line = toLine(one.telephone);
    const spellings = lines.get(line);
    if (spellings) spellings.set(one.telephone, one);
    else lines.set(line, new Map([[one.telephone, one]]));
  }
  return lines;
}
