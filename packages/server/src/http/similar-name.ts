/** Names that are compared; a query string has room for thousands. */
const LOOKED_AT = 20;

/** Longer than any parameter, and short enough to be repeated in an error. */
const NAME = /^[\w.-]{1,32}$/;

/**
 * A slip is one letter too many, too few or wrong, or two swapped letters. One is allowed for so many letters, and one in
 * a shorter name. With two in seven letters `date_ini` would match `date_end`, and any `at` would match `api`.
 */
const LETTERS_A_SLIP = 4;

/**
 * The name among those sent that was probably meant to be `meant`: `campaing_id`, `campaignId`, `Campaign-ID`. Of several
 * it is the nearest, and of equally near ones the first.
 */
export function similarName(meant: string, sent: readonly string[]): string | undefined {
  const candidates = sent.filter((name) => NAME.test(name)).slice(0, LOOKED_AT);
  const letters = folded(meant);
  let least = Math.max(1, Math.floor(letters.length / LETTERS_A_SLIP)) + 1;
  let nearest: string | undefined;
  for (const name of candidates) {
    const found = slips(folded(name), letters);
    if (found < least) [least, nearest] = [found, name];
  }
  return nearest;
}

function folded(name: string): string {
  return name.toLowerCase().replace(/[_.-]/g, '');
}

/** The number of slips between two names (optimal string alignment). */
function slips(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let at = 1; at <= other.length; at += 1) {
      const differs = one[row - 1] === other[at - 1] ? 0 : 1;
      const swapped = one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1];
      next.push(
        Math.min(
          (last[at] ?? 0) + 1,
          (next[at - 1] ?? 0) + 1,
          (last[at - 1] ?? 0) + differs,
          swapped ? (before[at - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    [before, last] = [last, next];
  }
  return last[other.length] ?? 0;
}
