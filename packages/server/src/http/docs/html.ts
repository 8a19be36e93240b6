import { htmlEscape } from 'escape-goat';

/** Markup that may stand in a page as it is: only `html` makes it. */
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

/** What may be put into markup: text and numbers are escaped, markup is not, of a list each in turn; undefined and false are nothing. */
export type Part = Html | string | number | false | undefined | readonly Part[];

/** A piece of a page: html`<p>${text}</p>`. Attributes are quoted, as what is escaped is safe between quotes alone. */
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

/** A text of the contract, in which words in backticks are code. */
export function prose(text: string): Html {
  return html`${text.split('`').map((words, at) => (at % 2 === 0 ? words : html`<code>${words}</code>`))}`;
}
