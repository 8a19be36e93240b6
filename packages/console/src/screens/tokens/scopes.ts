import type { Scope, Text } from '@recuento/contract';

/** What a token with a scope may do: in a word or two, and in full. */
export const SCOPE_WORDS: Readonly<Record<Scope, { readonly short: Text; readonly long: Text }>> = {
  report: {
    short: { en: 'Read', es: 'Leer' },
    long: { en: 'reports, tables and list quality', es: 'informes, tablas y calidad de listas' },
  },
  ingest: {
    short: { en: 'Send', es: 'Enviar' },
    long: { en: 'attempts, customers and imports', es: 'intentos, clientes e importaciones' },
  },
  admin: {
    short: { en: 'Manage', es: 'Administrar' },
    long: { en: 'tokens, webhooks, rules and quarantine', es: 'tokens, webhooks, reglas y cuarentena' },
  },
};

/** In the order in which people are asked. */
export const SCOPES_ASKED = ['report', 'ingest', 'admin'] as const satisfies readonly Scope[];
