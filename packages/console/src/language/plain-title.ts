/** Titles are cut: what is chosen from a list is as wide as the longest. */
const TITLE_CHARS = 60;

/**
 * A text from the data where only text can stand: in an option, in a label. Marks that turn the writing around are left out: they would turn
 * what follows, too.
 */
export function plainTitle(text: string): string {
  const plain = text.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
  return plain.length > TITLE_CHARS ? `${plain.slice(0, TITLE_CHARS)}…` : plain;
}
