import type { Language, Text } from '@recuento/contract';

export type { Language, Text };

/** As the contract has them. They are repeated, so that the contract's schemas are not part of what a browser loads. */
export const LANGUAGES = ['en', 'es'] as const satisfies readonly Language[];
