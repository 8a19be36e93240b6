import { type ApiKind, type Endpoint, ERROR_FAMILIES, type Text } from '@recuento/contract';
import { ENDPOINTS } from '../endpoints.js';
import { errorPage } from '../errors.js';
import { TAGS } from '../openapi/tags.js';

export const DOCS_PATH = '/docs';
export const ERRORS_PATH = '/docs/errors';
export const SERVED_PATH = '/docs/served';

/** A heading in the list of pages at the left, and what stands below it. */
export interface NavigationSection {
  readonly title: Text;
  readonly links: readonly NavigationLink[];
}

export interface NavigationLink {
  /** With a fragment, where it leads into a page. */
  readonly path: string;
  /** A name that is the same in every language (a report, an error), or words. */
  readonly label: string | Text;
}

/** The path of a call's page. */
export function callPath({ id }: Endpoint): string {
  return `${DOCS_PATH}/calls/${id}`;
}

const API_KINDS: readonly ApiKind[] = ['documented', 'native', 'service'];

/** What stands at the left of the pages of calls: all of them, API by API. */
export const CALL_NAVIGATION: readonly NavigationSection[] = [
  {
    title: { en: 'Start', es: 'Inicio' },
    links: [
      { path: DOCS_PATH, label: { en: 'Overview', es: 'Resumen' } },
      { path: SERVED_PATH, label: { en: 'What is served', es: 'Qué se sirve' } },
      { path: ERRORS_PATH, label: { en: 'Errors', es: 'Errores' } },
    ],
  },
  ...API_KINDS.map((api_kind) => ({
    title: TAGS[api_kind],
    links: callsOf(api_kind).map((endpoint) => ({ path: callPath(endpoint), label: endpoint.title })),
  })),
];

/** The calls of an API, in the order in which they are told. */
export function callsOf(api_kind: ApiKind): readonly Endpoint[] {
  return ENDPOINTS.filter((endpoint) => endpoint.api_kind === api_kind);
}

/** What stands at the left of the pages of errors: all of them, family by family. */
export const ERROR_NAVIGATION: readonly NavigationSection[] = [
  {
    title: { en: 'Errors', es: 'Errores' },
    links: [{ path: ERRORS_PATH, label: { en: 'All errors', es: 'Todos los errores' } }],
  },
  ...ERROR_FAMILIES.map(({ title, ids }) => ({
    title,
    links: ids.map((id) => ({ path: errorPage(id), label: id })),
  })),
];
