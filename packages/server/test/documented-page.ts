import { readFileSync } from 'node:fs';

/** What stands fenced on a page of the documentation, as programs and machines are given it. */
export class DocumentedPage {
  readonly text: string;

  /** @param path below the repository's root */
  constructor(path: string) {
    this.text = readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
  }

  blocks(language: string): string[] {
    const fenced = this.text.matchAll(/^```(\S*)\n([\s\S]*?)^```$/gm);
    return [...fenced].filter(([, fence]) => fence === language).map(([, , code = '']) => code);
  }

  /** The one block of the language that has the text. */
  block(language: string, has = ''): string {
    const [block, ...others] = this.blocks(language).filter((code) => code.includes(has));
    if (block === undefined || others.length > 0) throw new Error(`not one ${language} block with "${has}"`);
    return block;
  }
}

/** Each replacement must have something to replace, or the page says something else than what is tried. */
export function withInstead(text: string, replacements: Readonly<Record<string, string>>): string {
  let replaced = text;
  for (const [from, to] of Object.entries(replacements)) {
    if (!replaced.includes(from)) throw new Error(`"${from}" is not there`);
    replaced = replaced.replaceAll(from, to);
  }
  return replaced;
}
