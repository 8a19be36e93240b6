import type { ApiKind, Text } from '@recuento/contract';

/** The headings under which calls are listed. */
export const TAGS: Readonly<Record<ApiKind, Text>> = {
  documented: { en: 'Documented API', es: 'API documentada' },
  native: { en: 'Native API', es: 'API nativa' },
  service: { en: 'Service', es: 'Servicio' },
};
