import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { MarkdownPage, withoutComments } from './markdown-page.js';

/** The guide is whole in both languages: what is on a page in English is on the page in Spanish, and links lead somewhere. */
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const GUIDE = join(ROOT, 'docs/guide');

const files = readdirSync(GUIDE).filter((name) => name.endsWith('.md'));
const isSpanish = (file: string) => file.endsWith('.es.md');
const pages = [...new Set(files.map((file) => file.replace(/(\.es)?\.md$/, '')))];

test('every page of the guide is there in both languages', () => {
  expect(pages).toContain('moving');
  expect(files.toSorted()).toEqual(pages.flatMap((page) => [`${page}.es.md`, `${page}.md`]).toSorted());
});

describe.each(pages)('%s', (page) => {
  const read = (file: string) => MarkdownPage.read(join(GUIDE, file));
  const both = () => ({ english: read(`${page}.md`), spanish: read(`${page}.es.md`) });

  test('has the same headings in both languages, by level and order', () => {
    const { english, spanish } = both();
    const levels = ({ headings }: MarkdownPage) => headings.map(({ level }) => level);
    expect(levels(english)[0]).toBe(1);
    expect(levels(spanish), `${headingsOf(english)}\n\n${headingsOf(spanish)}`).toEqual(levels(english));
  });

  test('has the same code in both languages, but for comments', () => {
    const { english, spanish } = both();
    const code = ({ blocks }: MarkdownPage) =>
      blocks.map((block) => ({ ...block, code: withoutComments(block.code) }));
    expect(code(spanish)).toEqual(code(english));
  });

  test('has the same tables in both languages, by their rows', () => {
    const { english, spanish } = both();
    expect(spanish.tables).toEqual(english.tables);
  });

  test('leads to the other language, and otherwise stays in its own', () => {
    const { english, spanish } = both();
    expect(english.links[0]).toBe(`${page}.es.md`);
    expect(spanish.links[0]).toBe(`${page}.md`);
    const toGuide = ({ links }: MarkdownPage) =>
      links
        .slice(1)
        .map((link) => link.replace(/#.*/, ''))
        .filter((link) => /^[^/:]+\.md$/.test(link));
    expect(toGuide(english).filter(isSpanish)).toEqual([]);
    expect(toGuide(spanish).filter((link) => !isSpanish(link))).toEqual([]);
  });
});

describe('links lead to what is there', () => {
  const linking = [...files.map((file) => join('docs/guide', file)), 'README.md', 'README.es.md'];

  test.each(linking)('%s', (path) => {
    expect(brokenLinks(join(ROOT, path))).toEqual([]);
  });
});

/** Links of a page, without those to other hosts, to a file that is not there or a heading that it does not have. */
function brokenLinks(path: string): string[] {
  const { links } = MarkdownPage.read(path);
  expect(links).not.toEqual([]);
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [, file = '', anchor] = /^([^#]*)(?:#(.*))?$/.exec(link) ?? [];
    const target = file === '' ? path : join(dirname(path), file);
    if (relative(ROOT, target).startsWith('..') || !existsSync(target)) return true;
    return anchor !== undefined && !MarkdownPage.read(target).anchors().has(decodeURIComponent(anchor));
  });
}

function headingsOf({ headings }: MarkdownPage): string {
  return headings.map(({ level, text }) => `${'#'.repeat(level)} ${text}`).join('\n');
}

describe('what these tests go by', () => {
  test.each([
    ['## 3. `200` or `"200"`', '3-200-or-200'],
    ['### `asterisk-sql`: exports of the CDR table', 'asterisk-sql-exports-of-the-cdr-table'],
    ['### As calls end: `POST /v1/hooks/twilio`', 'as-calls-end-post-v1hookstwilio'],
    ['## 6. ¿Son iguales los números?', '6-son-iguales-los-números'],
    ['### `vicidial-log`: the table `vicidial_log`', 'vicidial-log-the-table-vicidial_log'],
  ])('%s is led to by #%s', (heading, anchor) => {
    expect([...new MarkdownPage(heading).anchors()]).toEqual([anchor]);
    expect([...new MarkdownPage(`${heading}\n${heading}`).anchors()]).toEqual([anchor, `${anchor}-1`]);
  });

  test('what is in a block is no heading, no table and no link', () => {
    const page = new MarkdownPage(
      '# A\n\n1. b\n\n   ```sh\n   # c\n   | [d](e.md)\n   ```\n\n| `[f](g.md)` |\n|---|\n\n[h](i.md)',
    );
    expect(page.headings).toEqual([{ level: 1, text: 'A' }]);
    expect(page.blocks).toEqual([{ language: 'sh', code: '# c\n| [d](e.md)' }]);
    expect([page.tables, page.links]).toEqual([[2], ['i.md']]);
  });

  test('comments are no code, and nothing else is a comment', () => {
    expect(withoutComments("a     # b\n# c\n  f(); // g\n'@'); // h")).toBe("a\n\n  f();\n'@');");
    const code = 'curl https://a.example/b#c\nHeaders = [#"d" = Token]\n#duration(0)';
    expect(withoutComments(code)).toBe(code);
  });
});
