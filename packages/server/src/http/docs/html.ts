import { htmlEscape } from 'escape-goat';

/** Markup that can go into a page unescaped: only `html` makes it. */
class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

export type Html = Markup;

/**
 * What `html` accepts: text and numbers are escaped, markup is not, the items of a list follow each other; undefined and
 * false add nothing.
 */
export type Part = Html | string | number | false | undefined | readonly Part[];

/** A piece of a page: html`<p>${text}</p>`. Attributes must be quoted: escaping protects only between quotes. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const [first = '', ...rest] = strings;
  return new Markup(rest.reduce((text, string, at) => text + written(parts[at]) + string, first));
}

function written(part: Part): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Markup) return part.toString();
  if (typeof part === 'string' || typeof part === 'number') return htmlEscape(String(part));
  return part.map(written).join('');
}

/** A text of the contract; words in backticks become code. */
export function prose(text: string): Html {
  return html`${text.split('`').map((words, at) => (at % 2 === 0 ? words : html`<code>${words}</code>`))}`;
}
