import { type ApiKind, type Endpoint, ERROR_FAMILIES, type Text } from '@recuento/contract';
import { ENDPOINTS } from '../endpoints.js';
import { errorPage } from '../errors.js';
import { TAGS } from '../openapi/tags.js';

export const DOCS_PATH = '/docs';
export const ERRORS_PATH = '/docs/errors';
export const SERVED_PATH = '/docs/served';

/** A heading of the navigation on the left, with the links under it. */
export interface NavigationSection {
  readonly title: Text;
  readonly links: readonly NavigationLink[];
}

export interface NavigationLink {
  /** With a fragment, where the link leads into a page. */
  readonly path: string;
  /** A name that is the same in every language (a report, an error), or a text in each. */
  readonly label: string | Text;
}

/** The path of a call's page. */
export function callPath({ id }: Endpoint): string {
  return `${DOCS_PATH}/calls/${id}`;
}

const API_KINDS: readonly ApiKind[] = ['documented', 'native', 'service'];

/** The navigation on the left of the pages about calls: all calls, API by API. */
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

/** The calls of an API, in the order in which the pages list them. */
export function callsOf(api_kind: ApiKind): readonly Endpoint[] {
  return ENDPOINTS.filter((endpoint) => endpoint.api_kind === api_kind);
}

/** The navigation on the left of the pages about errors: all errors, family by family. */
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
