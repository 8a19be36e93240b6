import { CATALOGUE, ERROR_IDS } from '../src/errors/catalogue.js';
import type { Language } from '../src/language.js';

/** What stands above and beside the entries, in each language. */
const WORDS = {
  en: {
    head: `# Errors

[En español](errors.es.md)

Every error a caller can meet. The documented API answers \`{"code","error","msg","data":[]}\`: \`code\` is the HTTP status,
and \`data\` is empty, except for \`invalid-records\`, where it lists what is wrong. \`/v1\` answers a problem document (RFC 9457)
whose \`id\` is the name below. Each reply has \`X-Request-Id\`, and the log line of the request has the same id. \`{name}\` in a
message is filled in.

The service shows this page, with examples, at \`/docs/errors\` in Spanish and English. The header \`Link\` of an error
(\`</docs/errors/no-records>; rel="help"\`) leads to its entry there.`,
    cause: 'Cause',
    remedy: 'Remedy',
  },
  es: {
    head: `# Errores

[In English](errors.md)

Todos los errores que puede recibir quien llama. La API documentada responde \`{"code","error","msg","data":[]}\`: \`code\` es el
estado HTTP, y \`data\` está vacío, salvo en \`invalid-records\`, donde dice qué está mal. \`/v1\` responde un documento de problema
(RFC 9457) cuyo \`id\` es el nombre que sigue. Cada respuesta lleva \`X-Request-Id\`, y la línea del registro de esa petición
tiene el mismo identificador. \`{name}\` en un mensaje se sustituye por su valor.

El servicio muestra esta página, con ejemplos, en \`/docs/errors\`, en español y en inglés. El encabezado \`Link\` de un error
(\`</docs/errors/no-records>; rel="help"\`) lleva a su entrada allí.`,
    cause: 'Causa',
    remedy: 'Remedio',
  },
} as const;

/** The catalogue as a page of the documentation: `docs/errors.md` is the English one, `docs/errors.es.md` the Spanish one. */
export function errorsPage(language: Language): string {
  const { head, cause, remedy } = WORDS[language];
  const sections = ERROR_IDS.map((id) => {
    const entry = CATALOGUE[id];
    return `## \`${id}\` (${entry.status})

\`${entry.error}\`: \`${entry.msg}\`

- ${cause}: ${entry.cause[language]}
- ${remedy}: ${entry.remedy[language]}`;
  });
  return `${[head, ...sections].join('\n\n')}\n`;
}
