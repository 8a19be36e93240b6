import { apiOf, NOT_SERVED, type Text } from '@recuento/contract';
import { hrefFor } from '../language.js';
import { html } from './html.js';
import { CALL_NAVIGATION, callPath, callsOf, SERVED_PATH } from './navigation.js';
import type { Page } from './page.js';
import { table, trail, words } from './parts.js';

const WORDS = {
  title: { en: 'What is served, and what is not', es: 'Qué se sirve y qué no' },
  about: {
    en: 'These calls of the documented API can be answered from dial attempts. The vendor’s other calls get a 400, with the reason and the list of served calls.',
    es: 'Estos consumos de la API documentada se pueden responder con los intentos de marcación. Los demás consumos del proveedor reciben un 400, con el motivo y la lista de los que sí se sirven.',
  },
  served: { en: 'Served', es: 'Se sirve' },
  notServed: { en: 'Not served', es: 'No se sirve' },
  path: { en: 'Path', es: 'Ruta' },
  call: { en: 'Call', es: 'Consumo' },
  what: { en: 'What it is', es: 'Qué es' },
  why: { en: 'Why', es: 'Por qué' },
} as const satisfies Record<string, Text>;

/** `/docs/served`: the calls of the documented API that are served, and the vendor's others. */
export const SERVED_PAGE: Page = {
  title: WORDS.title,
  description: WORDS.about,
  path: SERVED_PATH,
  navigation: CALL_NAVIGATION,
  content: (reader) => {
    const { language } = reader;
    const say = (text: Text) => text[language];
    const served = callsOf('documented').map((endpoint) => [
      html`<code>${endpoint.path}</code>`,
      html`<a href="${hrefFor(reader, callPath(endpoint))}"><code>${apiOf(endpoint)}</code></a>`,
      words(say(endpoint.description)),
    ]);
    const others = NOT_SERVED.map(({ file, names, reason }) => [
      html`<code>${file}</code>`,
      names,
      words(say(reason)),
    ]);
    return html`${trail(reader, [])}
<h1>${say(WORDS.title)}</h1>
<p class="lead">${say(WORDS.about)}</p>
<h2>${say(WORDS.served)}</h2>
${table(say(WORDS.served), [say(WORDS.path), say(WORDS.call), say(WORDS.what)], served)}
<h2>${say(WORDS.notServed)}</h2>
${table(say(WORDS.notServed), [say(WORDS.path), say(WORDS.call), say(WORDS.why)], others)}`;
  },
};
