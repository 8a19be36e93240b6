/**
 * Whether a request looks for the documented API, whatever is served at its path: the API's own path, also under some
 * other base path, or any PHP script. Programs of that API read a 404 as "no calls today", so a wrong base path must not
 * be answered with a 404.
 *
 * Repeated slashes count as one, as they do for the router. Upper and lower case are the same.
 *
 * @param url of a request: its path, and a query string, which is ignored
 */
export function looksForDocumentedApi(url: string): boolean {
  const path = decoded(url.split(/[?#]/, 1)[0] ?? '').replace(/\/+/g, '/');
  return DOCUMENTED.test(path);
}

const DOCUMENTED = /\/api\/v2|\.php\/?$/i;

/** The path unchanged where it cannot be decoded. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
