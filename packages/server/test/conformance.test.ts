import { existsSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { campaign8 } from '../src/reports/campaign-8.js';

/** `docs/conformance.md` claims a test for every statement of the documented page; a claim must not rot. */
const PAGE = readFileSync(new URL('../../../docs/conformance.md', import.meta.url), 'utf8');
const NONE = "none: outside the product's reach";

interface Row {
  readonly section: string;
  readonly statement: string;
  readonly how: string;
  readonly tests: string;
}

const rows = tableRows(PAGE);

test.each(rows)('$section: $statement', ({ section, how, tests }) => {
  expect(how.length).toBeGreaterThan(10);
  if (section === "Outside the product's reach") {
    expect(tests).toBe(NONE);
    return;
  }
  const named = tests.split('<br>').map((one) => /^`(.+?) › (.+)`$/.exec(one.trim()));
  for (const [at, match] of named.entries()) {
    expect(match, `${tests.split('<br>')[at]} names a file and a title`).not.toBeNull();
    const [, file = '', title = ''] = match ?? [];
    const url = new URL(`../../${file}`, import.meta.url);
    expect(existsSync(url), `${file} is there`).toBe(true);
    expect(titlesOf(url), `titles of ${file}`).toContain(title);
  }
});

test('each parameter, each column and each limit of the page has its row', () => {
  const named = (section: string) =>
    rows.filter((row) => row.section === section).map((row) => row.statement);
  const firstWords = (section: string) => named(section).map((statement) => /^`(\w+)`:/.exec(statement)?.[1]);
  expect(firstWords('Request')).toEqual(['api', 'campaign_id', 'date_ini', 'date_end']);
  expect(firstWords('Response').slice(0, 7)).toEqual(campaign8.description.columns.map(({ name }) => name));
  // The page has twelve bullets, seven of them limits.
  expect(named('Cómo funciona')).toHaveLength(12);
  expect(named('Cómo funciona').filter((statement) => statement.startsWith('"Límite'))).toHaveLength(7);
});

/** Rows of all tables, with the heading that each stands under. */
function tableRows(page: string): Row[] {
  const found: Row[] = [];
  let section = '';
  for (const line of page.split('\n')) {
    if (line.startsWith('## ')) section = line.slice(3);
    if (!line.startsWith('| ') || line.startsWith('| statement |')) continue;
    const cells = line.slice(2, -2).split(' | ');
    expect(cells, line).toHaveLength(3);
    const [statement = '', how = '', tests = ''] = cells;
    found.push({ section, statement, how, tests });
  }
  return found;
}

/** Titles of the tests in a file, as they stand in its source: blanks of `test.each` and templates unfilled. */
function titlesOf(file: URL): string[] {
  const source = ts.createSourceFile('', readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isTest(node.expression)) {
      const [title] = node.arguments;
      if (title && (ts.isStringLiteralLike(title) || ts.isTemplateExpression(title))) {
        titles.push(ts.isStringLiteralLike(title) ? title.text : title.getText().slice(1, -1));
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return titles;
}

/** `test`, `test.each(...)`, or a name that ends so (`phpTest`), which stands for one of them. */
function isTest(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return callee.text === 'test' || callee.text.endsWith('Test');
  if (ts.isCallExpression(callee)) return isTest(callee.expression);
  // A skipped test proves nothing.
  return ts.isPropertyAccessExpression(callee) && callee.name.text === 'each' && isTest(callee.expression);
}
