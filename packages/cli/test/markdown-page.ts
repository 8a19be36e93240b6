import { readFileSync } from 'node:fs';

interface Heading {
  readonly level: number;
  readonly text: string;
}

interface Block {
  /** What is written behind the fence; empty where nothing is. */
  readonly language: string;
  readonly code: string;
}

const FENCE = /^( *)```(\S*)$/;

/** A page of Markdown as far as our pages use it: fences of three backticks, headings with #, tables that begin with |. */
export class MarkdownPage {
  readonly headings: readonly Heading[];
  readonly blocks: readonly Block[];
  /** The rows of each table, its head and the line below counted. */
  readonly tables: readonly number[];
  /** Where its links lead, as they are written. */
  readonly links: readonly string[];

  constructor(text: string) {
    const { prose, blocks } = takenApart(text);
    this.blocks = blocks;
    this.headings = prose.flatMap((line) => {
      const [, marks, words] = /^(#{1,6}) +(.*?) *$/.exec(line) ?? [];
      return marks && words ? [{ level: marks.length, text: words }] : [];
    });
    this.tables = prose
      .map((line) => (/^ *\|/.test(line) ? '|' : ' '))
      .join('')
      .split(/ +/)
      .filter(Boolean)
      .map(({ length }) => length);
    const outside_code = prose.join('\n').replace(/(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, 'code');
    this.links = [...outside_code.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  }

  static read(path: string): MarkdownPage {
    return new MarkdownPage(readFileSync(path, 'utf8'));
  }

  /**
   * What stands behind `#` in a link to each heading, by GitHub's rules: small letters; of what is neither a letter, a digit, `_` nor
   * `-` nothing is left but spaces, which become `-`; and of the same twice the second has `-1` behind it.
   */
  anchors(): Set<string> {
    const found = new Set<string>();
    for (const { text } of this.headings) {
      const anchor = text
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .toLowerCase()
        .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
        .replaceAll(' ', '-');
      let unique = anchor;
      for (let again = 1; found.has(unique); again += 1) unique = `${anchor}-${again}`;
      found.add(unique);
    }
    return found;
  }
}

/** Lines outside fences, with an empty one for each block, so that nothing is joined that a block parts. */
function takenApart(text: string): { prose: string[]; blocks: Block[] } {
  const prose: string[] = [];
  const blocks: Block[] = [];
  let open: { readonly indent: string; readonly language: string; readonly lines: string[] } | undefined;
  for (const line of text.split('\n')) {
    const [fence, indent = '', language = ''] = FENCE.exec(line) ?? [];
    if (open === undefined) {
      if (fence !== undefined) open = { indent, language, lines: [] };
      else prose.push(line);
    } else if (fence !== undefined && language === '') {
      blocks.push({ language: open.language, code: open.lines.join('\n') });
      prose.push('');
      open = undefined;
    } else open.lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
  }
  if (open) throw new Error(`a block of ${open.language} is never closed`);
  return { prose, blocks };
}

/** Comments are translated: what is behind `#` or `//` and a space, at the beginning of a line or behind a blank. */
export function withoutComments(code: string): string {
  return code.replace(/(^|[ \t]+)(#|\/\/)( .*)?$/gm, '');
}
