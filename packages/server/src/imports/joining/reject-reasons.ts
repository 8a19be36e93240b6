import { REJECT_REASONS_MAX, type RejectReason } from '@recuento/contract';

/** Longer than the reasons of any format; what a line says itself may stand in one. */
const REASON_MAX_CHARS = 200;

/** Why lines were rejected, counted while an import runs: a limited number of different reasons. */
export class RejectReasons {
  readonly #reasons = new Map<
    string,
    { readonly reason: string; lines: number; readonly first_line: number }
  >();

  /** @param line the number of the rejected line, from 1 */
  add(text: string, line: number): void {
    const reason = text.length > REASON_MAX_CHARS ? `${beginningOf(text)}…` : text;
    const known = this.#reasons.get(reason);
    if (known) known.lines += 1;
    else if (this.#reasons.size < REJECT_REASONS_MAX)
      this.#reasons.set(reason, { reason, lines: 1, first_line: line });
  }

  /** The most frequent reasons first, and of those that are equally frequent the one that came first. */
  listed(): RejectReason[] {
    return [...this.#reasons.values()]
      .map((counted) => ({ ...counted }))
      .sort((a, b) => b.lines - a.lines || a.first_line - b.first_line);
  }
}

/** Whole characters: one may have two units. */
function beginningOf(text: string): string {
  return [...text.slice(0, 2 * REASON_MAX_CHARS)].slice(0, REASON_MAX_CHARS).join('');
}
