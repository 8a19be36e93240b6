import type { Text } from '@recuento/contract';
import { hrefFor, type Reader } from '../language.js';
import { type Html, html, type Part, prose } from './html.js';
import { DOCS_PATH } from './navigation.js';

/** Pieces that pages are made of. */

interface Ancestor {
  readonly path: string;
  readonly label: Text;
}

const DOCUMENTATION: Ancestor = {
  path: DOCS_PATH,
  label: { en: 'Documentation', es: 'Documentación' },
};
const TRAIL: Text = { en: 'Breadcrumb', es: 'Ruta de navegación' };

/** The pages above this one; the documentation comes first. */
export function trail(reader: Reader, ancestors: readonly Ancestor[]): Html {
  return html`<nav class="trail" aria-label="${TRAIL[reader.language]}">
<ol>
${[DOCUMENTATION, ...ancestors].map(
  ({ path, label }) => html`<li><a href="${hrefFor(reader, path)}">${label[reader.language]}</a></li>\n`,
)}</ol>
</nav>`;
}

/**
 * A sample under its caption. The sample scrolls by itself, so it takes the focus: the keyboard must be able to reach its
 * end.
 */
export function codeBlock(caption: Part, code: string): Html {
  return html`<figure class="code">
<figcaption>${caption}</figcaption>
<pre tabindex="0"><code>${code}</code></pre>
</figure>`;
}

/** A table that scrolls inside the page where the screen is narrow. */
export function table(label: string, headings: readonly Part[], rows: readonly (readonly Part[])[]): Html {
  return html`<div class="table" role="region" aria-label="${label}" tabindex="0">
<table>
<thead>
<tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr>
</thead>
<tbody>
${rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>\n`)}</tbody>
</table>
</div>`;
}

/** A cell for prose: it stays wide enough to read, whatever is in the cells beside it. */
export function words(text: string): Html {
  return html`<span class="words">${prose(text)}</span>`;
}
