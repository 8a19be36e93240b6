import { ERROR_FAMILIES, type Text } from '@recuento/contract';
import { errorPage } from '../errors.js';

export const DOCS_PATH = '/docs';
export const ERRORS_PATH = '/docs/errors';

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
