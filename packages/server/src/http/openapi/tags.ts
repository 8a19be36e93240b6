import type { Face, Text } from '@recuento/contract';

/** Under which headings calls are told. */
export const TAGS: Readonly<Record<Face, Text>> = {
  vendor: { en: 'Documented API', es: 'API documentada' },
  native: { en: 'Native API', es: 'API nativa' },
  service: { en: 'Service', es: 'Servicio' },
};
