import { brotliDecompressSync } from 'node:zlib';
import { CATALOGUE, ERROR_IDS, LANGUAGES, type Language } from '@recuento/contract';
import { htmlUnescape } from 'escape-goat';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entryOf } from './catalogue.js';
import { NOVEMBER, type TestOperation, TestService } from './harness.js';

let service: TestService;
let operation: TestOperation;
beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation();
});
afterAll(() => service.stop());

const send = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(service.service.url + path, { method, headers });
const pageOf = async (path: string, language: Language) => (await send(`${path}?lang=${language}`)).text();

describe('each page', () => {
  test.each(ERROR_IDS)('%s says in both languages what happened, why, and what to do', async (id) => {
    const { status, error, msg, cause, remedy, forms } = CATALOGUE[id];
    for (const language of LANGUAGES) {
      const page = await pageOf(`/docs/errors/${id}`, language);
      const text = textOf(page);
      expect(text).toContain(`${status} ${error}`);
      expect(text).toContain(msg);
      expect(text).toContain(cause[language].replaceAll('`', ''));
      expect(text).toContain(remedy[language].replaceAll('`', ''));
      expect(examplesOf(page).map(({ form }) => form)).toEqual(forms);
      expectDocument(page, language, `/docs/errors/${id}`);
    }
  });

  test('its examples are replies as the service gives them', async () => {
    for (const id of ERROR_IDS) {
      for (const { status, headers, body } of examplesOf(await pageOf(`/docs/errors/${id}`, 'en'))) {
        const [request_id, link] = [headers.get('x-request-id'), headers.get('link')];
        expect(entryOf({ status, body, request_id, link })).toBe(id);
      }
    }
  });

  test('the index leads to every entry, and says its status and message', async () => {
    for (const language of LANGUAGES) {
      const page = await pageOf('/docs/errors', language);
      expectDocument(page, language, '/docs/errors');
      const [, content = ''] = page.split(/<\/?main/);
      const leads = [...content.matchAll(/href="\/docs\/errors\/([a-z-]+)\?lang=(\w+)"/g)];
      expect(leads.map(([, id, lang]) => [id, lang])).toEqual(ERROR_IDS.map((id) => [id, language]));
      for (const id of ERROR_IDS) expect(textOf(content)).toContain(CATALOGUE[id].msg);
    }
  });

  test('what people wrote is escaped', async () => {
    expect(await pageOf('/docs/errors/no-records', 'en')).toContain('says &quot;empty&quot;.');
    expect(await pageOf('/docs/errors/quota-exceeded', 'en')).toContain('The operation&#39;s calls');
    const page = await pageOf('/docs/errors/unknown-path', 'en');
    expect(page).toContain('&lt;/docs/errors/unknown-path&gt;; rel=&quot;help&quot;');
  });

  test('every link of it leads to a page that is there', async () => {
    const pages = await Promise.all([
      send('/docs/errors').then((reply) => reply.text()),
      pageOf('/docs/errors/internal', 'es'),
    ]);
    const links = new Set(
      pages.flatMap((page) => [...page.matchAll(/href="(\/[^"]*)"/g)].map(([, to]) => to)),
    );
    expect(links.size).toBeGreaterThan(2 * ERROR_IDS.length);
    for (const link of links) {
      expect((await send(String(link))).status, link).toBe(200);
    }
  });
});

describe('an error leads to its page', () => {
  const query = `api=campaign_8&campaign_id=1001&date_ini=${NOVEMBER[0]}&date_end=${NOVEMBER[1]}`;
  test.each([
    ['the documented API', `/api/v2/reports_manager.php?${query}`, 'token-missing'],
    ['a path that the documented API does not have', '/api/v2/nothing.php', 'unknown-api'],
    ['the native API', '/v1/campaigns', 'token-missing'],
    ['a path that is nowhere', '/nowhere', 'unknown-path'],
    ['a path that is no path', '/%', 'malformed-request'],
    ['a page that is not there', '/docs/errors/nothing', 'unknown-path'],
  ])('from %s', async (_from, path, id) => {
    const reply = await send(path);
    expect(reply.headers.get('link')).toBe(`</docs/errors/${id}>; rel="help"`);
    const [, target = ''] = /<([^>]+)>; rel="help"/.exec(String(reply.headers.get('link'))) ?? [];
    const page = await fetch(new URL(target, reply.url));
    expect(page.status).toBe(200);
    expect(textOf(await page.text())).toContain(
      CATALOGUE[id as keyof typeof CATALOGUE].cause.en.replaceAll('`', ''),
    );
  });

  test('a reply that is no error leads nowhere', async () => {
    for (const path of ['/docs/errors', '/healthz'])
      expect((await send(path)).headers.get('link')).toBeNull();
    expect((await service.v1('GET', '/campaigns', operation.token)).headers.get('link')).toBeNull();
  });

  test("a browser's program may read what the documented API says in headers", async () => {
    const replies = await Promise.all([
      send(`/api/v2/reports_manager.php?${query}`, { 'wolkvox-token': operation.token }),
      send('/api/v2/reports_manager.php'),
      send('/api/v2/nothing.php'),
    ]);
    for (const reply of replies) {
      expect(reply.headers.get('access-control-expose-headers')).toBe(
        'X-Request-Id, Link, RateLimit, RateLimit-Policy, Retry-After, ETag',
      );
    }
    expect(replies[0]?.headers.get('ratelimit')).not.toBeNull();
  });
});

describe('the language', () => {
  test.each([
    [undefined, 'en'],
    ['', 'en'],
    ['es', 'es'],
    ['ES', 'es'],
    ['es-CO', 'es'],
    ['es-CO,es;q=0.9,en;q=0.8', 'es'],
    ['es-419', 'es'],
    ['en-US,en;q=0.9,es;q=0.8', 'en'],
    ['en;q=0.3, es;q=0.4', 'es'],
    ['en;q=0, es;q=0.001', 'es'],
    ['fr-FR, es;q=0.2', 'es'],
    ['fr-FR, pt;q=0.5', 'en'],
    ['*', 'en'],
    ['es;q=0, *', 'en'],
    ['en;q=0, *;q=0.5', 'es'],
    ['español', 'en'],
    [';;,=,q=', 'en'],
    ['es;q=no', 'en'],
  ])('Accept-Language %s is answered in %s', async (accept, language) => {
    const reply = await service.service.inject({
      url: '/docs/errors/internal',
      headers: accept === undefined ? {} : { 'accept-language': accept },
    });
    expect(reply.headers['content-language']).toBe(language);
    expect(reply.body).toContain(`<html lang="${language}">`);
    expect(textOf(reply.body)).toContain(CATALOGUE.internal.cause[language as Language]);
  });

  test.each([
    ['lang=es', 'en', 'es'],
    ['lang=en', 'es', 'en'],
    ['lang=fr', 'es', 'es'],
    ['lang=', 'es', 'es'],
    ['lang=ES', 'en', 'en'],
    ['lang=es&lang=en', 'en', 'en'],
    ['lang=toString', 'es', 'es'],
  ])('%s with Accept-Language %s is answered in %s', async (query, accept, language) => {
    const reply = await send(`/docs/errors?${query}`, { 'accept-language': accept });
    expect(reply.headers.get('content-language')).toBe(language);
  });

  test('a language that was chosen stays, one that was negotiated is not spelled out', async () => {
    const links = (page: string) =>
      [...page.matchAll(/<li><a href="(\/docs[^"]*)"/g)].map(([, to]) => String(to));
    const chosen = links(await pageOf('/docs/errors/internal', 'es'));
    expect(chosen.length).toBeGreaterThan(ERROR_IDS.length);
    expect(chosen.filter((to) => !to.endsWith('?lang=es'))).toEqual([]);
    const negotiated = links(await (await send('/docs/errors/internal', { 'accept-language': 'es' })).text());
    expect(negotiated.filter((to) => to.includes('?'))).toEqual([]);
  });
});

describe('headers', () => {
  const POLICY =
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  test.each([
    ['/docs/errors', 200, 'text/html; charset=utf-8', 'Accept-Language, Accept-Encoding'],
    ['/docs/errors/conflict', 200, 'text/html; charset=utf-8', 'Accept-Language, Accept-Encoding'],
    ['/docs/style.css', 200, 'text/css; charset=utf-8', 'Accept-Encoding'],
    ['/docs/errors/nothing', 404, 'application/problem+json; charset=utf-8', null],
  ])('of %s', async (path, status, type, vary) => {
    const { status: was, headers } = await send(path);
    expect(was).toBe(status);
    expect(headers.get('content-type')).toBe(type);
    expect(headers.get('vary')).toBe(vary);
    expect(headers.get('content-security-policy')).toBe(POLICY);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test.each(['/docs/errors', '/docs/style.css'])('%s is kept until it changes', async (path) => {
    const first = await send(path);
    const etag = String(first.headers.get('etag'));
    expect(first.headers.get('cache-control')).toBe('no-cache');
    const again = await send(path, { 'if-none-match': `"other", ${etag}` });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    expect(again.headers.get('vary')).toBe(first.headers.get('vary'));
    expect((await send(path, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  test('each language has its validator', async () => {
    const [en, es] = [await send('/docs/errors?lang=en'), await send('/docs/errors?lang=es')];
    expect(en.headers.get('etag')).not.toBe(es.headers.get('etag'));
  });

  test('pages are compressed as asked for', async () => {
    const plain = await service.service.inject({ url: '/docs/errors' });
    const reply = await service.service.inject({
      url: '/docs/errors',
      headers: { 'accept-encoding': 'br' },
    });
    expect(reply.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(reply.rawPayload).toString()).toBe(plain.body);
  });
});

describe('methods', () => {
  const PATHS = ['/docs/errors', '/docs/errors/conflict', '/docs/style.css'];

  test.each(PATHS)('HEAD of %s is GET without a body', async (path) => {
    const identity = { 'accept-encoding': 'identity' };
    const [get, head] = [await send(path, identity), await send(path, identity, 'HEAD')];
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(head.headers.get('content-length')).toBe(String(Buffer.byteLength(await get.text())));
    expect(head.headers.get('etag')).toBe(get.headers.get('etag'));
  });

  test.each(PATHS)('OPTIONS of %s tells what there is, others are refused', async (path) => {
    const options = await send(path, {}, 'OPTIONS');
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const reply = await send(path, {}, method);
      expect([reply.status, reply.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
      expect(await reply.json()).toMatchObject({ id: 'method-not-allowed' });
    }
  });

  test.each([
    'nothing',
    'Internal',
    'toString',
    '__proto__',
    'constructor',
    '%3Cscript%3E',
    'internal/x',
    'a%2Fb',
  ])('/docs/errors/%s is not there', async (id) => {
    const reply = await send(`/docs/errors/${id}`);
    expect(reply.status).toBe(404);
    expect(await reply.json()).toMatchObject({ id: 'unknown-path' });
  });
});

/** A document that a screen reader and a strict browser can work with. */
function expectDocument(page: string, language: Language, path: string): void {
  const other = language === 'en' ? 'es' : 'en';
  expect(page).toMatch(/^<!doctype html>\n<html lang="/);
  expect(page).toContain(`<html lang="${language}">`);
  for (const each of LANGUAGES) {
    expect(page).toContain(`<link rel="alternate" hreflang="${each}" href="${path}?lang=${each}">`);
  }
  expect(page).toContain(`<a href="${path}?lang=${other}" lang="${other}" hreflang="${other}">`);
  expect(page.match(/<h1[ >]/g)).toHaveLength(1);
  expect(page.match(/<main id="content"/g)).toHaveLength(1);
  expect(page).toContain('<a class="skip" href="#content">');
  expect(page).toMatch(/<title>[^<]+ · Recuento<\/title>/);
  const open =
    page.match(/<(a|p|h[1-6]|ul|ol|li|nav|section|main|div|table|tr|td|th|pre|code|dl|dd|dt)[ >]/g) ?? [];
  const closed =
    page.match(/<\/(a|p|h[1-6]|ul|ol|li|nav|section|main|div|table|tr|td|th|pre|code|dl|dd|dt)>/g) ?? [];
  expect(open.length).toBe(closed.length);
  // Nothing from elsewhere, and nothing that the policy would refuse.
  expect(page).not.toMatch(/https?:|\bon\w+="|style="|<style|<script(?! src="\/docs\/)|undefined|\[object/);
}

interface ShownReply {
  readonly form: string;
  readonly status: number;
  readonly headers: Headers;
  /** Without the spaces that make it readable. */
  readonly body: string;
}

/** The replies that a page shows. */
function examplesOf(page: string): ShownReply[] {
  return [...page.matchAll(/<pre tabindex="0"><code>(.*?)<\/code><\/pre>/gs)].map(([, shown = '']) => {
    const [head = '', json = ''] = htmlUnescape(shown).split('\n\n');
    const [line = '', ...fields] = head.split('\n');
    const headers = new Headers(
      fields.map((field) => field.split(/: (.*)/s).slice(0, 2) as [string, string]),
    );
    const form = headers.get('content-type')?.startsWith('application/problem') ? 'problem' : 'envelope';
    return { form, status: Number(line.split(' ')[1]), headers, body: JSON.stringify(JSON.parse(json)) };
  });
}

/** What a reader sees. */
function textOf(page: string): string {
  return htmlUnescape(page.replace(/<[^>]*>/g, ''));
}
