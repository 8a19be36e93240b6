import { LANGUAGES, type Language } from '@recuento/contract';
import type { FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';

/** English, as the API itself is. */
const DEFAULT_LANGUAGE: Language = 'en';

/** The reader of a page. */
export interface Reader {
  readonly language: Language;
  /**
   * The reader asked for the language by `lang`. Links keep it; otherwise the next page would be in the browser's
   * language again.
   */
  readonly chosen: boolean;
}

/** `lang` where it names one of our languages, else `Accept-Language` (RFC 9110, section 12.5.4), else English. */
export function readerOf(request: FastifyRequest): Reader {
  const { lang } = request.query as Readonly<Record<string, unknown>>;
  const chosen = LANGUAGES.find((language) => language === lang);
  return { language: chosen ?? preferredLanguage(request), chosen: chosen !== undefined };
}

/** The best of our languages by `Accept-Language` (RFC 9110, section 12.5.4), else English. */
export function preferredLanguage({ headers }: FastifyRequest): Language {
  const negotiator = new Negotiator({ headers: { 'accept-language': headers['accept-language'] } });
  const [best] = negotiator.languages([...LANGUAGES]);
  return LANGUAGES.find((language) => language === best) ?? DEFAULT_LANGUAGE;
}

/** A path of ours as a link for this reader; a fragment stays at its end. */
export function hrefFor({ language, chosen }: Reader, path: string): string {
  return chosen ? inLanguage(path, language) : path;
}

/** A path of ours in one language, whatever the reader's is. */
export function inLanguage(path: string, language: Language): string {
  const [page = '', fragment] = path.split('#', 2);
  return `${page}?lang=${language}${fragment === undefined ? '' : `#${fragment}`}`;
}
