import { LANGUAGES, type Text } from '@recuento/contract';
import { hrefFor, inLanguage, type Reader } from '../language.js';
import { type Html, html } from './html.js';
import { DOCS_PATH, type NavigationLink, type NavigationSection } from './navigation.js';

/** A page of the documentation, in every language. */
export interface Page {
  readonly title: Text;
  /** One sentence, for search engines and other lists of pages. */
  readonly description: Text;
  /** Where it is served, without a query. */
  readonly path: string;
  readonly navigation: readonly NavigationSection[];
  /** The content of `<main>`; its first heading is the only `<h1>` of the page. */
  readonly content: (reader: Reader) => Html;
  /** Names of scripts in this folder that the page runs; it must be readable without them. */
  readonly scripts?: readonly string[];
}

const WORDS = {
  skip: { en: 'Skip to the content', es: 'Saltar al contenido' },
  documentation: { en: 'Documentation', es: 'Documentación' },
  contents: { en: 'Contents', es: 'Contenido' },
  console: { en: 'Console', es: 'Consola' },
  language: { en: 'Language', es: 'Idioma' },
} as const satisfies Record<string, Text>;

/** The name of each language in that language. */
const NAMES = { en: 'English', es: 'Español' } as const;

/** The whole document. Nothing in it names another host. */
export function renderPage(page: Page, reader: Reader): string {
  const { language } = reader;
  return `${html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${page.description[language].replaceAll('`', '')}">
<title>${page.title[language]} · Recuento</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/style.css">
${LANGUAGES.map((other) => html`<link rel="alternate" hreflang="${other}" href="${inLanguage(page.path, other)}">\n`)}<link rel="alternate" hreflang="x-default" href="${page.path}">
${(page.scripts ?? []).map((name) => html`<script src="/docs/${name}" defer></script>\n`)}</head>
<body>
<a class="skip" href="#content">${WORDS.skip[language]}</a>
${banner(page, reader)}
<div class="columns">
<main id="content" tabindex="-1">
${page.content(reader)}
</main>
${navigation(page, reader)}
</div>
</body>
</html>
`}`;
}

function banner({ path }: Page, reader: Reader): Html {
  const { language } = reader;
  const others = LANGUAGES.filter((other) => other !== language);
  return html`<header class="banner">
<a class="brand" href="${hrefFor(reader, DOCS_PATH)}"><strong>Recuento</strong> ${WORDS.documentation[language]}</a>
<a href="/">${WORDS.console[language]}</a>
<a class="to-contents" href="#contents">${WORDS.contents[language]}</a>
<nav class="languages" aria-label="${WORDS.language[language]}">
${others.map((other) => html`<a href="${inLanguage(path, other)}" lang="${other}" hreflang="${other}">${NAMES[other]}</a>`)}
</nav>
</header>`;
}

/** After the text in the document; on the left of it where the screen is wide (style.css). */
function navigation({ path, navigation }: Page, reader: Reader): Html {
  const { language } = reader;
  return html`<nav id="contents" class="navigation" aria-label="${WORDS.contents[language]}" tabindex="-1">
${navigation.map(
  ({ title, links }) => html`<h2>${title[language]}</h2>
<ul>
${links.map((link) => html`<li>${navigationLink(link, path, reader)}</li>\n`)}</ul>
`,
)}</nav>`;
}

function navigationLink({ path, label }: NavigationLink, current: string, reader: Reader): Html {
  const href = hrefFor(reader, path);
  const words = typeof label === 'string' ? html`<code>${label}</code>` : label[reader.language];
  return path === current
    ? html`<a href="${href}" aria-current="page">${words}</a>`
    : html`<a href="${href}">${words}</a>`;
}
