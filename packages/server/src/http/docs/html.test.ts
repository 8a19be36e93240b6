import { expect, test } from 'vitest';
import { html, prose } from './html.js';

test('text is escaped, markup is not, and the items of a list follow each other', () => {
  const evil = `<script>alert("1" & '2')</script>`;
  const escaped = '&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;';
  expect(String(html`<p title="${evil}">${evil}</p>`)).toBe(`<p title="${escaped}">${escaped}</p>`);
  expect(String(html`<ul>${[evil, html`<li>${evil}</li>`, [1]]}</ul>`)).toBe(
    `<ul>${escaped}<li>${escaped}</li>1</ul>`,
  );
  expect(String(html`${undefined}${0}`)).toBe('0');
});

test('a text that looks like markup is escaped like any other text', () => {
  const disguised = { toString: () => '<b>' } as unknown as string;
  expect(() => String(html`${disguised}`)).toThrow();
});

test('words in backticks are code, and escaped', () => {
  expect(String(prose('Send `cursor=` & wait'))).toBe('Send <code>cursor=</code> &amp; wait');
  expect(String(prose('`<b>`'))).toBe('<code>&lt;b&gt;</code>');
});
