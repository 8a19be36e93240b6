import type { Endpoint, Language, Text } from '@recuento/contract';
import { type Field, fieldsOf } from '../openapi/fields.js';
import { type Html, html } from './html.js';

const WORDS = {
  heading: { en: 'Try it', es: 'Probar' },
  note: {
    en: 'The call goes to this service, from your browser. The token is kept in this tab only.',
    es: 'El consumo va a este servicio, desde su navegador. El token se guarda solo en esta pestaña.',
  },
  token: { en: 'Token', es: 'Token' },
  body: { en: 'Body', es: 'Cuerpo' },
  send: { en: 'Send', es: 'Enviar' },
  sending: { en: 'Sending…', es: 'Enviando…' },
  failed: { en: 'The service did not answer.', es: 'El servicio no respondió.' },
  cut: { en: 'The rest is not shown.', es: 'El resto no se muestra.' },
  reply: { en: 'Reply', es: 'Respuesta' },
  noscript: { en: 'This form needs JavaScript.', es: 'Este formulario necesita JavaScript.' },
} as const satisfies Record<string, Text>;

/** A form that makes the call and shows its reply (try.js). */
export function tryIt(endpoint: Endpoint, language: Language): Html | undefined {
  // A form cannot send a file, nor a body that only a switch can sign.
  if (endpoint.body && endpoint.body_example === undefined) return undefined;
  const { method, path, path_parameters, query, scopes, api_kind, body_example } = endpoint;
  const say = (words: Text) => words[language];
  const fields = (kind: 'path' | 'query', list: readonly Field[]) =>
    list.map((field) => inputOf(kind, field));
  return html`<h2>${say(WORDS.heading)}</h2>
<p>${say(WORDS.note)}</p>
<noscript><p>${say(WORDS.noscript)}</p></noscript>
<form class="try" hidden data-method="${method}" data-path="${path}" data-sending="${say(WORDS.sending)}" data-failed="${say(WORDS.failed)}" data-cut="${say(WORDS.cut)}">
${scopes && html`<label>${say(WORDS.token)} <input type="password" autocomplete="off" spellcheck="false" data-token="${api_kind === 'documented' ? 'wolkvox-token' : 'bearer'}"></label>`}
${path_parameters && fields('path', fieldsOf(path_parameters, 'input'))}
${query && fields('query', fieldsOf(query, 'input'))}
${body_example !== undefined && html`<label>${say(WORDS.body)} <textarea rows="8" spellcheck="false" data-body>${JSON.stringify(body_example, null, 2)}</textarea></label>`}
<button type="submit">${say(WORDS.send)}</button>
<output role="status" data-status></output>
<figure class="code" hidden data-reply><figcaption>${say(WORDS.reply)}</figcaption><pre tabindex="0"><code></code></pre></figure>
</form>`;
}

/** Required fields are filled in with their example; the others are empty, and empty fields are not sent. */
function inputOf(kind: 'path' | 'query', { name, required, example }: Field): Html {
  const value = required ? String(example ?? '') : '';
  return html`<label><code>${name}</code> <input data-${kind}="${name}" value="${value}" autocomplete="off" spellcheck="false"></label>\n`;
}
