import type { Language } from '@recuento/contract';

const SPANISH = 'x-es';

/**
 * Makes a copy of a document in one language. In the original each English description has a Spanish one beside it
 * (`described` in the contract). A parameter takes over the description of its schema.
 */
export function localized<Document>(document: Document, language: Language): Document;
export function localized(value: unknown, language: Language): unknown {
  if (Array.isArray(value)) return value.map((item) => localized(item, language));
  if (typeof value !== 'object' || value === null) return value;
  const spanish = spanishOf(value) ?? ('schema' in value ? spanishOf(value.schema) : undefined);
  const entries = Object.entries(value)
    .filter(([key]) => key !== SPANISH)
    .map(([key, item]) => [
      key,
      key === 'description' && language === 'es' && spanish !== undefined
        ? spanish
        : localized(item, language),
    ]);
  return Object.fromEntries(entries);
}

function spanishOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !(SPANISH in value)) return undefined;
  return typeof value[SPANISH] === 'string' ? value[SPANISH] : undefined;
}
